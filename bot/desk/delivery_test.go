package desk_test

import (
	"testing"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

func TestWhatBecameOfALineIsSaid(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	for _, c := range []struct {
		line  store.Line
		want  desk.Delivery
		words string
	}{
		{store.Line{Incoming: true, State: "done"}, "", ""},
		{store.Line{State: "waiting"}, desk.Queued, "Being sent"},
		{store.Line{State: "waiting", Reason: (&channels.Error{Kind: channels.Throttled, Code: "429"}).Error()}, desk.Retried, "Not gone yet, trying again. The messenger asks to wait"},
		{store.Line{State: "sent"}, desk.Sent, "Sent"},
		{store.Line{State: "dropped", Reason: (&channels.Error{Kind: channels.Rejected, Reason: "x"}).Error()}, desk.Missed, "Not delivered. The messenger refused the message"},
		{store.Line{State: "dropped", Reason: "too late"}, desk.Missed, "Not delivered. Too late"},
		{store.Line{State: "dropped", Reason: (&channels.Error{Kind: channels.Blocked, Code: "403"}).Error()}, desk.Refused, "The patient does not take our messages"},
	} {
		if got := desk.DeliveryOf(c.line); got != c.want {
			t.Errorf("%+v is %s", c.line, got)
		}
		if got := desk.DeliveryWords(w.Scripts().Catalogue(), "en", c.line); c.want != "" && got != c.words {
			t.Errorf("%+v is said as %q", c.line, got)
		}
	}
}
