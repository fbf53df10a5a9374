package channeltest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/channels"
)

const patience = 10 * time.Second // for the real network code between us and the stand-in

func hasNameAndLimits(t *testing.T, b Bench) {
	if b.Channel.ID() == "" || b.Channel.ID() != b.To.Channel {
		t.Errorf("the channel is called %q, its addresses belong to %q", b.Channel.ID(), b.To.Channel)
	}
	if caps := b.Channel.Caps(); caps.Text <= 0 || caps.Label <= 0 {
		t.Errorf("no room for a text or a label: %+v", caps)
	}
}

func arrivesInOrder(t *testing.T, b Bench) {
	sink := start(t, b)
	var updates []Update
	for i := range 20 {
		updates = append(updates, Update{ID: fmt.Sprintf("order-%d", i), Text: fmt.Sprintf("слово %d", i)})
	}
	bring(t, b, updates...)
	got, ids := sink.stored(), map[string]bool{}
	if len(got) != len(updates) {
		t.Fatalf("%d of %d messages arrived", len(got), len(updates))
	}
	for i, m := range got {
		if m.Text != updates[i].Text || m.From != b.To {
			t.Errorf("message %d is %q from %+v", i, m.Text, m.From)
		}
		if m.ID == "" || ids[m.ID] || m.At.IsZero() {
			t.Errorf("message %d has id %q and time %v", i, m.ID, m.At)
		}
		ids[m.ID] = true
	}
}

func keepsIDs(t *testing.T, b Bench) {
	sink := start(t, b)
	same := Update{ID: "twice", Text: "дважды"}
	bring(t, b, same)
	bring(t, b, same, Update{ID: "other", Text: "другое"})
	byText := map[string]map[string]bool{}
	for _, m := range sink.offered() {
		if byText[m.Text] == nil {
			byText[m.Text] = map[string]bool{}
		}
		byText[m.Text][m.ID] = true
	}
	if len(byText["дважды"]) != 1 || len(byText["другое"]) != 1 {
		t.Errorf("ids by text: %v", byText)
	}
}

func acknowledgesOnlyWhatIsStored(t *testing.T, b Bench) {
	sink := start(t, b)
	sink.refuse(3)
	bring(t, b, Update{ID: "first", Text: "первое"}, Update{ID: "second", Text: "второе"})
	if n := sink.refused(); n != 3 {
		t.Errorf("the sink refused %d times, want 3: an update was acknowledged unstored", n)
	}
	var texts []string
	for _, m := range sink.stored() {
		texts = append(texts, m.Text)
	}
	if got := strings.Join(texts, ","); got != "первое,второе" {
		t.Errorf("stored %s", got)
	}
}

func runEnds(t *testing.T, b Bench) {
	ctx, cancel := context.WithCancel(t.Context())
	sink := &sink{known: map[string]bool{}}
	ended := run(ctx, b, sink)
	bring(t, b, Update{ID: "last", Text: "последнее"})
	cancel()
	select {
	case err := <-ended:
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run goes on after its context has ended")
	}
}

func runsAgain(t *testing.T, b Bench) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := run(ctx, b, &sink{known: map[string]bool{}})
	bring(t, b, Update{ID: "before", Text: "до"})
	cancel()
	<-ended
	again := start(t, b)
	bring(t, b, Update{ID: "after", Text: "после"})
	if got := again.stored(); len(got) != 1 || got[0].Text != "после" {
		t.Errorf("after a restart arrived %+v", got)
	}
}

func pressed(t *testing.T, b Bench) {
	sink := start(t, b)
	choice := channels.Choice{Data: "t1:ask:7:yes", Label: "Да"}
	send(t, b, channels.Outgoing{Key: "ask", Text: "Вам удобно?", Ask: channels.AskOne, Choices: []channels.Choice{choice}})
	bring(t, b, Update{ID: "press", Text: choice.Label, Choice: choice.Data})
	if got := sink.stored(); len(got) != 1 || got[0].Choice != choice.Data {
		t.Errorf("the press arrived as %+v", got)
	}
}
