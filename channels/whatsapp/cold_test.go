package whatsapp_test

import (
	"strconv"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
)

// recall writes to somebody who has been silent for a month.
func (s *stage) recall(p *whatsapptest.Person, key string) error {
	_, err := s.send(p, channels.Outgoing{Key: key, Text: "Пора на осмотр", Heard: s.watch.Now().Add(-30 * 24 * time.Hour)})
	return err
}

func TestThoseWhoAreSilentAreWrittenToOneByOne(t *testing.T) {
	s := open(t)
	anna, olga := s.person(), s.person()
	if err := s.recall(anna, "1"); err != nil {
		t.Fatal(err)
	}
	e := failed(t, s.recall(olga, "2"))
	if e.Kind != channels.Held || e.Code != "pace" || e.RetryAfter <= 0 || e.RetryAfter > 90*time.Second {
		t.Errorf("the second got %v after %v", e, e.RetryAfter)
	}
	if err := s.recall(anna, "3"); err != nil {
		t.Errorf("the first one's second message: %v", err)
	}
	s.shows(t, olga, channels.Outgoing{Key: "4", Text: "Отвечаю"}) // answers do not wait
	s.watch.pass(e.RetryAfter)
	if err := s.recall(olga, "2"); err != nil {
		t.Errorf("later: %v", err)
	}
}

func TestADayHasAnEnd(t *testing.T) {
	s := open(t, func(o *whatsapp.Options) { o.ColdPerDay = 3 })
	s.watch.pass(time.Until(time.Now().UTC().Truncate(24 * time.Hour).Add(25 * time.Hour))) // one at night
	for i := range 3 {
		if err := s.recall(s.person(), strconv.Itoa(i)); err != nil {
			t.Fatalf("person %d: %v", i, err)
		}
		s.watch.pass(2 * time.Minute)
	}
	late := s.person()
	e := failed(t, s.recall(late, "late"))
	if e.Kind != channels.Held || e.Code != "cap" || e.RetryAfter < 20*time.Hour || e.RetryAfter > 24*time.Hour {
		t.Fatalf("got %v after %v", e, e.RetryAfter)
	}
	s.stop()
	s.WhatsApp = s.another(t) // the next process counts on
	s.run(t)
	s.connected(t)
	if e := failed(t, s.recall(late, "late")); e.Code != "cap" {
		t.Errorf("after a restart: %v", e)
	}
	s.watch.pass(e.RetryAfter)
	if err := s.recall(late, "late"); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

func TestNobodyIsWrittenToWhoNeverWrote(t *testing.T) {
	s := open(t)
	_, err := s.Send(t.Context(), address(s.person()), channels.Outgoing{Key: "1", Text: "Акция!"})
	if e := failed(t, err); e.Kind != channels.Rejected || e.Code != "never_wrote" {
		t.Errorf("got %v", e)
	}
}

func TestAReachOutLockStopsOnlyTheCold(t *testing.T) {
	s := open(t)
	anna, olga := s.person(), s.person()
	s.server.FailNext("message", 1, whatsapptest.Refused(463))
	e := failed(t, s.recall(anna, "1"))
	if e.Kind != channels.Held || e.Code != "463" || e.RetryAfter < time.Hour {
		t.Errorf("got %v after %v", e, e.RetryAfter)
	}
	s.complains(t, "463")
	s.watch.pass(2 * time.Minute)
	if e := failed(t, s.recall(olga, "2")); e.Kind != channels.Held || e.Code != "463" {
		t.Errorf("another who is silent got %v", e)
	}
	s.shows(t, olga, channels.Outgoing{Key: "3", Text: "Отвечаю"})
	s.stop()
	s.WhatsApp = s.another(t) // the next process knows
	s.run(t)
	s.connected(t)
	if e := failed(t, s.recall(olga, "2")); e.Code != "463" {
		t.Errorf("after a restart: %v", e)
	}
	s.watch.pass(e.RetryAfter)
	if err := s.recall(anna, "1"); err != nil {
		t.Errorf("when it is over: %v", err)
	}
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("when it is over: %v", err)
	}
}
