package schedule_test

import (
	"testing"

	"careline/bot/access"
	"careline/store"
)

// Somebody takes the place while it is chosen: the visit stays, and what is free is told.
func TestAPlaceThatIsTakenMeanwhileIsTold(t *testing.T) {
	c := open(t)
	fill(c)
	tab := c.Browser(t, access.Administrator, "/desk/schedule?doctor="+c.performer(), 1280, 800)
	tab.Get(`doc.querySelector('[data-visit="v4"]').focus()`)
	tab.Press("m")
	tab.Until(`doc.querySelector(".place.here")`)
	tab.Get(`doc.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))`)
	before := c.read("v4").Start
	c.do(func(tx store.Tx) error {
		_, err := c.reception().Close(t.Context(), tx, c.performer(), c.Clock.Now(), c.Clock.Now().AddDate(0, 0, 7), c.Clock.Now())
		return err
	})
	tab.Press("\r")
	tab.Shows("#clash", "Это время уже занято")
	if after := c.read("v4").Start; !after.Equal(before) {
		t.Errorf("the visit was moved to %s", after)
	}
}
