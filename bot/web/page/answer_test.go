package page_test

import (
	"fmt"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/store"
)

// What patients answered, and what timelines do, is read in the marketer's words.
func TestAnswersAndTimelinesAreReadInTheMarketersWords(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	at := time.Date(2026, 11, 26, 11, 30, 0, 0, time.UTC).UnixMicro() // 16:30 in Yekaterinburg
	asked := []struct{ dialog, name, value, want string }{
		{"booking", "right", `"yes"`, "Всё верно"},
		{"booking", "reason", `"complaint"`, "Болит или беспокоит"},
		{"booking", "service", `"hygiene_consult"`, "Осмотр дёсен и гигиена"},
		{"booking", "service", `null`, ""},
		{"booking", "slot", fmt.Sprintf(`{"s":"hygiene_consult","b":"yekaterinburg","z":"Asia/Yekaterinburg","t":[%d,%d],"d":[],"p":[]}`, at, at+3600e6), "в четверг, 26 ноября, в 16:30 (Екатеринбург)"},
		{"booking", "unheard_of", `{"title":"Как раньше"}`, "Как раньше"},
		{"a dialog that was", "x", `["да", 3]`, "да, 3"},
		{"booking", "right", `{`, ""},
	}
	var got []string
	var timelines string
	s := pagetest.Open(t, w, func(page.Desk) []page.Route {
		return []page.Route{{Pattern: "GET /desk/x", Needs: access.SignedIn, Handle: func(q *page.Request) error {
			for _, a := range asked {
				got = append(got, q.Answer(store.Answer{Dialog: a.dialog, Name: a.name, Value: []byte(a.value)}))
			}
			timelines = fmt.Sprint(q.Timeline("rating"), " · ", q.Timeline("came"), " · ", q.Timeline("one_that_was"), " · ", q.Question("service"), " · ", q.Question("new_thing"))
			return page.NotFound
		}}}
	})
	s.As(access.Owner).Get("/desk/x")
	for i, a := range asked {
		if got[i] != a.want {
			t.Errorf("%s.%s = %s reads %q, want %q", a.dialog, a.name, a.value, got[i], a.want)
		}
	}
	if want := "Оценка визита · Вопрос администратору, пришёл ли пациент · One that was · Услуга · New thing"; timelines != want {
		t.Errorf("got %s", timelines)
	}
}
