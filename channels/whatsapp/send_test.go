package whatsapp_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
)

func TestWhatAMessageLooksLike(t *testing.T) {
	s := open(t)
	anna := s.person()
	receipt := s.shows(t, anna, channels.Outgoing{Key: "list", Text: "Что болит?", Choices: []channels.Choice{{Data: "a", Label: "Зуб"}, {Data: "b", Label: "Десна"}}})
	m, err := anna.AwaitText(within(t), "1. Зуб\n2. Десна")
	if err != nil {
		t.Fatal(err)
	}
	if m.ID != receipt.ID {
		t.Errorf("the receipt is %q, the message %q", receipt.ID, m.ID)
	}
	s.shows(t, anna, channels.Outgoing{Key: "place", Text: "Мы здесь", Place: &channels.Place{Latitude: 55.75, Longitude: 37.62, Title: "Клиника", Address: "Тверская, 1"}})
	if m, err := anna.Await(within(t), func(m whatsapptest.Message) bool { return m.Location != nil }); err != nil || m.Location.Latitude != 55.75 {
		t.Errorf("the place is %+v: %v", m.Location, err)
	}
	visit := []byte("BEGIN:VCALENDAR")
	s.shows(t, anna, channels.Outgoing{Key: "ics", Text: "Ваш визит", Files: []channels.File{{Kind: channels.Document, Name: "визит.ics", MIME: "text/calendar", Data: visit}}})
	m, err = anna.AwaitText(within(t), "Ваш визит")
	if err != nil || m.File == nil || m.File.Name != "визит.ics" || !bytes.Equal(m.File.Data, visit) {
		t.Errorf("the document is %+v: %v", m.File, err)
	}
	s.shows(t, anna, channels.Outgoing{Key: "photo", Text: "До и после", Files: []channels.File{{Kind: channels.Photo, Name: "smile.png", MIME: "image/png", Ref: "media/smile.png"}}})
	m, err = anna.AwaitText(within(t), "До и после")
	if err != nil || m.Body.GetImageMessage() == nil || !bytes.Equal(m.File.Data, pixel) {
		t.Errorf("the photo is %+v: %v", m.File, err)
	}
}

func TestAFileOfAPersonIsSentOn(t *testing.T) {
	s := open(t)
	anna, olga := s.person(), s.person()
	anna.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF-1.7"), "")
	f := s.clinic.got(t, 1).Files[0]
	s.shows(t, olga, channels.Outgoing{Key: "1", Files: []channels.File{f}})
	m, err := olga.Await(within(t), func(m whatsapptest.Message) bool { return m.File != nil })
	if err != nil || string(m.File.Data) != "%PDF-1.7" {
		t.Errorf("got %+v: %v", m.File, err)
	}
}

func TestAFileThatIsNotThere(t *testing.T) {
	s := open(t)
	for _, ref := range []string{"media/none.png", "secrets.yaml", "garbage"} {
		_, err := s.send(s.person(), channels.Outgoing{Key: ref, Files: []channels.File{{Kind: channels.Photo, Name: "x", MIME: "image/png", Ref: ref}}})
		if e := failed(t, err); e.Kind != channels.Rejected {
			t.Errorf("%s: %v", ref, e)
		}
	}
}

func TestPolls(t *testing.T) {
	s := open(t, func(o *whatsapp.Options) { o.Polls = true })
	anna := s.person()
	ask := channels.Outgoing{Key: "ask", Text: "Вам удобно?", Ask: channels.AskOne, Choices: []channels.Choice{{Data: "q:yes", Label: "Да"}, {Data: "q:no", Label: "Нет"}}}
	receipt := s.shows(t, anna, ask)
	m, err := anna.AwaitText(within(t), "Вам удобно?")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(m.Options, ","); got != "Да,Нет" || m.Many != 1 {
		t.Fatalf("the poll has %q, of which %d", got, m.Many)
	}
	s.shows(t, anna, ask) // once more: the phone keeps what it had, and the secret with it
	vote := func(options ...string) {
		t.Helper()
		if _, err := anna.Vote(m, options...); err != nil {
			t.Fatal(err)
		}
	}
	vote("Нет")
	if got := s.clinic.got(t, 1); got.Choice != "q:no" || got.Text != "Нет" || got.ReplyTo != receipt.ID {
		t.Errorf("the vote came as %+v", got)
	}
	vote() // taken back
	vote("Чего?")
	vote("Да")
	if got := s.clinic.got(t, 2); got.Choice != "q:yes" {
		t.Errorf("the second vote came as %+v", got)
	}
	s.watch.pass(61 * 24 * time.Hour)
	vote("Нет") // nobody knows what was asked
	anna.Write("ау")
	if got := s.clinic.got(t, 3); got.Text != "ау" {
		t.Errorf("an old vote came as %+v", got)
	}
}

