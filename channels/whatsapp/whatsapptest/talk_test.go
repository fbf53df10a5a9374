package whatsapptest_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"careline/channels/whatsapp/whatsapptest"
)

func TestAPersonAndTheBotTalk(t *testing.T) {
	_, b, anna := linked(t)
	sent := anna.Write("здравствуйте")
	got := await[*events.Message](b)
	equal(t, "text", got.Message.GetConversation(), "здравствуйте")
	equal(t, "id", got.Info.ID, sent.Message)
	equal(t, "name", got.Info.PushName, "Анна")
	equal(t, "sender", got.Info.Sender, anna.LID())
	equal(t, "phone", got.Info.SenderAlt, anna.JID())
	fine(t, anna.AwaitReceipt(within(t), sent.Message, types.ReceiptTypeInactive))
	fine(t, b.MarkRead(t.Context(), []types.MessageID{sent.Message}, time.Now(), got.Info.Chat, got.Info.Sender))
	fine(t, anna.AwaitReceipt(within(t), sent.Message, types.ReceiptTypeRead))

	fine(t, b.SendChatPresence(t.Context(), anna.LID(), types.ChatPresenceComposing, ""))
	fine(t, anna.AwaitTyping(within(t), 0))
	resp := b.say(anna, "и вам")
	m, err := anna.After(within(t), sent.Seq, func(whatsapptest.Message) bool { return true })
	fine(t, err)
	equal(t, "words", m.Words(), "и вам")
	equal(t, "id", m.ID, resp.ID)
	equal(t, "receipt", await[*events.Receipt](b).Type, types.ReceiptTypeDelivered)
	anna.Read(m.ID)
	equal(t, "receipt", await[*events.Receipt](b).Type, types.ReceiptTypeRead)
	equal(t, "lines", len(anna.Messages()), 2)
}

func TestTheOldFormComesFromThePhone(t *testing.T) {
	srv, b, _ := linked(t)
	anna := srv.Person(whatsapptest.User{Phone: "+79991234567", ByPhone: true})
	anna.Write("по-старому")
	got := await[*events.Message](b)
	equal(t, "sender", got.Info.Sender, anna.JID())
	equal(t, "lid", got.Info.SenderAlt, anna.LID())
	b.say(anna, "и так")
	shown(t, anna, "и так")
}

func TestAHiddenPersonHasNoPhone(t *testing.T) {
	srv, b, _ := linked(t)
	olga := srv.Person(whatsapptest.User{Hidden: true})
	olga.Write("кто я?")
	got := await[*events.Message](b)
	equal(t, "sender", got.Info.Sender, olga.LID())
	equal(t, "phone", got.Info.SenderAlt, types.EmptyJID)
	_, err := b.SendMessage(t.Context(), got.Info.Chat, &waE2E.Message{Conversation: proto.String("не знаю")})
	fine(t, err)
	shown(t, olga, "не знаю")
	found, err := b.IsOnWhatsApp(t.Context(), []string{olga.Phone()})
	fine(t, err)
	equal(t, "by phone", found[0].IsIn, false)
}

func TestANumberIsOnWhatsAppOrNot(t *testing.T) {
	_, b, anna := linked(t)
	found, err := b.IsOnWhatsApp(t.Context(), []string{anna.Phone(), "+70000000000"})
	fine(t, err)
	equal(t, "known", found[0].IsIn, true)
	equal(t, "unknown", found[1].IsIn, false)
	_, err = b.SendMessage(t.Context(), types.NewJID("70000000000", types.DefaultUserServer), &waE2E.Message{Conversation: proto.String("?")})
	if err == nil {
		t.Error("a message to nobody was sent")
	}
	b.say(anna, "раз")
	anna.Leave()
	b.say(anna, "два") // the network does not tell
	b.quiet()
	equal(t, "shown", len(anna.Shown()), 1)
}

func TestWhatTheClinicTypesByHand(t *testing.T) {
	srv, b, anna := linked(t)
	srv.OwnPhone().Write(anna, "отвечу сам")
	got := await[*events.Message](b)
	equal(t, "from me", got.Info.IsFromMe, true)
	equal(t, "chat", got.Info.Chat, anna.LID())
	equal(t, "text", got.Message.GetConversation(), "отвечу сам")
	m := shown(t, anna, "отвечу сам")
	equal(t, "by hand", m.ByHand, true)
}

func TestTheBotEditsAndDeletes(t *testing.T) {
	_, b, anna := linked(t)
	first := b.say(anna, "в три")
	_, err := b.send(anna, b.BuildEdit(anna.LID(), first.ID, &waE2E.Message{Conversation: proto.String("в четыре")}))
	fine(t, err)
	m := shown(t, anna, "в четыре")
	equal(t, "edited", m.Edited, true)
	equal(t, "shown", len(anna.Shown()), 1)
	_, err = b.send(anna, b.BuildRevoke(anna.LID(), types.EmptyJID, first.ID))
	fine(t, err)
	_, err = anna.Await(within(t), func(m whatsapptest.Message) bool { return m.Deleted })
	fine(t, err)
	equal(t, "shown", len(anna.Shown()), 0)
}

func TestAPollIsVotedIn(t *testing.T) {
	for _, old := range []bool{false, true} {
		srv, b, _ := linked(t)
		anna := srv.Person(whatsapptest.User{Phone: "79991234567", ByPhone: old})
		_, err := b.send(anna, b.BuildPollCreation("Когда?", []string{"сегодня", "завтра"}, 1))
		fine(t, err)
		m := shown(t, anna, "Когда?")
		equal(t, "options", len(m.Labels()), 2)
		_, err = anna.Press(m, "завтра")
		fine(t, err)
		vote, err := b.DecryptPollVote(t.Context(), await[*events.Message](b))
		fine(t, err)
		want := sha256.Sum256([]byte("завтра"))
		equal(t, "vote", string(vote.GetSelectedOptions()[0]), string(want[:]))
	}
}

func TestTheSameMessageTwiceIsShownOnce(t *testing.T) {
	srv, b, anna := linked(t)
	for range 2 {
		_, err := b.send(anna, &waE2E.Message{Conversation: proto.String("раз")}, whatsmeow.SendRequestExtra{ID: "3EB0ROW1"})
		fine(t, err)
	}
	shown(t, anna, "раз")
	b.quiet()
	equal(t, "shown", len(anna.Shown()), 1)
	equal(t, "repeated", srv.Counts()["repeat:message"], 1)
}
