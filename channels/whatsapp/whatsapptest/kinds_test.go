package whatsapptest_test

import (
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"careline/channels/whatsapp/whatsapptest"
)

func TestEveryKindOfMessageReachesTheClient(t *testing.T) {
	srv, b, anna := linked(t)
	first := b.say(anna, "чем помочь?")
	asked := shown(t, anna, "чем помочь?")
	for name, c := range map[string]struct {
		do   func() whatsapptest.Sent
		told func(*events.Message) bool
	}{
		"answer": {func() whatsapptest.Sent { return anna.Reply(asked.ID, "записаться") }, func(e *events.Message) bool {
			m := e.Message.GetExtendedTextMessage()
			return m.GetText() == "записаться" && m.GetContextInfo().GetStanzaID() == first.ID
		}},
		"reaction": {func() whatsapptest.Sent { return anna.React(asked.ID, "👍") }, func(e *events.Message) bool {
			r := e.Message.GetReactionMessage()
			return r.GetText() == "👍" && r.GetKey().GetID() == first.ID
		}},
		"place": {func() whatsapptest.Sent { return anna.SendLocation(55.75, 37.62) }, func(e *events.Message) bool {
			return e.Message.GetLocationMessage().GetDegreesLatitude() == 55.75
		}},
		"card": {func() whatsapptest.Sent { return anna.SendContact("Пётр", "+79990001122") }, func(e *events.Message) bool {
			return e.Message.GetContactMessage().GetDisplayName() == "Пётр"
		}},
		"disappearing": {func() whatsapptest.Sent { return anna.WriteEphemeral("тсс") }, func(e *events.Message) bool {
			return e.IsEphemeral && e.Message.GetExtendedTextMessage().GetText() == "тсс"
		}},
		"timer": {anna.Disappear, func(e *events.Message) bool {
			return e.Message.GetProtocolMessage().GetType() == waE2E.ProtocolMessage_EPHEMERAL_SETTING
		}},
		"view once": {func() whatsapptest.Sent { return anna.SendViewOnce([]byte("jpeg"), "") }, func(e *events.Message) bool {
			return e.IsViewOnce && e.Message.GetImageMessage() != nil
		}},
		"unknown": {anna.SendUnknown, func(e *events.Message) bool {
			return len(e.Message.ProtoReflect().GetUnknown()) > 0
		}},
	} {
		t.Run(name, func(t *testing.T) {
			sent := c.do()
			got := await[*events.Message](b)
			if !c.told(got) {
				t.Errorf("got %v", got.Message)
			}
			equal(t, "id", got.Info.ID, sent.Message)
			fine(t, anna.AwaitTaken(within(t), sent.Message))
		})
	}
	fine(t, srv.AwaitSettled(within(t)))
}

func TestAPersonEditsAndDeletes(t *testing.T) {
	_, b, anna := linked(t)
	sent := anna.Write("в три")
	await[*events.Message](b)
	anna.EditLast("в четыре")
	got := await[*events.Message](b)
	equal(t, "edited", got.IsEdit, true)
	equal(t, "which", got.Message.GetProtocolMessage().GetKey().GetID(), sent.Message)
	equal(t, "words", anna.Messages()[0].Words(), "в четыре")
	anna.Revoke(sent.Message)
	got = await[*events.Message](b)
	equal(t, "what", got.Message.GetProtocolMessage().GetType(), waE2E.ProtocolMessage_REVOKE)
	equal(t, "left", len(anna.Messages()), 0)
}

func TestGroupsAndStatuses(t *testing.T) {
	srv, b, anna := linked(t)
	group := srv.Group()
	for _, place := range []struct {
		seat *whatsapptest.Seat
		chat types.JID
	}{{group.Member(anna), group.JID()}, {anna.Status(), types.StatusBroadcastJID}} {
		place.seat.Write("всем привет")
		place.seat.Write("и ещё")
		for _, want := range []string{"всем привет", "и ещё"} {
			got := await[*events.Message](b)
			equal(t, "group", got.Info.IsGroup, true)
			equal(t, "chat", got.Info.Chat, place.chat)
			equal(t, "sender", got.Info.Sender, anna.LID())
			equal(t, "text", got.Message.GetConversation(), want)
		}
	}
	equal(t, "private", len(anna.Messages()), 0)
}

func TestAClockThatIsWrong(t *testing.T) {
	_, b, anna := linked(t)
	anna.Skew(3 * time.Hour)
	anna.Write("из будущего")
	if ahead := time.Until(await[*events.Message](b).Info.Timestamp); ahead < 2*time.Hour {
		t.Errorf("ahead by %v", ahead)
	}
}

func TestABlockedClinicIsNotTold(t *testing.T) {
	_, b, anna := linked(t)
	anna.Block()
	b.say(anna, "вы где?")
	b.quiet()
	equal(t, "shown", len(anna.Shown()), 0)
	anna.Unblock()
	b.say(anna, "а, вот")
	shown(t, anna, "а, вот")
}

func TestAPictureOnlyForThePhone(t *testing.T) {
	_, b, anna := linked(t)
	anna.SendViewOnceHere([]byte("jpeg"))
	got := await[*events.UndecryptableMessage](b)
	equal(t, "type", got.UnavailableType, events.UnavailableTypeViewOnce)
	equal(t, "sender", got.Info.Sender, anna.LID())
}

func TestAnEditWithItsOwnSecret(t *testing.T) {
	for _, old := range []bool{false, true} {
		srv, b, _ := linked(t)
		anna := srv.Person(whatsapptest.User{ByPhone: old})
		sent := anna.WriteSecretly("в три")
		await[*events.Message](b)
		_, err := anna.EditSecretly(sent.Message, "в четыре")
		fine(t, err)
		open, err := b.DecryptSecretEncryptedMessage(t.Context(), await[*events.Message](b))
		fine(t, err)
		edit := open.GetProtocolMessage()
		equal(t, "which", edit.GetKey().GetID(), sent.Message)
		equal(t, "words", edit.GetEditedMessage().GetConversation(), "в четыре")
	}
}
