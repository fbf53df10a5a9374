package today_test

import (
	"fmt"
	"testing"
	"time"

	"careline/bot/access"
)

func TestTheDayOnComputersAndPhones(t *testing.T) {
	r := open(t)
	for i, name := range []string{"Петрова Анна", "Сидоров Пётр", "Ли Софья"} {
		r.comes(fmt.Sprint("v", i), name, "sokolova", time.Duration(i-1)*time.Hour)
	}
	tab := r.Browser(t, access.Administrator, "/desk/today", 1280, 800)
	for _, width := range []int{1280, 390} {
		tab.Resize(width, 800)
		tab.Go(r.URL + "/desk/today")
		tab.Accessible()
		if tab.Get(`doc.documentElement.scrollWidth > innerWidth`) == "true" {
			t.Errorf("the day is wider than %d pixels", width)
		}
		tab.Picture(fmt.Sprint("today-", width))
	}
	tab.Get(`[...doc.querySelectorAll("#v-v0 .does button")].find(b => b.innerText.includes("Пришёл")).focus()`)
	tab.Press("\r")
	tab.Shows("#v-v0", "здесь с")
	tab.Until(`doc.activeElement.value === "booked" && doc.activeElement.innerText.includes("Вернуть")`) // the button that was pressed does what it says now
}