func TestOurMessagesDisappearWhereThePersonsDo(t *testing.T) {
	s := open(t)
	anna := s.person()
	anna.Disappear()
	anna.WriteEphemeral("тайное")
	s.clinic.got(t, 1)
	s.shows(t, anna, channels.Outgoing{Key: "1", Text: "Хорошо"})
	m, err := anna.AwaitText(within(t), "Хорошо")
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Body.GetExtendedTextMessage().GetContextInfo().GetExpiration(); got != 24*60*60 {
		t.Errorf("it disappears after %d s", got)
	}
	anna.Write("больше не тайное")
	s.clinic.got(t, 2)
	s.shows(t, anna, channels.Outgoing{Key: "2", Text: "Ладно"})
	if m, err = anna.AwaitText(within(t), "Ладно"); err != nil || m.Body.GetConversation() == "" {
		t.Errorf("got %v: %v", m.Body, err)
	}
}

func TestALostAnswerShowsNothingTwice(t *testing.T) {
	for name, fault := range map[string]whatsapptest.Fault{"the connection ended": whatsapptest.ResetAfter, "nothing was done": whatsapptest.Reset} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			anna := s.person()
			s.shows(t, anna, channels.Outgoing{Key: "0", Text: "Здравствуйте"})
			s.server.FailNext("message", 1, fault)
			m := channels.Outgoing{Key: "1", Text: "Ждём вас завтра"}
			for tries := 0; ; tries++ {
				_, err := s.send(anna, m)
				if err == nil {
					break
				}
				if e := failed(t, err); e.Kind != channels.Retry || tries > 1000 {
					t.Fatal(e)
				}
				_ = s.watch.Pause(t.Context(), time.Millisecond)
			}
			if _, err := anna.AwaitText(within(t), "Ждём вас завтра"); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(anna.Shown(), "|"); got != "Здравствуйте|Ждём вас завтра" {
				t.Errorf("shown %s", got)
			}
		})
	}
}

func TestALongMessageGoesOnWhereItStopped(t *testing.T) {
	s := open(t)
	anna := s.person()
	long := strings.TrimSpace(strings.Repeat("Слово за слово. ", 400))
	m := channels.Outgoing{Key: "long", Text: long}
	s.shows(t, anna, channels.Outgoing{Key: "0", Text: "Итак:"})
	s.server.FailNext("message", 0, whatsapptest.Refused(500))
	s.shows(t, anna, m)
	until(t, "both parts", func() bool { return len(anna.Shown()) == 3 })
	if got := strings.Join(anna.Shown()[1:], " "); got != long {
		t.Errorf("the parts are %d letters, want %d", len(got), len(long))
	}
	m.Key, m.Done = "again", 1
	s.shows(t, anna, m)
	until(t, "the second part", func() bool { return len(anna.Shown()) == 4 })
}

func TestANumberThatIsNotThere(t *testing.T) {
	s := open(t)
	to := channels.Address{Channel: "whatsapp", Chat: "79990001122@s.whatsapp.net"}
	_, err := s.Send(t.Context(), to, channels.Outgoing{Key: "1", Text: "Ау", Heard: s.watch.Now()})
	e := failed(t, err)
	if e.Kind != channels.Rejected || e.Code != "not_on_whatsapp" {
		t.Errorf("got %v", e)
	}
	if strings.Contains(e.Error(), "7999") {
		t.Error("the error holds the phone")
	}
	for _, chat := range []string{"", "анна", "1203630@g.us", "status@broadcast", "79990001122:7@s.whatsapp.net"} {
		_, err := s.Send(t.Context(), channels.Address{Channel: "whatsapp", Chat: chat}, channels.Outgoing{Key: "1", Text: "Ау"})
		if e := failed(t, err); e.Code != "address" {
			t.Errorf("%q: %v", chat, e)
		}
	}
}

func TestAPhoneIsSentToByItsHiddenID(t *testing.T) {
	s := open(t)
	anna := s.person()
	to := channels.Address{Channel: "whatsapp", Chat: anna.JID().String()}
	if _, err := s.Send(t.Context(), to, channels.Outgoing{Key: "1", Text: "Здравствуйте", Heard: s.watch.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, err := anna.AwaitText(within(t), "Здравствуйте"); err != nil {
		t.Error(err)
	}
}

func TestTyping(t *testing.T) {
	s := open(t)
	anna := s.person()
	if err := s.Typing(t.Context(), address(anna)); err != nil {
		t.Fatal(err)
	}
	if err := anna.AwaitTyping(within(t), 0); err != nil {
		t.Error(err)
	}
	if err := s.another(t).Typing(t.Context(), address(anna)); err != nil {
		t.Errorf("where the device is not: %v", err)
	}
}

func TestOnlyTheProcessWithTheDeviceSends(t *testing.T) {
	s := open(t)
	other := s.another(t)
	if !s.Here() || other.Here() {
		t.Errorf("here %v, elsewhere %v", s.Here(), other.Here())
	}
	_, err := other.Send(context.Background(), address(s.person()), channels.Outgoing{Key: "1", Text: "Ау", Heard: s.watch.Now()})
	if e := failed(t, err); e.Kind != channels.Held || e.RetryAfter <= 0 {
		t.Errorf("got %v", e)
	}
	if err := other.Healthy(t.Context()); err != nil {
		t.Errorf("a process without the device is not well: %v", err)
	}
}
