package whatsapptest_test

import (
	"errors"
	"sync/atomic"
	"testing"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"

	"careline/channels/whatsapp/whatsapptest"
)

func TestWhatCameMeanwhileWaits(t *testing.T) {
	for name, disturb := range map[string]func(*whatsapptest.Server){
		"dropped": (*whatsapptest.Server).Drop,
		"restart": func(s *whatsapptest.Server) { s.StreamError("503") },
	} {
		t.Run(name, func(t *testing.T) {
			srv, b, anna := linked(t)
			disturb(srv)
			await[*events.Disconnected](b)
			anna.Write("пока вас не было")
			equal(t, "text", await[*events.Message](b).Message.GetConversation(), "пока вас не было")
			b.say(anna, "мы снова тут")
			shown(t, anna, "мы снова тут")
		})
	}
}

func TestAMessageThatWasNotTakenComesBack(t *testing.T) {
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	dev := newDevice(t)
	fine(t, srv.OwnPhone().Link(t.Context(), dev))
	b := newBot(t, srv, dev)
	b.SynchronousAck, b.EnableDecryptedEventBuffer = true, true
	var tries atomic.Int32
	b.AddEventHandlerWithSuccessStatus(func(e any) bool {
		if _, is := e.(*events.Message); is {
			return tries.Add(1) != 1
		}
		return true
	})
	b.connect()
	anna := srv.Person(whatsapptest.User{})
	sent := anna.Write("важное")
	await[*events.Message](b)
	srv.Drop()
	equal(t, "text", await[*events.Message](b).Message.GetConversation(), "важное")
	fine(t, anna.AwaitTaken(within(t), sent.Message))
	fine(t, srv.AwaitSettled(within(t)))
}

func TestTheLaterOfTwoClientsHasTheSession(t *testing.T) {
	srv, b, anna := linked(t)
	next := newBot(t, srv, b.Store)
	next.connect()
	await[*events.StreamReplaced](b)
	anna.Write("кто тут?")
	equal(t, "text", await[*events.Message](next).Message.GetConversation(), "кто тут?")
	equal(t, "online", srv.Online(), true)
}

func TestTheOwnerUnlinks(t *testing.T) {
	t.Run("while online", func(t *testing.T) {
		srv, b, _ := linked(t)
		srv.OwnPhone().Unlink()
		await[*events.LoggedOut](b)
		equal(t, "devices", srv.OwnPhone().Devices(), 0)
	})
	t.Run("while offline", func(t *testing.T) {
		srv, b, _ := linked(t)
		b.Disconnect()
		srv.OwnPhone().Unlink()
		fine(t, b.Connect())
		equal(t, "reason", await[*events.LoggedOut](b).Reason, events.ConnectFailureLoggedOut)
	})
}

func TestTheBotLogsOut(t *testing.T) {
	srv, b, _ := linked(t)
	fine(t, b.Logout(t.Context()))
	equal(t, "devices", srv.OwnPhone().Devices(), 0)
	if err := b.Connect(); !errors.Is(err, store.ErrDeviceDeleted) {
		t.Errorf("connecting after logout: %v", err)
	}
}

func TestLoginsThatAreRefused(t *testing.T) {
	t.Run("ban", func(t *testing.T) {
		srv, b, _ := linked(t)
		srv.Ban(104, 3600)
		ban := await[*events.TemporaryBan](b)
		equal(t, "code", ban.Code, events.TempBanSentTooManySameMessage)
		equal(t, "seconds", ban.Expire.Seconds(), 3600)
		srv.Refuse(whatsapptest.Refusal{})
		b.Disconnect()
		b.connect()
	})
	t.Run("outdated", func(t *testing.T) {
		srv, b, _ := linked(t)
		srv.Outdate(whatsapptest.Revision)
		srv.Drop()
		await[*events.ClientOutdated](b)
	})
	t.Run("locked", func(t *testing.T) {
		srv, b, _ := linked(t)
		srv.Refuse(whatsapptest.Refusal{Reason: 403})
		srv.Drop()
		equal(t, "reason", await[*events.LoggedOut](b).Reason, events.ConnectFailureMainDeviceGone)
	})
	t.Run("down", func(t *testing.T) {
		srv, b, _ := linked(t)
		srv.Down(true)
		srv.Drop()
		await[*events.Disconnected](b)
		equal(t, "online", srv.Online(), false)
		srv.Down(false)
		await[*events.Connected](b)
	})
}

func TestKeysAreRefilled(t *testing.T) {
	srv, b, anna := linked(t)
	if srv.Keys() == 0 {
		t.Fatal("the client uploaded no keys")
	}
	srv.UseUpKeys()
	anna.Write("без ключа")
	equal(t, "text", await[*events.Message](b).Message.GetConversation(), "без ключа")
	fine(t, srv.AwaitKeys(within(t), 50))
}
