package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
	"careline/channels/whatsapp/whatsapptest"
)

// The phone unlinks careline: within a minute the administrators' chat in Telegram says so, once, also when the server
// is started again meanwhile; and it says when WhatsApp works again.
func TestAdministratorsHearThatWhatsAppIsDown(t *testing.T) {
	t.Parallel()
	network, telegram := whatsapptest.Start(t, whatsapptest.Options{}), telegramtest.Start(t, telegramtest.Options{})
	group := telegram.Group("Администраторы")
	dir := clinicOfGroup(t, group)
	chief := group.Member(telegram.Person(telegramtest.User{First: "Шеф"}))
	settings := append(onWhatsApp(network), onTelegram(telegram)...)
	linked(t, network, dir, settings)
	s := serving(t, dir, settings...)
	s.start()
	s.until("/readyz?channels", 200)
	eventually(t, "WhatsApp is connected", network.Online)
	down := time.Now()
	network.OwnPhone().Unlink()
	awaits(t, chief, "WhatsApp не работает")
	if took := time.Since(down); took > time.Minute {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("told after %v", took)
	}
	s.stop()
	s.start()
	linked(t, network, dir, settings)
	awaits(t, chief, "WhatsApp снова работает")
	s.stop()
	if n := strings.Count(strings.Join(chief.Shown(), "\n"), "не работает"); n != 1 {
		t.Errorf("it was told %d times", n)
	}
}

func awaits(t *testing.T, p *telegramtest.Seat, piece string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
	defer cancel()
	if _, err := p.AwaitText(ctx, piece); err != nil {
		t.Fatal(err)
	}
}
