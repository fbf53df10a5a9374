package vk_test

import (
	"strings"
	"testing"

	"careline/channels"
	"careline/channels/vk/vktest"
)

func TestRefusalsAreCalledByTheirKind(t *testing.T) {
	s := build(t)
	p := s.talking()
	for code, kind := range map[int]channels.Kind{
		1: channels.Retry, 10: channels.Retry, 6: channels.Throttled, 9: channels.Throttled, 14: channels.Throttled, 29: channels.Throttled,
		7: channels.Blocked, 18: channels.Blocked, 900: channels.Blocked, 901: channels.Blocked, 902: channels.Blocked, 950: channels.Blocked,
		911: channels.Rejected, 914: channels.Rejected, 944: channels.Rejected, 100: channels.Rejected, 9999: channels.Rejected,
		5: channels.Misconfigured, 15: channels.Misconfigured, 27: channels.Misconfigured, 912: channels.Misconfigured,
	} {
		s.server.FailNext("messages.send", 1, vktest.Refused(code, `it says "Болит зуб" and more`))
		e := s.fails(t, p.Seat, channels.Outgoing{Key: "k", Text: "Болит зуб"})
		if e.Kind != kind || strings.Contains(e.Error(), "Болит") {
			t.Errorf("%d: %v, want %v", code, e, kind)
		}
		if (e.RetryAfter > 0) != (kind == channels.Throttled) {
			t.Errorf("%d: try again after %v", code, e.RetryAfter)
		}
	}
	if len(p.Shown()) > 0 {
		t.Errorf("shown %q", p.Shown())
	}
}

func TestTheNetworkFailsASend(t *testing.T) {
	s := build(t)
	p := s.talking()
	for name, fault := range map[string]vktest.Fault{
		"500": vktest.ServerError, "html": vktest.HTML, "half": vktest.Half, "reset": vktest.Reset,
	} {
		s.server.FailNext("messages.send", 1, fault)
		if e := s.fails(t, p.Seat, channels.Outgoing{Key: name, Text: name}); e.Kind != channels.Retry || strings.Contains(e.Error(), "127.0.0.1") && strings.Contains(e.Error(), "token") {
			t.Errorf("%s: %v", name, e)
		}
		s.send(t, p.Seat, channels.Outgoing{Key: name, Text: name})
	}
	if len(p.Shown()) != 4 {
		t.Errorf("shown %q", p.Shown())
	}
}

func TestWhoMayNotBeWrittenTo(t *testing.T) {
	s := build(t)
	p := s.server.Person(vktest.User{})
	for _, change := range []func(){func() {}, p.Hide} {
		change()
		if e := s.fails(t, p.Seat, channels.Outgoing{Key: "k", Text: "Здравствуйте"}); e.Kind != channels.Blocked {
			t.Errorf("it is %v", e)
		}
	}
}

func TestAdviceWhenNothingCanBeSent(t *testing.T) {
	s := open(t)
	p := s.talking()
	for code, want := range map[int]string{5: "take a key", 15: "make a key with the rights", 912: "Возможности ботов"} {
		s.server.FailNext("messages.send", 1, vktest.Refused(code, "no"))
		s.fails(t, p.Seat, channels.Outgoing{Key: "k", Text: "Здравствуйте"})
		if err := s.Healthy(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: the advice is %v", code, err)
		}
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "k", Text: "Здравствуйте"})
	if err := s.Healthy(t.Context()); err != nil {
		t.Error(err)
	}
}
