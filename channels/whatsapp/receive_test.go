package whatsapp_test

import (
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/whatsapp/whatsapptest"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

func TestAMessageSaysWhoWroteIt(t *testing.T) {
	s := open(t)
	anna := s.person(whatsapptest.User{Phone: "+79161112233", Name: "Анна"})
	sent := anna.Write("Здравствуйте!")
	m := s.clinic.got(t, 1)
	if m.Text != "Здравствуйте!" || m.From != address(anna) || m.Profile != (channels.Profile{Name: "Анна", Phone: "+79161112233"}) {
		t.Errorf("got %+v", m)
	}
	if since := time.Since(m.At); since < 0 || since > time.Minute {
		t.Errorf("written at %v", m.At)
	}
	if err := anna.AwaitReceipt(within(t), sent.Message, types.ReceiptTypeRead); err != nil {
		t.Errorf("no blue ticks: %v", err)
	}
}

func TestNothingIsMarkedAsReadBeforeItIsStored(t *testing.T) {
	s := open(t)
	s.clinic.refuse = 1 << 30
	anna := s.person()
	sent := anna.Write("важное")
	until(t, "some tries", func() bool { s.clinic.mu.Lock(); defer s.clinic.mu.Unlock(); return s.clinic.seen > 3 })
	if got := anna.Receipts(sent.Message); len(got) != 0 {
		t.Errorf("receipts %q before it was stored", got)
	}
	s.stop() // dies with the message in its hands
	s.clinic.refuse = 0
	s.run(t)
	if m := s.clinic.got(t, 1); m.Text != "важное" {
		t.Errorf("after a restart %+v", m)
	}
	if err := anna.AwaitReceipt(within(t), sent.Message, types.ReceiptTypeRead); err != nil {
		t.Error(err)
	}
}

func TestAHandlerThatPanicsLosesNothing(t *testing.T) {
	s := open(t)
	s.clinic.breaks = true
	anna := s.person()
	anna.Write("важное")
	until(t, "the panic", func() bool { return strings.Contains(s.log.read(), "broke its handler") })
	s.server.Drop()
	if m := s.clinic.got(t, 1); m.Text != "важное" {
		t.Errorf("got %+v", m)
	}
	if strings.Contains(s.log.read(), "жалоба") {
		t.Error("the log holds what the handler panicked with")
	}
}

func TestOnePersonIsOneChat(t *testing.T) {
	t.Run("by a hidden id only", func(t *testing.T) {
		s := open(t)
		hidden := s.person(whatsapptest.User{Hidden: true})
		hidden.Write("Это я")
		if m := s.clinic.got(t, 1); m.From != address(hidden) || m.Profile.Phone != "" {
			t.Errorf("got %+v", m)
		}
		s.shows(t, hidden, channels.Outgoing{Key: "1", Text: "Здравствуйте!"})
		if _, err := hidden.AwaitText(within(t), "Здравствуйте!"); err != nil {
			t.Error(err)
		}
	})
	t.Run("by a phone, as of old", func(t *testing.T) {
		s := open(t)
		old := s.person(whatsapptest.User{ByPhone: true})
		old.Write("Это я")
		if m := s.clinic.got(t, 1); m.From != address(old) || m.Profile.Phone != old.Phone() {
			t.Errorf("got %+v", m)
		}
	})
}

func TestKindsOfMessages(t *testing.T) {
	s := open(t)
	anna := s.person(whatsapptest.User{Phone: "+79161112233"})
	for i, c := range []struct {
		name string
		send func()
		is   func(channels.Incoming) bool
	}{
		{"photo", func() { anna.SendImage(pixel, "щека") }, func(m channels.Incoming) bool {
			return m.Text == "щека" && m.Files[0].Kind == channels.Photo && m.Files[0].MIME == "image/jpeg" && m.Files[0].Ref != ""
		}},
		{"view once", func() { anna.SendViewOnce(pixel, "") }, func(m channels.Incoming) bool { return m.Files[0].Kind == channels.Photo }},
		{"document", func() { anna.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF"), "вот") }, func(m channels.Incoming) bool {
			return m.Text == "вот" && m.Files[0].Name == "снимок.pdf" && m.Files[0].Kind == channels.Document && m.Files[0].Size == 4
		}},
		{"voice", func() { anna.SendVoice([]byte("ogg")) }, func(m channels.Incoming) bool {
			return m.Files[0].Kind == channels.Voice && m.Files[0].MIME == "audio/ogg"
		}},
		{"video", func() { anna.SendVideo([]byte("mp4"), "") }, func(m channels.Incoming) bool { return m.Files[0].Kind == channels.Video }},
		{"place", func() { anna.SendLocation(55.75, 37.62) }, func(m channels.Incoming) bool { return m.Place != nil && m.Place.Latitude == 55.75 }},
		{"own card", func() { anna.SendContact("Анна", "+79161112233") }, func(m channels.Incoming) bool {
			return m.Shared != nil && m.Shared.Phone == "+79161112233" && m.Shared.Own && m.Shared.Name == "Анна"
		}},
		{"another's card", func() { anna.SendContact("Пётр", "+79169998877") }, func(m channels.Incoming) bool {
			return m.Shared != nil && m.Shared.Phone == "+79169998877" && !m.Shared.Own
		}},
		{"sticker", func() { anna.Send(&waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}) }, func(m channels.Incoming) bool { return m.Other == "sticker" }},
		{"unknown", func() { anna.SendUnknown() }, func(m channels.Incoming) bool { return m.Other == "unknown" }},
		{"disappearing", func() { anna.WriteEphemeral("тайное") }, func(m channels.Incoming) bool { return m.Text == "тайное" }},
		{"button", func() {
			anna.Send(&waE2E.Message{ButtonsResponseMessage: &waE2E.ButtonsResponseMessage{
				Response: &waE2E.ButtonsResponseMessage_SelectedDisplayText{SelectedDisplayText: "Да"},
			}})
		}, func(m channels.Incoming) bool { return m.Text == "Да" }},
		{"list", func() {
			anna.Send(&waE2E.Message{ListResponseMessage: &waE2E.ListResponseMessage{Title: proto.String("Терапевт")}})
		}, func(m channels.Incoming) bool { return m.Text == "Терапевт" }},
		{"edit", func() { anna.Write("завтр"); anna.EditLast("завтра") }, func(m channels.Incoming) bool { return m.Text == "завтр" && !m.Edited }},
		{"edited", func() {}, func(m channels.Incoming) bool { return m.Text == "завтра" && m.Edited }},
		{"answer", func() { anna.Reply("3EB0ABCD", "на это") }, func(m channels.Incoming) bool { return m.ReplyTo == "3EB0ABCD" && m.Text == "на это" }},
	} {
		c.send()
		if m := s.clinic.got(t, i+1); m.From != address(anna) || !c.is(m) {
			t.Errorf("%s: got %+v", c.name, m)
		}
	}
}

