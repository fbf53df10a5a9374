package telegram_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

var modes = map[string]func(*telegram.Options){"by polling": func(*telegram.Options) {}, "by a webhook": hooked}

// failures are what Telegram and the way to it may answer, and what each is called.
var failures = map[string]struct {
	fault telegramtest.Fault
	want  channels.Kind
}{
	"too fast":           {telegramtest.Throttled(time.Second), channels.Throttled},
	"blocked":            {telegramtest.Refused(403, "Forbidden: bot was blocked by the user"), channels.Blocked},
	"deleted account":    {telegramtest.Refused(403, "Forbidden: user is deactivated"), channels.Blocked},
	"kicked":             {telegramtest.Refused(403, "Forbidden: bot was kicked from the group chat"), channels.Blocked},
	"no such chat":       {telegramtest.Refused(400, "Bad Request: chat not found"), channels.Blocked},
	"bad message":        {telegramtest.Refused(400, "Bad Request: message is too long"), channels.Rejected},
	"too big":            {telegramtest.Refused(413, "Request Entity Too Large"), channels.Rejected},
	"revoked":            {telegramtest.Refused(401, "Unauthorized"), channels.Misconfigured},
	"mistyped":           {telegramtest.Refused(404, "Not Found"), channels.Misconfigured},
	"no such method":     {telegramtest.Refused(404, "Not Found: method not found"), channels.Rejected},
	"500":                {telegramtest.ServerError, channels.Retry},
	"HTML":               {telegramtest.HTML, channels.Retry},
	"half a body":        {telegramtest.Half, channels.Retry},
	"nothing":            {telegramtest.Reset, channels.Retry},
	"answer lost":        {telegramtest.ResetAfter, channels.Retry},
	"a code yet unknown": {telegramtest.Refused(499, "?"), channels.Rejected},
}

func TestEveryFailureIsCalledByItsName(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	for name, c := range failures {
		s.server.FailNext("sendMessage", 1, c.fault)
		if failed := s.fails(t, p.Seat, channels.Outgoing{Text: "привет"}); failed.Kind != c.want {
			t.Errorf("%s: %v, want %s", name, failed, c.want)
		}
		s.server.FailNext("sendChatAction", 1, c.fault)
		if err := s.Typing(t.Context(), s.address(p.Seat)); channels.KindOf(err) != c.want {
			t.Errorf("typing, %s: %v, want %s", name, err, c.want)
		}
	}
}

func TestAReasonTellsNothingOfTheMessage(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	s.server.FailNext("sendMessage", 1, telegramtest.Refused(400, `Bad Request: inline keyboard button URL 'https://x.example/анна' is invalid: `+strings.Repeat("x", 300)))
	failed := s.fails(t, p.Seat, channels.Outgoing{Text: "привет"})
	if strings.Contains(failed.Reason, "анна") || len(failed.Reason) > 210 || !strings.Contains(failed.Reason, "is invalid") || failed.Code != "400" {
		t.Errorf("the reason is %q", failed.Reason)
	}
}

func TestTheTokenIsInNoError(t *testing.T) {
	s := build(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	o := s.options
	o.API = "http://" + closed.Addr().String()
	s.Telegram = s.another(t, o)
	p := s.server.Person(telegramtest.User{})
	for _, m := range []channels.Outgoing{{Text: "x"}, {Files: []channels.File{{Name: "x.ics", Data: []byte("x")}}}} {
		if failed := s.fails(t, p.Seat, m); failed.Kind != channels.Retry {
			t.Errorf("nobody there: %v", failed)
		}
	}
}

func TestSendGivesUpWithItsContext(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	s.server.FailNext("sendMessage", 1, telegramtest.Silence)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := s.Send(ctx, s.address(p.Seat), channels.Outgoing{Text: "привет"})
	if channels.KindOf(err) != channels.Retry || strings.Contains(err.Error(), s.server.Token()) {
		t.Errorf("silence is %v", err)
	}
}

func TestABlockedPersonIsBlockedUntilTheyComeBack(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	p.Block()
	if failed := s.fails(t, p.Seat, channels.Outgoing{Text: "ау"}); failed.Kind != channels.Blocked {
		t.Errorf("a blocked chat is %v", failed)
	}
	p.Unblock()
	s.send(t, p.Seat, channels.Outgoing{Text: "снова"})
	p.Write("да")
	heard := s.hears(t, 3)
	if heard[0].Permit != channels.Denied || heard[1].Permit != channels.Allowed || heard[2].Permit != "" {
		t.Errorf("heard %+v", heard)
	}
}
