package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"careline/bot/access"
	"careline/store"
)

var people = []string{"Петрова Анна Сергеевна", "Сидоров Пётр", "Кузнецова Мария", "Орлов Дмитрий", "Васильева Ольга", "Константинопольский Александр", "Ли Софья"}

// fill books every third free time of the week, closes some and holds one.
func fill(c clinic) {
	c.t.Helper()
	for i := 0; i < 12; i++ {
		free := c.free()
		c.comes(fmt.Sprintf("v%d", i), people[i%len(people)], free[min(i*3, len(free)-1)])
	}
	free := c.free()
	last := free[len(free)/2]
	now := c.Clock.Now()
	c.do(func(tx store.Tx) error {
		err := tx.HoldTime(c.t.Context(), store.Hold{ID: "h", ContactID: "c-v0", Task: 1, Service: service, Branch: "moscow", Parts: last.Parts, Until: now.Add(time.Hour)}, now)
		if err != nil {
			return err
		}
		end := free[len(free)-1]
		return tx.CloseTime(c.t.Context(), store.Busy{ID: "x", Practitioner: c.performer(), Start: end.Start(), End: end.End()})
	})
}

func TestAVisitIsMovedWithTheKeyboard(t *testing.T) {
	c := open(t)
	fill(c)
	week := "/desk/schedule?doctor=" + c.performer()
	tab := c.Browser(t, access.Administrator, week, 1280, 800)
	tab.Accessible()
	tab.Picture("week-1280")

	before := c.read("v1").Start
	tab.Get(`doc.querySelector('[data-visit="v1"]').focus()`)
	tab.Press("m")
	tab.Until(`doc.querySelector(".place.here")`)
	tab.Picture("moving-1280")
	tab.Get(`doc.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))`)
	tab.Get(`doc.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}))`)
	tab.Until(`doc.getElementById("said").innerText.length > 10`)

	tab.Press("\r")
	tab.Shows(".toast", "Визит перенесён")
	tab.Until(`!doc.querySelector(".place")`)
	if after := c.read("v1").Start; after.Equal(before) {
		t.Error("the keyboard has moved nothing")
	}
}

func TestThePagesOfTheScheduleOnComputersAndPhones(t *testing.T) {
	c := open(t)
	fill(c)
	tab := c.Browser(t, access.Administrator, "/desk/schedule", 1280, 800)
	for name, path := range map[string]string{
		"day": "/desk/schedule", "week": "/desk/schedule?doctor=" + c.performer(), "visit": "/desk/schedule/visit/v4",
		"new": "/desk/schedule/new?service=" + service, "close": "/desk/schedule/close?doctor=" + c.performer(),
	} {
		for _, size := range [][2]int{{1280, 800}, {390, 844}} {
			tab.Resize(size[0], size[1])
			tab.Go(c.URL + path)
			tab.Accessible()
			if wide := tab.Get(`doc.documentElement.scrollWidth > innerWidth`); wide == "true" {
				t.Errorf("%s is wider than %d pixels", name, size[0])
			}
			tab.Picture(fmt.Sprintf("%s-%d", name, size[0]))
		}
		tab.Dark()
		tab.Picture(name + "-dark")
	}
}
