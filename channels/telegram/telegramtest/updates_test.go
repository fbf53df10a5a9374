package telegramtest_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
)

// Updates come again until a higher offset confirms them.
func TestUpdatesAreKeptUntilConfirmed(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	a, b, c := p.Write("раз").Update, p.Write("два").Update, p.Write("три").Update
	if got := call(t, s, "getUpdates", object{"limit": 2}).ids(t); !slices.Equal(got, []int64{a, b}) {
		t.Errorf("first %v", got)
	}
	if got := call(t, s, "getUpdates", object{"offset": a + 1}).ids(t); !slices.Equal(got, []int64{b, c}) {
		t.Errorf("then %v", got)
	}
	if s.Brought(a) != 1 || s.Brought(b) != 2 || s.Pending() != 2 {
		t.Errorf("brought %d and %d times, %d pending", s.Brought(a), s.Brought(b), s.Pending())
	}
	if got := call(t, s, "getUpdates", object{"offset": c + 1}).ids(t); len(got) != 0 || s.Pending() != 0 {
		t.Errorf("at the end %v, %d pending", got, s.Pending())
	}
}

// Who asks for the same again in a hurry gets one update, so that a poison one can be told from the others.
func TestAHurriedPollGetsOneUpdate(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	a := p.Write("раз").Update
	p.Write("два")
	call(t, s, "getUpdates", object{"offset": 5})
	if got := call(t, s, "getUpdates", object{"offset": 5}).ids(t); !slices.Equal(got, []int64{a}) {
		t.Errorf("got %v", got)
	}
}

// A poll waits for something to happen; another one with the same token throws it out.
func TestALongPollWaitsAlone(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	first, second := make(chan answered, 1), make(chan answered, 1)
	go func() { first <- call(t, s, "getUpdates", object{"timeout": 30}) }()
	<-s.Asked()
	for { // until the first one waits, the second does not meet it
		go func() { second <- call(t, s, "getUpdates", object{"timeout": 30, "offset": 1}) }()
		select {
		case a := <-first:
			if a.Code != 409 || !strings.Contains(a.Description, "terminated by other getUpdates") {
				t.Errorf("the first poller is told %+v", a)
			}
			written := p.Write("привет").Update
			if got := (<-second).ids(t); !slices.Equal(got, []int64{written}) {
				t.Errorf("the second gets %v", got)
			}
			return
		case a := <-second:
			if a.Code != 409 {
				t.Fatalf("the second poller is told %+v", a)
			}
		}
	}
}

func TestOnlyAllowedKindsAreKept(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	call(t, s, "getUpdates", object{"allowed_updates": []string{"callback_query"}})
	p.Write("мимо")
	pressed := p.PressData(1, "x").Update
	if got := call(t, s, "getUpdates", nil).ids(t); !slices.Equal(got, []int64{pressed}) {
		t.Errorf("got %v", got)
	}
}

// Updates can be raw, come again after they were confirmed, and out of order.
func TestUpdatesAreInjected(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	a := p.Write("раз").Update
	call(t, s, "getUpdates", object{"offset": a + 1})
	strange, err := s.Inject(`{"message_reaction":{"newer":"than the library"}}`)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(object{"update_id": a, "message": object{"message_id": 1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Inject(string(again)); err != nil {
		t.Fatal(err)
	}
	if got := call(t, s, "getUpdates", object{"offset": a + 2}).ids(t); !slices.Equal(got, []int64{strange, a}) {
		t.Errorf("got %v, want %v", got, []int64{strange, a})
	}
	if got := call(t, s, "getUpdates", object{"offset": strange + 1}).ids(t); len(got) != 0 {
		t.Errorf("they come without end: %v", got)
	}
	if _, err := s.Inject("{"); err == nil {
		t.Error("broken JSON is an update")
	}
}

// The real client gets all that people write, in order, though every third answer is lost on the way.
func TestLostAnswersLoseNothing(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	s.SetFaults(telegramtest.Faults{DropPoll: 0.3, Seed: 7})
	polls(t, clinic(t, s))
	for _, word := range []string{"раз", "два", "три", "четыре"} {
		p.Write(word)
		read(t, p.Seat, word)
	}
	if s.Counts()["fault:reset-after"] == 0 && s.Counts()["getUpdates"] > 8 {
		t.Error("no answer was lost")
	}
}

// Updates may come twice; the second time they need not be confirmed.
func TestUpdatesComeTwice(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	s.SetFaults(telegramtest.Faults{Again: 1})
	p := s.Person(telegramtest.User{})
	a, b := p.Write("раз").Update, p.Write("два").Update
	if got := call(t, s, "getUpdates", nil).ids(t); !slices.Equal(got, []int64{a, a, b, b}) {
		t.Errorf("got %v", got)
	}
	if got := call(t, s, "getUpdates", object{"offset": b + 1}).ids(t); len(got) != 0 || s.Pending() != 0 {
		t.Errorf("then %v", got)
	}
}

// Await gives up with its context and says what was shown.
func TestAwaitGivesUp(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	p.Write("есть кто?")
	if _, err := p.AwaitText(ctx, "есть"); err == nil || !strings.Contains(err.Error(), "deadline") {
		t.Errorf("the person's own words are no answer: %v", err)
	}
}
