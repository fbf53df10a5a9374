package whatsapp_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/whatsapp/whatsapptest"
)

// Everything goes wrong at once: each message is heard once, and each answer is seen once.
func TestNothingIsLostAndNothingComesTwice(t *testing.T) {
	s := open(t)
	s.server.SetFaults(whatsapptest.Faults{
		Again: 0.1, Anew: 0.1, Overtaken: 0.1, Throttled: 0.1, Reset: 0.02, ResetAfter: 0.02, Seed: 7,
	})
	s.crossing(t, 6)
}

// Both sides begin to write at the same moment, so each has begun a session of its own, and moves both.
func TestNothingIsLostWhereBothSidesWriteAtOnce(t *testing.T) {
	s := open(t)
	s.crossing(t, 15)
	for what, n := range s.server.Counts() {
		if strings.HasPrefix(what, "repeat:") || strings.Contains(what, "retry") {
			t.Errorf("%d times %s", n, what)
		}
	}
}

// Each side has begun a session, and messages of both are under way: none has to be asked for again.
func TestMessagesOfSessionsThatCrossedAreRead(t *testing.T) {
	s := open(t)
	p := s.person()
	for _, text := range []string{"1", "2"} {
		s.server.SetFaults(whatsapptest.Faults{Overtaken: 1})
		p.Write(text) // is under way until ours has come
		s.shows(t, p, channels.Outgoing{Key: text, Text: "ответ " + text})
		until(t, text, func() bool { return len(s.clinic.stored()) > 0 && s.server.Pending() == 0 })
	}
	s.server.SetFaults(whatsapptest.Faults{})
	p.Write("3")
	until(t, "all messages", func() bool { return len(s.clinic.stored()) >= 3 && s.server.Pending() == 0 })
	if n := s.server.Counts()["receipt:retry"] + s.server.Counts()["retry"]; n > 0 {
		t.Errorf("asked for %d messages again", n)
	}
}

// crossing lets people write while they are written to, each so many times.
func (s *stage) crossing(t *testing.T, each int) {
	const people = 8
	var all sync.WaitGroup
	seats := make([]*whatsapptest.Person, people)
	for i := range seats {
		seats[i] = s.person()
		all.Go(func() {
			for k := range each {
				seats[i].Write(fmt.Sprintf("вопрос %02d", k))
			}
		})
		all.Go(func() {
			for k := range each {
				s.insists(t, seats[i], channels.Outgoing{Key: fmt.Sprintf("%d-%d", i, k), Text: fmt.Sprintf("ответ %02d", k)})
			}
		})
	}
	all.Wait()
	until(t, "all messages", func() bool { return len(s.clinic.stored()) >= people*each && s.server.Pending() == 0 })
	for i, p := range seats {
		var heard []string
		for _, m := range s.clinic.stored() {
			if m.From == address(p) {
				heard = append(heard, m.Text+m.Other)
			}
		}
		slices.Sort(heard)
		until(t, "all answers", func() bool { return len(p.Shown()) >= each })
		shown := p.Shown()
		slices.Sort(shown) // a phone may have to ask for one again
		for k := range each {
			if len(heard) != each || heard[k] != fmt.Sprintf("вопрос %02d", k) {
				t.Fatalf("person %d was heard to say %q", i, heard)
			}
			if len(shown) != each || shown[k] != fmt.Sprintf("ответ %02d", k) {
				t.Fatalf("person %d sees %q", i, shown)
			}
		}
	}
}

// insists sends as the outbox does: again and again.
func (s *stage) insists(t testing.TB, p *whatsapptest.Person, m channels.Outgoing) {
	for ctx := within(t); ; {
		_, err := s.send(p, m)
		if err == nil {
			return
		}
		if kind := channels.KindOf(err); kind != channels.Retry && kind != channels.Throttled || ctx.Err() != nil {
			t.Errorf("giving up: %v", err)
			return
		}
		_ = s.watch.Pause(ctx, time.Millisecond)
	}
}

// While the network thinks about a message, others are read.
func TestASlowAnswerDoesNotHoldUpWhatComes(t *testing.T) {
	s := open(t)
	p := s.person()
	p.Write("1")
	s.clinic.got(t, 1)
	s.server.SetFaults(whatsapptest.Faults{Delay: 2 * time.Second})
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		s.insists(t, p, channels.Outgoing{Key: "slow", Text: "ответ"})
	}()
	until(t, "the answer on the phone", func() bool { return len(p.Shown()) > 0 })
	p.Write("2")
	s.clinic.got(t, 2)
	select {
	case <-sent:
		t.Error("the message was read after the network had answered")
	default:
	}
	<-sent
}
