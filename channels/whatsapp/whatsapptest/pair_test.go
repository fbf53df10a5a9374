package whatsapptest_test

import (
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"

	"careline/channels/whatsapp/whatsapptest"
)

func TestPairingByQR(t *testing.T) {
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	b := newBot(t, srv, newDevice(t))
	codes, err := b.GetQRChannel(t.Context())
	fine(t, err)
	fine(t, b.Connect())
	fine(t, srv.OwnPhone().Scan((<-codes).Code))
	equal(t, "pairing", (<-codes).Event, "success")
	await[*events.Connected](b)
	equal(t, "devices", srv.OwnPhone().Devices(), 1)
	anna := srv.Person(whatsapptest.User{})
	anna.Write("привет")
	equal(t, "text", await[*events.Message](b).Message.GetConversation(), "привет")
	b.say(anna, "и тебе")
	shown(t, anna, "и тебе")
}

func TestPairingByEightLetters(t *testing.T) {
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	b := newBot(t, srv, newDevice(t))
	fine(t, b.Connect())
	await[*events.QR](b)
	code, err := b.PairPhone(t.Context(), srv.OwnPhone().JID().User, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	fine(t, err)
	if err := srv.OwnPhone().Enter(within(t), "AAAA-AAAA"); err == nil {
		t.Error("wrong letters were taken")
	}
	fine(t, srv.OwnPhone().Enter(within(t), code))
	await[*events.PairSuccess](b)
	await[*events.Connected](b)
	b.say(srv.Person(whatsapptest.User{}), "на связи")
}
