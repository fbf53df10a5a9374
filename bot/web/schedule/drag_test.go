package schedule_test

import (
	"testing"

	"careline/bot/access"
)

func TestAVisitIsMovedByDragging(t *testing.T) {
	c := open(t)
	fill(c)
	tab := c.Browser(t, access.Administrator, "/desk/schedule?doctor="+c.performer(), 1280, 800)
	before := c.read("v3").Start
	tab.Get(`(() => {
		const v = doc.querySelector('[data-visit="v3"]'), r = v.getBoundingClientRect();
		const send = (type, x, y) => v.dispatchEvent(new PointerEvent(type, {bubbles: true, button: 0, pointerId: 1, pointerType: "mouse", clientX: x, clientY: y}));
		window.send = send;
		window.stood = v.closest("[data-column]").dataset.column;
		send("pointerdown", r.left + 5, r.top + 5); send("pointermove", r.left + 5, r.top + 20);
	})()`)
	tab.Until(`doc.querySelector(".place")`)
	tab.Get(`(() => {
		const places = [...doc.querySelectorAll(".place")], p = places.at(-1).getBoundingClientRect();
		window.send("pointermove", p.left + 5, p.top + 5); window.send("pointerup", p.left + 5, p.top + 5);
	})()`)
	tab.Until(`!doc.querySelector(".place") && doc.querySelector('[data-visit="v3"]').closest("[data-column]").dataset.column !== window.stood`)
	if after := c.read("v3").Start; after.Equal(before) {
		t.Error("dragging has moved nothing")
	}
}
