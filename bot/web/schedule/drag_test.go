package schedule_test

import (
	"fmt"
	"testing"

	"careline/bot/access"
	"careline/channels/browsertest"
)

// drags takes a visit with a mouse or a finger to the last place where it may stand.
func drags(tab *browsertest.Tab, visit, pointer string) {
	tab.Get(fmt.Sprintf(`(() => {
		const v = doc.querySelector('[data-visit=%q]');
		v.scrollIntoView({block: "center", inline: "center"});
		const r = v.getBoundingClientRect();
		window.send = (type, x, y) => v.dispatchEvent(new PointerEvent(type, {bubbles: true, button: 0, pointerId: 1, pointerType: %q, clientX: x, clientY: y}));
		window.stood = v.closest("[data-column]").dataset.column + getComputedStyle(v).gridRowStart;
		send("pointerdown", r.left + 5, r.top + 5);
		if (%[2]q === "mouse") send("pointermove", r.left + 5, r.top + 20);
	})()`, visit, pointer))
	tab.Until(`doc.querySelector(".place")`)
	tab.Get(`(() => {
		const places = [...doc.querySelectorAll(".place")], last = places.at(-1);
		last.scrollIntoView({block: "center", inline: "center"});
		const p = last.getBoundingClientRect();
		window.send("pointermove", p.left + 5, p.top + 5); window.send("pointerup", p.left + 5, p.top + 5);
	})()`)
	tab.Until(fmt.Sprintf(`(() => { const v = doc.querySelector('[data-visit=%q]'); return !doc.querySelector(".place") && v && v.closest("[data-column]").dataset.column + getComputedStyle(v).gridRowStart !== window.stood })()`, visit))
}

func TestAVisitIsMovedByDraggingWithAMouseAndAFinger(t *testing.T) {
	c := open(t)
	fill(c)
	tab := c.Browser(t, access.Administrator, "/desk/schedule?doctor="+c.performer(), 1280, 800)
	for i, pointer := range []string{"mouse", "touch"} {
		visit := fmt.Sprint("v", i+3)
		before := c.read(visit)
		drags(tab, visit, pointer)
		after := c.read(visit)
		if after.Start.Equal(before.Start) {
			t.Errorf("dragging with a %s has moved nothing", pointer)
		}
		if after.Notice == nil || !after.Notice.Start.Equal(before.Start) {
			t.Errorf("the patient is not to be told: %+v", after.Notice)
		}
		tab.Resize(390, 844)
		tab.Go(c.URL + "/desk/schedule?doctor=" + c.performer())
	}

	// A finger that moves at once scrolls, and Esc puts a visit back that was taken.
	before := c.read("v5").Start
	tab.Get(`(() => {
		const v = doc.querySelector('[data-visit="v5"]'), r = v.getBoundingClientRect();
		window.send = (type, x, y) => v.dispatchEvent(new PointerEvent(type, {bubbles: true, button: 0, pointerId: 2, pointerType: "touch", clientX: x, clientY: y}));
		send("pointerdown", r.left + 5, r.top + 5); send("pointermove", r.left + 5, r.top + 60); send("pointerup", r.left + 5, r.top + 60);
		v.focus();
	})()`)
	tab.Press("m")
	tab.Until(`doc.querySelector(".place.here")`)
	tab.Get(`doc.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}))`)
	tab.Get(`doc.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`)
	tab.Until(`!doc.querySelector(".place") && doc.activeElement.dataset.visit === "v5"`)
	if after := c.read("v5").Start; !after.Equal(before) {
		t.Error("a visit that was put back has moved")
	}
	tab.Get(`doc.getElementById("tell").click()`)
	drags(tab, "v5", "touch")
	if c.read("v5").Notice != nil {
		t.Error("the patient is to be told, though the desk does not want it")
	}
}

// An empty place begins a booking at the clinic's own steps.
func TestAnEmptyPlaceOfTheGridBeginsABooking(t *testing.T) {
	c := open(t)
	tab := c.Browser(t, access.Administrator, "/desk/schedule?doctor="+c.performer(), 1280, 800)
	step := int(c.Desk.Clinic.Booking.Step.Minutes())
	tab.Get(`(() => {
		const w = [...doc.querySelectorAll("[data-work]")].at(-1);
		w.scrollIntoView({block: "center", inline: "center"});
		const r = w.getBoundingClientRect();
		w.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: r.left + 9, clientY: r.top + 40}));
	})()`)
	tab.Until(`location.pathname === "/desk/schedule/new"`)
	if at := tab.Get(`new URLSearchParams(location.search).get("at").slice(3) % ` + fmt.Sprint(step)); at != "0" {
		t.Errorf("%s minutes beside a step of %d", at, step)
	}
}
