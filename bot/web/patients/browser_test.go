package patients_test

import (
	"testing"

	"careline/bot/access"
)

// In a browser: somebody is found while their name is typed, opened by the keyboard, tagged, merged and erased.
func TestPatientsInABrowser(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"desktop", 1280, 900}, {"phone", 390, 844}} {
		t.Run(size.name, func(t *testing.T) {
			c := open(t)
			b := c.Browser(t, access.Owner, "/desk/patients", size.width, size.height)
			b.Until(`document.activeElement.id === "f-query"`)
			b.Shows(".lately", "Недавно писали")
			b.Shows(".lately a", "Анна Петрова")
			b.Until(`doc.querySelector("h1").getBoundingClientRect().bottom > doc.querySelector("a.primary").getBoundingClientRect().top`) // one row
			b.Accessible()
			b.Picture("patients-lately-" + size.name)
			b.Get(`document.activeElement.blur()`)
			took := `!doc.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", code: "Slash", bubbles: true, cancelable: true}))` // the driver's own key types even what was taken
			if b.Get(took) != "true" {
				t.Error("a slash is typed into the field that it leads to")
			}
			b.Until(`document.activeElement.id === "f-query"`)
			b.Press("петр анна")
			b.Shows("#found", "Анна Петрова")
			b.Until(`doc.querySelectorAll("#found li").length === 2`)
			fits := func() {
				t.Helper()
				b.Until(`doc.documentElement.scrollWidth <= innerWidth && doc.querySelector("main").scrollWidth <= innerWidth`)
				b.Until(`document.getAnimations().length === 0`)
				b.Accessible()
			}
			if got := b.Get(`location.search + location.hash`); got != "" {
				t.Errorf("the address has %s", got)
			}
			fits()
			b.Picture("patients-search-" + size.name)

			b.Tap("#found a", "Анна Петрова")
			b.Shows("h1", "Анна Петрова")
			b.Tap(".head a", "←") // what was looked for is still there, and then again by the browser's own way
			b.Until(`doc.querySelector("#f-query")?.value === "петр анна" && doc.querySelectorAll("#found li").length === 2`)
			b.Tap("#found a", "Анна Петрова")
			b.Shows("h1", "Анна Петрова")
			b.Get(`history.back()`)
			b.Until(`doc.querySelector("#f-query")?.value === "петр анна" && doc.querySelectorAll("#found li").length === 2`)
			b.Tap("nav a", "Сегодня")
			b.Until(`location.pathname !== "/desk/patients"`)
			b.Go(c.URL + "/desk/patients")
			b.Shows(".lately h2", "Вы недавно открывали") // who comes from elsewhere begins anew
			b.Until(`doc.querySelector("#f-query").value === ""`)
			b.Tap(".lately a", "Анна Петрова")
			b.Shows("h1", "Анна Петрова")
			fits()
			b.Picture("patient-" + size.name)
			b.Type(".tagger input", "Имплант")
			b.Shows(".tags", "имплант")
			b.Shows("#toasts", "Сохранено")
			b.Get(`doc.querySelectorAll("main details").forEach(d => d.open = true)`)
			b.Dark()
			fits()
			b.Picture("patient-dark-" + size.name)

			b.Go(c.URL + "/desk/patients/anna/family")
			b.Shows(".relatives", "Маша Петрова")
			b.Type("#f-query", "петрова анна")
			b.Shows(".relatives", "Петрова Анна")
			fits()
			b.Picture("patient-family-" + size.name)
			b.Tap(".relatives button", "Близкий")
			b.Until(`doc.querySelectorAll(".relatives a").length === 2`)
			b.Tap(".relatives button", "Убрать")
			b.Until(`doc.querySelectorAll(".relatives a").length === 1`)

			b.Go(c.URL + "/desk/patients/anna/merge")
			b.Tap(".list a", "Петрова Анна")
			b.Shows("button", "Оставить эту")
			fits()
			b.Tap("section:first-child button", "Оставить эту")
			b.Shows("#toasts", "объединены")

			b.Tap("a", "Стереть")
			fits()
			b.Type(`input[name="sure"]`, "стереть")
			b.Until(`location.pathname === "/desk/patients"`)
			b.Shows("#toasts", "стёрт")
			for _, path := range []string{"/desk/patients/new", "/desk/patients/segment"} {
				b.Go(c.URL + path)
				b.Until(`doc.readyState === "complete"`)
				fits()
			}
			if p := c.patient("anna"); p.ErasedAt.IsZero() {
				t.Errorf("%+v", p)
			}
		})
	}
}
