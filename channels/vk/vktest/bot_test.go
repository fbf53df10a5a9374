package vktest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/events"
	longpoll "github.com/SevereCloud/vksdk/v2/longpoll-bot"
	"github.com/SevereCloud/vksdk/v2/object"
)

// client is the real one.
func client(s *vktest.Server) *api.VK {
	vk := api.NewVK(s.Token())
	vk.MethodURL, vk.Limit = s.URL()+"/", 0
	vk.Client = &http.Client{Timeout: 10 * time.Second}
	return vk
}

// clinic is a small bot: it greets, asks by buttons and repeats everything else.
type clinic struct{ vk *api.VK }

func (c clinic) handle(on *events.FuncList) {
	on.MessageNew(func(_ context.Context, e events.MessageNewObject) { c.answer(e.Message) })
	on.MessageEvent(func(_ context.Context, e events.MessageEventObject) {
		_, _ = c.vk.MessagesSendMessageEventAnswer(api.Params{"event_id": e.EventID, "user_id": e.UserID, "peer_id": e.PeerID,
			"event_data": object.NewMessagesEventDataShowSnackbar("Принято").ToJSON()})
		_, _ = c.vk.MessagesEdit(api.Params{"peer_id": e.PeerID, "conversation_message_id": e.ConversationMessageID, "message": "Вам есть 18?"})
		c.say(e.PeerID, "Вы выбрали "+string(e.Payload), nil)
	})
}

func (c clinic) answer(m object.MessagesMessage) {
	if m.Payload == `{"command":"start"}` {
		k := object.NewMessagesKeyboardInline()
		k.AddRow()
		k.AddCallbackButton("Да", "yes", object.ButtonGreen)
		k.AddCallbackButton("Нет", "no", object.ButtonRed)
		c.say(m.PeerID, "Вам есть 18? От "+m.Ref, k)
		return
	}
	c.say(m.PeerID, "Вы сказали: "+m.Text, nil)
}

func (c clinic) say(peer int, text string, k *object.MessagesKeyboard) {
	p := api.Params{"peer_id": peer, "message": text, "random_id": 0}
	if k != nil {
		p["keyboard"] = k.ToJSON()
	}
	_, _ = c.vk.MessagesSend(p)
}

// polls lets the bot work until the test ends, from the events of now on.
func polls(t *testing.T, s *vktest.Server) {
	t.Helper()
	lp, err := longpoll.NewLongPoll(client(s), int(s.GroupID()))
	if err != nil {
		t.Fatal(err)
	}
	clinic{client(s)}.handle(&lp.FuncList)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { _ = lp.RunWithContext(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
	<-s.Asked()
}

// soon is patience enough for loopback.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func read(t *testing.T, p *vktest.Seat, piece string) vktest.Message {
	t.Helper()
	m, err := p.AwaitText(soon(t), piece)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
