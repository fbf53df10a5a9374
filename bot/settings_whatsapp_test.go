package bot

import (
	"strings"
	"testing"
	"time"

	"careline/channels"
)

func TestTwoSettingsTurnOnWhatsApp(t *testing.T) {
	for _, c := range []struct {
		on, phone, limits string
		want              WhatsAppSettings
		wrong             string
	}{
		{want: WhatsAppSettings{Rates: channels.Known()["whatsapp"].Rates}},
		{on: "off", phone: "+79991234567", want: WhatsAppSettings{Phone: "+79991234567", Rates: channels.Known()["whatsapp"].Rates}},
		{on: "on", phone: "+79991234567", limits: "0,0", want: WhatsAppSettings{On: true, Phone: "+79991234567"}},
		{on: "on", phone: "+79991234567", limits: "0.5,0.25", want: WhatsAppSettings{On: true, Phone: "+79991234567", Rates: channels.Rates{PerSecond: 0.5, PerChat: 4 * time.Second}}},
		{on: "yes", wrong: "CARELINE_WHATSAPP: "},
		{on: "on", wrong: "CARELINE_WHATSAPP_PHONE: "},
		{on: "on", phone: "89991234567", wrong: "CARELINE_WHATSAPP_PHONE: "},
		{phone: "+7 999 123-45-67", wrong: "CARELINE_WHATSAPP_PHONE: "},
		{limits: "1", wrong: "CARELINE_WHATSAPP_LIMITS: "},
	} {
		s, err := SettingsFrom(env(map[string]string{"CARELINE_WHATSAPP": c.on, "CARELINE_WHATSAPP_PHONE": c.phone, "CARELINE_WHATSAPP_LIMITS": c.limits}), t.TempDir())
		switch {
		case c.wrong == "" && (err != nil || s.WhatsApp != c.want):
			t.Errorf("%+v: got %+v, %v", c, s.WhatsApp, err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%+v: %v", c, err)
		}
		if err != nil && c.phone != "" && strings.Contains(err.Error(), c.phone) {
			t.Errorf("the phone is told: %v", err)
		}
	}
}
