package figures_test

import (
	"slices"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/numbers/year"
	"careline/bot/web/figures"
	"careline/bot/web/messengers"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/scripts"
)

// What a marketer and an owner look at, after a year of work: on a light computer and a dark phone.
func TestTheNumbersInABrowser(t *testing.T) {
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(d page.Desk) []page.Route {
		return slices.Concat(figures.New(d).Routes(), scripts.New(d).Routes(), messengers.New(d).Routes())
	})
	err := year.Play(t.Context(), year.Parts{Store: s.Desk.Store, Clinic: s.Desk.Clinic, Scripts: s.Desk.Scripts, Now: s.Clock.Now(), Seed: 2026})
	if err != nil {
		t.Fatal(err)
	}
	s.Says("anna", "/start")
	tab := s.Browser(t, access.Owner, "/desk/numbers?days=90", 1280, 900)
	pages := []struct{ name, path, shows string }{
		{"numbers", "/desk/numbers?days=90", "Из разговора в запись"},
		{"weeks", "/desk/numbers?days=365#broken", "Неявки по неделям"},
		{"leave", "/desk/numbers?days=365&by=state#broken", "Где уходят"},
		{"scripts", "/desk/scripts", "Что нашла проверка"},
		{"dialog", "/desk/scripts/menu", "Меню"},
		{"state", "/desk/scripts/booking?at=" + s.Desk.Scripts.Dialogs["booking"].States[3].Name, s.Desk.Scripts.Dialogs["booking"].States[3].Name},
		{"channels", "/desk/channels", "работает"},
		{"invite", "/desk/channels/invite", "Метка источника"},
	}
	for _, look := range []struct {
		name   string
		width  int
		darken bool
	}{{"wide", 1280, false}, {"phone-dark", 390, true}} {
		tab.Resize(look.width, 900)
		for _, p := range pages {
			if tab.Go(s.URL + p.path); look.darken {
				tab.Dark()
			}
			tab.Shows("main", p.shows)
			tab.Until(`doc.documentElement.scrollWidth <= innerWidth`)
			tab.Accessible()
			tab.Picture(p.name + "-" + look.name)
		}
	}
}
