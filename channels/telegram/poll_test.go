package telegram_test

import (
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/telegram/telegramtest"
)

func TestNothingIsConfirmedBeforeItIsStored(t *testing.T) {
	s := build(t)
	s.clinic.refuse = 3
	p := s.server.Person(telegramtest.User{})
	p.Write("один")
	p.Write("два")
	s.run(t)
	await(t, "the clinic to refuse", func() bool { return s.log.holds("not stored") })
	got := s.hears(t, 2)
	if got[0].Text != "один" || got[1].Text != "два" {
		t.Errorf("stored %+v", got)
	}
	pauses := s.watch.paused()
	if len(pauses) < 3 || pauses[0] >= pauses[1] || pauses[1] >= pauses[2] {
		t.Errorf("the pauses %v do not grow", pauses)
	}
}

// An update that the process took and did not store before it died comes to the next one.
func TestAnUpdateComesAgainAfterADeathBeforeItWasStored(t *testing.T) {
	s := build(t)
	s.clinic.refuse = 1 << 30
	sent := s.server.Person(telegramtest.User{}).Write("важно")
	s.run(t)
	await(t, "the clinic to refuse", func() bool { return s.log.holds("not stored") })
	s.stop()
	if s.server.Pending() != 1 {
		t.Fatalf("%d updates wait, want 1", s.server.Pending())
	}
	s.clinic.mu.Lock()
	s.clinic.refuse = 0
	s.clinic.mu.Unlock()
	s.run(t)
	s.hears(t, 1)
	if n := s.server.Brought(sent.Update); n != 2 {
		t.Errorf("it was brought %d times", n)
	}
}

func TestPollingGoesOnThroughEveryKindOfTrouble(t *testing.T) {
	for name, fault := range map[string]telegramtest.Fault{
		"500": telegramtest.ServerError, "HTML": telegramtest.HTML, "half a body": telegramtest.Half, "nothing": telegramtest.Reset,
		"an answer lost": telegramtest.ResetAfter, "429": telegramtest.Throttled(2 * time.Second), "a wrong code": telegramtest.Refused(418, "?"),
	} {
		t.Run(name, func(t *testing.T) {
			s := build(t)
			s.server.FailNext("getUpdates", 2, fault)
			s.server.Person(telegramtest.User{}).Write("привет")
			s.run(t)
			s.hears(t, 1)
			if s.log.holds(s.server.Token()) || s.log.holds("привет") {
				t.Error("the log holds the token or the message")
			}
			if name == "429" && s.watch.paused()[0] != 2*time.Second {
				t.Errorf("throttled for 2 s it waited %v", s.watch.paused())
			}
			await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
		})
	}
}

func TestAWebhookThatStandsInTheWayIsDeleted(t *testing.T) {
	s := build(t)
	s.server.Person(telegramtest.User{}).Write("ещё до опроса")
	s.call(t, "setWebhook", `{"url":"http://127.0.0.1:1/closed/"}`)
	s.run(t)
	if got := s.hears(t, 1); got[0].Text != "ещё до опроса" {
		t.Errorf("stored %+v", got)
	}
	if p := s.server.Calls("deleteWebhook")[0].Params["drop_pending_updates"]; p != "" && p != "false" {
		t.Errorf("deleted with drop_pending_updates=%s", p)
	}
}

func TestTwoPollersOnOneToken(t *testing.T) {
	s := open(t)
	other := build(t)
	o := s.options
	o.Log = other.options.Log
	other.Telegram, other.server = s.another(t, o), s.server
	other.run(t)
	await(t, "one of them to tell", func() bool {
		return s.log.holds("another program polls") || other.log.holds("another program polls")
	})
	await(t, "its health to tell too, and its patience to grow", func() bool {
		for _, one := range []*stage{s, other} {
			if err := one.Healthy(t.Context()); err != nil && strings.Contains(err.Error(), "same token") && one.log.holds("try=3") {
				return true
			}
		}
		return false
	})
	p := s.server.Person(telegramtest.User{})
	p.Write("кому-нибудь")
	await(t, "the message", func() bool { return len(s.clinic.stored())+len(other.clinic.stored()) > 0 })
}

func TestATokenRevokedInMidRun(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	p.Write("до")
	s.hears(t, 1)
	s.server.Revoke()
	p.Write("между") // ends the long poll
	await(t, "health to tell", func() bool { return s.Healthy(t.Context()) != nil })
	if err := s.Healthy(t.Context()); !strings.Contains(err.Error(), "BotFather") || strings.Contains(err.Error(), s.server.Token()) {
		t.Errorf("health says %v", err)
	}
	await(t, "the log to tell", func() bool { return s.log.holds("take the current one from BotFather") })
	if failed := s.fails(t, p.Seat, channels.Outgoing{Text: "привет"}); failed.Kind != channels.Misconfigured {
		t.Errorf("Send says %v", failed)
	}
	s.server.Allow()
	s.watch.pass()
	s.send(t, p.Seat, channels.Outgoing{Text: "снова"})
	s.hears(t, 2)
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

// A process that does not poll sends all the same, and its health tells whether it can.
func TestHealthOfAProcessThatOnlySends(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("before anything it says %v", err)
	}
	s.server.Revoke()
	s.fails(t, p.Seat, channels.Outgoing{Text: "привет"})
	if err := s.Healthy(t.Context()); err == nil || !strings.Contains(err.Error(), "BotFather") {
		t.Errorf("with a revoked token it says %v", err)
	}
	s.server.Allow()
	s.send(t, p.Seat, channels.Outgoing{Text: "снова"})
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("after a message went it says %v", err)
	}
}

func TestTheSameUpdateTwiceAndOutOfOrder(t *testing.T) {
	s := open(t)
	raw := func(id, text string) string {
		return `{"update_id":` + id + `,"message":{"message_id":7,"date":1,"from":{"id":42,"first_name":"А"},"chat":{"id":42,"type":"private"},"text":"` + text + `"}}`
	}
	s.inject(t, raw("12", "второе"))
	s.inject(t, raw("11", "первое"))
	s.inject(t, raw("12", "второе"))
	s.hears(t, 2)
	s.inject(t, raw("11", "первое"))
	s.inject(t, raw("13", "третье"))
	s.hears(t, 3)
}

func TestPollsAskForWhatIsUsedOnly(t *testing.T) {
	s := open(t)
	await(t, "a poll", func() bool { return len(s.server.Calls("getUpdates")) > 0 })
	if got := s.server.Calls("getUpdates")[0].Params["allowed_updates"]; got != `["message","edited_message","callback_query","my_chat_member"]` {
		t.Errorf("asked for %s", got)
	}
}
