package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/store"
)

// threefold has Anna ask for a human, be answered by Maria, and frighten her; and somebody is to call Anna back.
func threefold(t *testing.T, w *bottest.World) (asked, flag, back store.Ticket) {
	t.Helper()
	agrees(w, "anna")
	w.Taps("anna", "Записаться на приём")
	w.Says("anna", "оператор")
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		_, err := w.Runner.Desk().Open(ctx, tx, store.Ticket{ContactID: contact.ID, PatientID: contact.PatientID, Kind: desk.CallBack}, 0, w.Clock.Now())
		return err
	})
	if err := act(t, w, maria, speaks(w, "Здравствуйте, это Мария", lastLine(t, w).Seq)); err != nil {
		t.Fatal(err)
	}
	w.Says("anna", "мне трудно дышать")
	for _, k := range tickets(t, w) {
		switch k.Kind {
		case "asked":
			asked = k
		case "red_flag":
			flag = k
		case desk.CallBack:
			back = k
		}
	}
	if asked.Task == 0 || flag.Priority != desk.Alarm || back.State != "taken" {
		t.Fatalf("the chat has %+v", tickets(t, w))
	}
	return asked, flag, back
}

func kinds(t *testing.T, w *bottest.World) (open []string) {
	t.Helper()
	for _, k := range tickets(t, w) {
		open = append(open, k.Kind)
	}
	return open
}

// concerning is an act about one ticket.
func concerning(ticket string, do func(context.Context, store.Tx, *desk.Front, desk.Act) error) func(context.Context, store.Tx, *desk.Front, desk.Act) error {
	return func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
		a.Ticket = ticket
		return do(ctx, tx, f, a)
	}
}

// Of several tickets of a chat one is closed: the others stay, and the bot stays silent as long as a human has one.
func TestOneOfSeveralTicketsIsClosed(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		asked, flag, back := threefold(t, w)
		closes := func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Close(ctx, tx, a, "", "", w.Clock.Now())
		}
		heard := len(said(w, "anna"))
		if err := act(t, w, maria, concerning(asked.ID, closes)); err != nil {
			t.Fatal(err)
		}
		if got := kinds(t, w); !slices.Equal(got, []string{desk.CallBack, "red_flag"}) {
			t.Errorf("open are %q", got)
		}
		if got := said(w, "anna"); len(got) > heard {
			t.Errorf("the bot speaks beside the human: %q", got[heard:])
		}
		if err := act(t, w, maria, concerning(back.ID, closes)); err != nil {
			t.Fatal(err)
		}
		if got := said(w, "anna"); !strings.Contains(strings.Join(got[heard:], "\n"), "Что вам нужно") {
			t.Errorf("nobody has the chat, and the bot does not go on: %q", got)
		}
		if got := kinds(t, w); !slices.Equal(got, []string{"red_flag"}) {
			t.Errorf("open are %q", got)
		}
		if err := act(t, w, maria, concerning(flag.ID, closes)); err != nil || len(tickets(t, w)) != 0 {
			t.Errorf("the last one stays open (%v)", err)
		}
	})
}

// Handed back, the bot goes on where it stopped; what is kept stays somebody's work, what waits for its dialog ends with it.
func TestTheBotGoesOnAndWorkStays(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		asked, _, back := threefold(t, w)
		heard := len(said(w, "anna"))
		err := act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Return(ctx, tx, a, "", []string{back.ID, asked.ID}, w.Clock.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := kinds(t, w); !slices.Equal(got, []string{"asked", desk.CallBack}) {
			t.Errorf("open are %q", got)
		}
		if got := strings.Join(said(w, "anna")[heard:], "\n"); !strings.Contains(got, "Снова на связи бот") || !strings.Contains(got, "Что вам нужно") {
			t.Errorf("the bot does not go on: %q", got)
		}
		for _, k := range tickets(t, w) {
			if k.State != "taken" || k.Account != maria.ID || k.Task != 0 {
				t.Errorf("Maria has %+v", k)
			}
		}
	})
}
