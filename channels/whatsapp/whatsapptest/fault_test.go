package whatsapptest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"careline/channels/whatsapp/whatsapptest"
)

func words(text string) *waE2E.Message { return &waE2E.Message{Conversation: proto.String(text)} }

func TestARefusedMessageIsNotShown(t *testing.T) {
	srv, b, anna := linked(t)
	for _, code := range []int{429, 463, 479} {
		srv.FailNext("message", 1, whatsapptest.Refused(code))
		if _, err := b.send(anna, words("спам")); err == nil || !strings.Contains(err.Error(), fmt.Sprint(code)) {
			t.Errorf("got %v, want error %d", err, code)
		}
	}
	b.say(anna, "не спам")
	shown(t, anna, "не спам")
	equal(t, "shown", len(anna.Shown()), 1)
}

func TestAFloodOfQueries(t *testing.T) {
	srv, b, anna := linked(t)
	srv.FailNext("usync", 1, whatsapptest.Refused(429))
	if _, err := b.send(anna, words("раз")); err == nil || !strings.Contains(err.Error(), "429") {
		t.Errorf("got %v, want 429", err)
	}
	b.say(anna, "два")
	shown(t, anna, "два")
}

// The answer is lost with the connection: the client sends the message again, and the person sees it once.
func TestALostAnswer(t *testing.T) {
	for name, fault := range map[string]whatsapptest.Fault{"before": whatsapptest.Reset, "after": whatsapptest.ResetAfter} {
		t.Run(name, func(t *testing.T) {
			srv, b, anna := linked(t)
			b.say(anna, "раз")
			b.EnableAutoReconnect = false // the library races with itself when it reconnects under a waiting message
			srv.FailNext("message", 1, fault)
			done := make(chan error, 1)
			go func() {
				_, err := b.send(anna, words("два"))
				done <- err
			}()
			await[*events.Disconnected](b)
			b.connect()
			fine(t, <-done)
			b.say(anna, "три")
			shown(t, anna, "три")
			equal(t, "shown", fmt.Sprint(anna.Shown()), "[раз два три]")
		})
	}
}

func TestASlowAnswer(t *testing.T) {
	srv, b, anna := linked(t)
	const late = 200 * time.Millisecond
	srv.FailNext("message", 1, whatsapptest.Late(late))
	begun := time.Now()
	b.say(anna, "не спеша")
	if took := time.Since(begun); took < late {
		t.Errorf("answered after %v", took)
	}
}

func TestUnlinkedInMidSend(t *testing.T) {
	srv, b, anna := linked(t)
	b.say(anna, "раз")
	srv.FailNext("message", 1, whatsapptest.Unlinked)
	if _, err := b.send(anna, words("два")); err == nil {
		t.Error("sent by a device that is not linked")
	}
	await[*events.LoggedOut](b)
	equal(t, "shown", fmt.Sprint(anna.Shown()), "[раз]")
}

func TestAnUnreadableMessageIsAskedForAgain(t *testing.T) {
	_, b, anna := linked(t)
	b.say(anna, "раз")
	anna.Garble(2)
	sent := anna.Write("прочтите")
	await[*events.UndecryptableMessage](b)
	got := await[*events.Message](b)
	equal(t, "text", got.Message.GetConversation(), "прочтите")
	equal(t, "id", got.Info.ID, sent.Message)
	fine(t, anna.AwaitTaken(within(t), sent.Message))
}

// Nobody but the clinic's own phone can read it; the phone passes it on.
func TestTheOwnPhonePassesOn(t *testing.T) {
	srv, b, anna := linked(t)
	b.SynchronousAck = true
	srv.OwnPhone().Resends(true)
	b.say(anna, "раз") // only who has met its phone can ask it
	anna.Garble(100)
	sent := anna.Write("прочтите")
	got := await[*events.Message](b)
	equal(t, "text", got.Message.GetConversation(), "прочтите")
	equal(t, "id", got.Info.ID, sent.Message)
	equal(t, "chat", got.Info.Chat, anna.LID())
}

func TestAPhoneThatWasSetUpAnewAsksAgain(t *testing.T) {
	srv, b, anna := linked(t)
	b.say(anna, "раз")
	anna.Write("ага")
	await[*events.Message](b)
	anna.Forget()
	b.say(anna, "два")
	shown(t, anna, "два")
	equal(t, "repeats", srv.Counts()["repeat:message"], 0)
}

func TestAPersonWithANewPhone(t *testing.T) {
	srv, b, anna := linked(t)
	b.say(anna, "раз")
	anna.Write("ага")
	await[*events.Message](b)
	anna.Reinstall()
	fine(t, srv.AwaitSettled(within(t)))
	b.say(anna, "два")
	shown(t, anna, "два")
	anna.Write("новый телефон")
	equal(t, "text", await[*events.Message](b).Message.GetConversation(), "новый телефон")
}

func TestAClientThatLostItsSessionAsksAgain(t *testing.T) {
	_, b, anna := linked(t)
	b.say(anna, "раз")
	anna.Write("ага")
	await[*events.Message](b)
	fine(t, b.Store.Sessions.DeleteSession(t.Context(), anna.LID().SignalAddress().String()))
	anna.Write("прочтите")
	await[*events.UndecryptableMessage](b)
	equal(t, "text", await[*events.Message](b).Message.GetConversation(), "прочтите")
}

// The same ciphertext is dropped by the library; a message encrypted anew reaches the bot again.
func TestRedelivery(t *testing.T) {
	_, b, anna := linked(t)
	sent := anna.Write("один раз")
	first := await[*events.Message](b)
	anna.Redeliver(sent)
	anna.Resend(sent)
	again := await[*events.Message](b)
	equal(t, "id", again.Info.ID, first.Info.ID)
	anna.Write("дальше")
	equal(t, "next", await[*events.Message](b).Message.GetConversation(), "дальше")
}

func TestOneMessageOvertakesAnother(t *testing.T) {
	srv, b, anna := linked(t)
	srv.SetFaults(whatsapptest.Faults{Overtaken: 1})
	anna.Write("первое")
	srv.SetFaults(whatsapptest.Faults{})
	anna.Write("второе")
	equal(t, "first to come", await[*events.Message](b).Message.GetConversation(), "второе")
	equal(t, "then", await[*events.Message](b).Message.GetConversation(), "первое")
}

// Every fault of deliveries at once: each message reaches the bot at least once, and no other does.
func TestDiceLoseNothing(t *testing.T) {
	srv, b, anna := linked(t)
	b.SynchronousAck, b.EnableDecryptedEventBuffer = true, true
	srv.SetFaults(whatsapptest.Faults{Again: .2, Anew: .2, Overtaken: .2, Garbled: .2, Seed: 7})
	want := map[string]bool{}
	for k := range 60 {
		want[anna.Write(fmt.Sprint(k)).Message] = true
	}
	for len(want) > 0 {
		delete(want, await[*events.Message](b).Info.ID)
	}
	equal(t, "undecryptable", srv.Counts()["receipt:retry"] > 0, true)
}

func TestTheSameSeedHasTheSameLuck(t *testing.T) {
	outcome := func(seed uint64) (fates string) {
		srv, b, anna := linked(t)
		srv.SetFaults(whatsapptest.Faults{Throttled: .5, Seed: seed})
		for range 12 {
			_, err := b.send(anna, words("?"))
			fates += fmt.Sprint(err == nil, " ")
		}
		return fates
	}
	first := outcome(1)
	equal(t, "again", outcome(1), first)
	if outcome(2) == first {
		t.Error("another seed has the same luck")
	}
}
