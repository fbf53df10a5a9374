package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/channels"
	"careline/store"
)

var (
	errGone    = errors.New("no answer from the network")
	errRevoked = fmt.Errorf("take a new token: %w", &channels.Error{Kind: channels.Misconfigured, Reason: "401"})
)

func TestWhatComesAndGoesRingsNobody(t *testing.T) {
	for name, c := range map[string]struct {
		every time.Duration
		seen  []error
		want  string // a letter for each look: . nothing, or the verdict that is due
	}{
		"it is down":              {10 * time.Second, []error{errGone, errGone, errGone, errGone, errGone}, "...dd"},
		"it comes and goes":       {10 * time.Second, []error{errGone, errGone, nil, errGone, errGone, nil, errGone, errGone}, "........"},
		"it was revoked":          {time.Second, []error{nil, errRevoked}, ".b"},
		"it is worse than so":     {20 * time.Second, []error{errGone, errGone, errGone, errRevoked}, "..db"},
		"it works from the start": {15 * time.Second, []error{nil, nil, nil}, "..w"},
	} {
		var p pulse
		got := ""
		for i, err := range c.seen {
			if p.feel(bottest.Monday.Add(time.Duration(i)*c.every), err) {
				got += string(p.now[0])
			} else {
				got += "."
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// ill is a messenger whose health is set by hand.
type ill struct{ err error }

func (i *ill) Healthy(context.Context) error { return i.err }

// Of two processes that see the same, and of one that comes after a crash, one tells, once.
func TestAnOutageIsToldOnceByAllProcessesTogether(t *testing.T) {
	a := idle(t)
	b := &Bot{Parts: a.Parts, Runner: a.Runner, name: "b"}
	clk, h := a.Clock.(*clock.Moved), &ill{errRevoked}
	tickets := func() (open, all int) {
		t.Helper()
		err := a.Store.Read(t.Context(), func(tx store.Tx) error {
			list, err := tx.TicketList(t.Context(), []string{"open", "closed"}, 10)
			for _, k := range list {
				if all++; k.State != "closed" {
					open++
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return open, all
	}
	holds := func(when string, wantOpen, wantAll int) {
		t.Helper()
		if open, all := tickets(); open != wantOpen || all != wantAll {
			t.Errorf("%s: %d of %d tickets are open, want %d of %d", when, open, all, wantOpen, wantAll)
		}
	}
	var atA, atB, later pulse
	a.look(t.Context(), "vk", &atA, h)
	b.look(t.Context(), "vk", &atB, h)
	a.look(t.Context(), "vk", &later, h)
	holds("revoked", 1, 1)
	h.err = nil
	for range 7 {
		a.look(t.Context(), "vk", &atA, h)
		clk.Advance(lookEvery)
	}
	holds("well again", 0, 1)
	h.err = errGone
	for range 7 {
		a.look(t.Context(), "vk", &atA, h)
		clk.Advance(lookEvery)
	}
	holds("down", 1, 2)
	h.err = errRevoked
	a.look(t.Context(), "vk", &atA, h)
	holds("revoked while it was down", 1, 3)
}

// A process that does not receive from a messenger has nothing to say about it.
func TestOnlyWhoReceivesTellsOfAnOutage(t *testing.T) {
	a := idle(t)
	p := pulse{now: broken, told: broken}
	a.look(t.Context(), "test", &p, &ill{errRevoked})
	if p != (pulse{}) {
		t.Errorf("the pulse of a messenger that another process receives from is %+v", p)
	}
}
