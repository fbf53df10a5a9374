package whatsapp_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store/postgres"
	"careline/store/storetest"
)

func TestThePhoneUnlinksUs(t *testing.T) {
	for name, unlink := range map[string]func(*stage, *whatsapptest.Person){
		"while we listen": func(s *stage, _ *whatsapptest.Person) { s.server.OwnPhone().Unlink() },
		"while we send": func(s *stage, p *whatsapptest.Person) {
			s.server.FailNext("message", 1, whatsapptest.Unlinked)
			_, _ = s.send(p, channels.Outgoing{Key: "1", Text: "Ау"})
		},
		"while we are away": func(s *stage, _ *whatsapptest.Person) {
			s.server.Down(true)
			s.server.Drop()
			s.server.OwnPhone().Unlink()
			s.server.Down(false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			anna := s.person()
			unlink(s, anna)
			s.complains(t, "careline link whatsapp")
			_, err := s.send(anna, channels.Outgoing{Key: "2", Text: "Ау"})
			if e := failed(t, err); e.Kind != channels.Misconfigured || e.Code != "unlinked" {
				t.Errorf("Send: %v", e)
			}
			until(t, "the session to be forgotten", func() bool { account, err := s.Account(t.Context()); return err == nil && account == "" })
			s.link(t)
			s.connected(t)
			until(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
			s.shows(t, anna, channels.Outgoing{Key: "3", Text: "Снова тут"})
			if _, err := anna.AwaitText(within(t), "Снова тут"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestABanIsSatOut(t *testing.T) {
	s := open(t)
	s.server.Ban(104, 3600)
	s.complains(t, "banned the clinic's account")
	_, err := s.send(s.person(), channels.Outgoing{Key: "1", Text: "Ау"})
	e := failed(t, err)
	if e.Kind != channels.Misconfigured || e.Code != "banned" || e.RetryAfter < 50*time.Minute || e.RetryAfter > time.Hour {
		t.Errorf("Send: %v, again after %v", e, e.RetryAfter)
	}
	until(t, "the ban to be noted", func() bool { said, _ := s.options.Memory.Recall(t.Context(), "ban"); return said != "" })
	s.stop()
	logins := s.server.Counts()["login"]
	s.WhatsApp = s.another(t) // the next process knows
	s.run(t)
	s.complains(t, "104")
	if n := s.server.Counts()["login"]; n != logins {
		t.Errorf("%d more logins during the ban", n-logins)
	}
	s.server.Refuse(whatsapptest.Refusal{})
	s.awaits(t, time.Hour)
	until(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

func TestTheSessionIsNotFoughtFor(t *testing.T) {
	s := open(t)
	next := s.another(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- next.Run(ctx, s.clinic) }()
	s.complains(t, "another program")
	until(t, "the other to be online", func() bool { return next.Connected() })
	s.watch.pass(time.Hour)
	anna := s.person()
	anna.Write("кто тут?")
	s.clinic.got(t, 1)
	if !next.Connected() || s.Connected() {
		t.Error("the first has taken the session back")
	}
	cancel()
	<-ended
}

func TestOurVersionIsTooOld(t *testing.T) {
	s := open(t)
	s.server.Outdate(whatsapptest.Revision + 1)
	s.server.Drop()
	s.complains(t, "update careline")
	_, err := s.send(s.person(), channels.Outgoing{Key: "1", Text: "Ау"})
	if e := failed(t, err); e.Kind != channels.Misconfigured || e.Code != "outdated" {
		t.Errorf("Send: %v", e)
	}
	s.server.Outdate(0)
	s.awaits(t, time.Hour)
}

func TestAConnectionThatBreaks(t *testing.T) {
	s := open(t)
	anna := s.person()
	s.server.Down(true)
	s.server.Drop()
	until(t, "the break", func() bool { return !s.Connected() })
	anna.Write("пока вас не было")
	_, err := s.send(anna, channels.Outgoing{Key: "1", Text: "Ау"})
	if e := failed(t, err); e.Kind != channels.Retry {
		t.Errorf("Send: %v", e)
	}
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("a short break is told: %v", err)
	}
	s.watch.pass(31 * time.Second)
	s.complains(t, "no connection to WhatsApp since")
	s.server.Down(false)
	if m := s.clinic.got(t, 1); m.Text != "пока вас не было" {
		t.Errorf("got %+v", m)
	}
	s.connected(t)
	until(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

func TestAnotherProcessTakesOver(t *testing.T) {
	for name, change := range map[string]func(*stage){
		"sqlite": func(*stage) {},
		"postgres": func(s *stage) {
			db, err := postgres.Open(t.Context(), storetest.Postgres(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			s.keep(t, db)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := build(t)
			change(s)
			s.WhatsApp = s.another(t)
			s.link(t)
			s.run(t)
			s.connected(t)
			anna := s.person()
			anna.Write("раз")
			s.clinic.got(t, 1)
			s.shows(t, anna, channels.Outgoing{Key: "1", Text: "Слушаю"})
			s.stop()
			anna.Write("два")
			s.WhatsApp = s.another(t)
			s.run(t)
			s.connected(t)
			if m := s.clinic.got(t, 2); m.Text != "два" {
				t.Errorf("got %+v", m)
			}
			s.shows(t, anna, channels.Outgoing{Key: "1", Text: "Слушаю"}) // its receipt had not been recorded
			s.shows(t, anna, channels.Outgoing{Key: "2", Text: "Продолжим"})
			if _, err := anna.AwaitText(within(t), "Продолжим"); err != nil {
				t.Fatal(err)
			}
			if got := anna.Shown(); len(got) != 2 {
				t.Errorf("shown %q", got)
			}
		})
	}
}

func TestLinking(t *testing.T) {
	for name, c := range map[string]struct {
		phone string
		enter func(*stage, channels.LinkCode) error
	}{
		"by scanning": {"", func(s *stage, c channels.LinkCode) error { return s.server.OwnPhone().Scan(c.QR) }},
		"by typing": {"+74951234567", func(s *stage, c channels.LinkCode) error {
			return s.server.OwnPhone().Enter(context.Background(), c.Typed)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := build(t, func(o *whatsapp.Options) { o.Phone = "+74951234567" })
			s.run(t)
			s.complains(t, "no phone is linked")
			linker := s.another(t) // in a terminal
			account, err := linker.Link(within(t), c.phone, func(code channels.LinkCode) {
				if code.Until.Before(s.watch.Now()) {
					t.Errorf("a code until %v", code.Until)
				}
				go func() {
					if err := c.enter(s, code); err != nil {
						t.Error(err)
					}
				}()
			})
			if err != nil || account != "+74951234567" {
				t.Fatalf("linked %q: %v", account, err)
			}
			s.connected(t)
			until(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
			anna := s.person()
			anna.Write("Здравствуйте")
			s.clinic.got(t, 1)
			if account, err := linker.Link(t.Context(), "", nil); err != nil || account != "+74951234567" {
				t.Errorf("linking once more: %q: %v", account, err)
			}
			if err := s.Unlink(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.complains(t, "careline link whatsapp")
			if n := s.server.OwnPhone().Devices(); n != 0 {
				t.Errorf("the phone still has %d devices", n)
			}
			if err := s.Unlink(t.Context()); err != nil {
				t.Errorf("unlinking once more: %v", err)
			}
		})
	}
}

func TestAnotherAccountIsNotLinked(t *testing.T) {
	s := build(t, func(o *whatsapp.Options) { o.Phone = "+74950000000" })
	_, err := s.Link(within(t), "", func(code channels.LinkCode) {
		go func() { _ = s.server.OwnPhone().Scan(code.QR) }()
	})
	if err == nil || !strings.Contains(err.Error(), "another account") {
		t.Fatalf("it was linked: %v", err)
	}
	if account, err := s.Account(t.Context()); account != "" || err != nil {
		t.Errorf("the account is %q: %v", account, err)
	}
}

func TestUnlinkingFromATerminal(t *testing.T) {
	s := open(t)
	if err := s.another(t).Unlink(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.complains(t, "careline link whatsapp")
	if account, err := s.Account(t.Context()); account != "" || err != nil {
		t.Errorf("the account is %q: %v", account, err)
	}
}