func TestWhatIsNotForTheClinicIsAcknowledgedAndForgotten(t *testing.T) {
	s := open(t)
	anna := s.person()
	first := anna.Write("раз")
	s.clinic.got(t, 1)
	anna.React(first.Message, "👍")
	anna.Revoke(first.Message)
	anna.Disappear()
	s.server.Group().Member(anna).Write("всем привет")
	anna.Status().Write("я на море")
	anna.Write("два")
	if m := s.clinic.got(t, 2); m.Text != "два" {
		t.Errorf("got %+v", m)
	}
	until(t, "all to be acknowledged", func() bool { return s.server.Pending() == 0 })
	if n := len(s.clinic.stored()); n != 2 {
		t.Errorf("%d messages: %+v", n, s.clinic.stored())
	}
}

func TestTheSameTwiceHasTheSameID(t *testing.T) {
	s := open(t)
	anna := s.person()
	sent := anna.Write("дважды")
	s.clinic.got(t, 1)
	anna.Redeliver(sent)
	anna.Resend(sent)
	anna.Write("после")
	if m := s.clinic.got(t, 2); m.Text != "после" {
		t.Errorf("got %+v", m)
	}
}

func TestAMessageThatCannotBeRead(t *testing.T) {
	t.Run("comes again", func(t *testing.T) {
		s := open(t)
		anna := s.person()
		anna.Garble(1)
		anna.Write("читаемо")
		if m := s.clinic.got(t, 1); m.Text != "читаемо" {
			t.Errorf("got %+v", m)
		}
		s.watch.pass(time.Minute)
		s.stop()
		if n := len(s.clinic.stored()); n != 1 {
			t.Errorf("the person was asked to write again: %+v", s.clinic.stored())
		}
	})
	t.Run("comes late", func(t *testing.T) {
		s := open(t)
		anna := s.person()
		anna.Garble(20)
		sent := anna.Write("читаемо")
		until(t, "the end of patience", func() bool {
			s.watch.pass(time.Minute)
			return len(s.clinic.stored()) > 0
		})
		if m := s.clinic.got(t, 1); m.Other != "undecryptable" || m.From != address(anna) {
			t.Errorf("got %+v", m)
		}
		anna.Garble(0)
		anna.Forget()
		anna.Resend(sent)
		if m := s.clinic.got(t, 2); m.Text != "читаемо" {
			t.Errorf("the message itself came as %+v", m)
		}
	})
}

func TestAPictureThatOnlyThePhoneShows(t *testing.T) {
	s := open(t)
	anna := s.person()
	anna.SendViewOnceHere(pixel)
	if m := s.clinic.got(t, 1); m.Other != "view_once" || m.From != address(anna) {
		t.Errorf("got %+v", m)
	}
}

func TestTheClinicWritesByHand(t *testing.T) {
	s := open(t)
	anna := s.person(whatsapptest.User{Name: "Анна"})
	anna.Write("Здравствуйте")
	s.clinic.got(t, 1)
	s.server.OwnPhone().Write(anna, "Это Ольга, сейчас помогу")
	m := s.clinic.got(t, 2)
	if !m.Clinic || m.From != address(anna) || m.Text != "Это Ольга, сейчас помогу" || m.Profile != (channels.Profile{}) {
		t.Errorf("got %+v", m)
	}
}

func TestClocksThatAreWrong(t *testing.T) {
	s := open(t)
	anna := s.person()
	for i, skew := range []time.Duration{time.Hour, -400 * 24 * time.Hour} {
		anna.Skew(skew)
		anna.Write("который час?")
		if m := s.clinic.got(t, i+1); time.Since(m.At).Abs() > time.Minute {
			t.Errorf("%v off: written at %v", skew, m.At)
		}
	}
}

func TestNothingOfAPatientIsLogged(t *testing.T) {
	s := open(t)
	anna := s.person(whatsapptest.User{Phone: "+79161112233", Name: "Анна Петровна", ByPhone: true})
	s.clinic.refuse = 2
	anna.Write("болит зуб")
	s.clinic.got(t, 1)
	s.server.FailNext("message", 1, whatsapptest.Refused(463))
	_, err := s.send(anna, channels.Outgoing{Key: "1", Text: "Приходите"})
	said := s.log.read() + err.Error()
	for _, secret := range []string{"79161112233", "Анна", "болит", "Приходите", s.server.OwnPhone().JID().User} {
		if strings.Contains(said, secret) {
			t.Errorf("%q was told: %s", secret, said)
		}
	}
}
