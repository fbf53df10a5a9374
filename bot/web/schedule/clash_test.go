package schedule_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"

	"careline/bot/access"
)

// Two administrators drop two visits into one place: one wins, the other reads who has it, chooses another, and both pages
// show what is true.
func TestOfTwoWhoDropVisitsIntoOnePlaceOneWins(t *testing.T) {
	c := open(t)
	fill(c)
	week := "/desk/schedule?doctor=" + c.performer()
	tab := c.Browser(t, access.Administrator, week, 1280, 800)
	tab.Get(`doc.querySelector('[data-visit="v4"]').focus()`)
	tab.Press("m")
	tab.Until(`doc.querySelector(".place.here")`)
	tab.Get(`doc.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))`)
	before := c.read("v4").Start
	for free := c.free(); len(free) > 0; free = c.free() { // meanwhile the other is faster, wherever it goes
		c.comes("x"+c.ID(), "Занятой Иван", free[0])
	}
	tab.Press("\r")
	tab.Shows("#clash", "Это время уже занято")
	tab.Shows("#clash", "Занятой Иван")
	tab.Accessible()
	if after := c.read("v4").Start; !after.Equal(before) {
		t.Errorf("the visit was moved to %s", after)
	}
}

func TestTwoMovesIntoOnePlaceAtOnce(t *testing.T) {
	c := open(t)
	free := c.free()
	last := free[len(free)-1]
	c.comes("one", "Петрова Анна", free[0])
	c.comes("two", "Сидоров Пётр", free[6])
	codes := map[int]int{}
	var mu sync.Mutex
	var both sync.WaitGroup
	for _, id := range []string{"one", "two"} {
		both.Go(func() {
			a := c.As(access.Administrator).Post("/desk/schedule/visit/"+id+"/move", url.Values{"to": {to(c, last)}, "branch": {"moscow"}}, "HX-Request", "true")
			mu.Lock()
			defer mu.Unlock()
			codes[a.Code]++
		})
	}
	both.Wait()
	if codes[http.StatusOK] != 1 || codes[http.StatusConflict] != 1 {
		t.Errorf("they heard %v", codes)
	}
	if one, two := c.read("one").Start.Equal(last.Start()), c.read("two").Start.Equal(last.Start()); one == two {
		t.Errorf("stand there: the first %t, the second %t", one, two)
	}
}
