package bot

import (
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/telegram"
)

const aToken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

// telegramFrom reads settings with a token and these.
func telegramFrom(t *testing.T, values map[string]string) (TelegramSettings, error) {
	t.Helper()
	all := map[string]string{"CARELINE_TELEGRAM_TOKEN": aToken}
	for name, value := range values {
		all[name] = value
	}
	s, err := SettingsFrom(env(all), t.TempDir())
	return s.Telegram, err
}

func TestATokenIsEnoughForTelegram(t *testing.T) {
	got, err := telegramFrom(t, nil)
	want := TelegramSettings{Token: aToken, Mode: telegram.Poll, API: "https://api.telegram.org", Rates: channels.Known()["telegram"].Rates}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if off, err := SettingsFrom(env(nil), t.TempDir()); err != nil || off.Telegram.Token != "" {
		t.Errorf("without a token: %+v, %v", off.Telegram, err)
	}
}

func TestEverythingWrongWithTelegramIsToldAtOnceAndNoTokenWithIt(t *testing.T) {
	_, err := telegramFrom(t, map[string]string{
		"CARELINE_TELEGRAM_TOKEN": aToken + "23", "CARELINE_TELEGRAM_MODE": "push", "CARELINE_TELEGRAM_WEBHOOK_SECRET": "пароль",
		"CARELINE_TELEGRAM_API_URL": "ftp://bot:hunter2@api", "CARELINE_TELEGRAM_LIMITS": "30;1;20",
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"TOKEN", "MODE", "WEBHOOK_SECRET", "API_URL", "LIMITS"} {
		if !strings.Contains(err.Error(), "CARELINE_TELEGRAM_"+name+": ") {
			t.Errorf("CARELINE_TELEGRAM_%s is not told:\n%v", name, err)
		}
	}
	for _, secret := range []string{aToken[10:], "пароль", "hunter2"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s is told", secret)
		}
	}
}

func TestAWebhookNeedsASecretAndAnAddress(t *testing.T) {
	secret := strings.Repeat("s", 16)
	for _, c := range []struct{ secret, public, api, wrong string }{
		{secret, "https://bot.clinic.ru", "", ""},
		{secret, "http://bot:8080", "http://botapi:8081/", ""}, // a Bot API server of one's own
		{"", "https://bot.clinic.ru", "", "CARELINE_TELEGRAM_WEBHOOK_SECRET"},
		{secret[1:], "https://bot.clinic.ru", "", "CARELINE_TELEGRAM_WEBHOOK_SECRET"},
		{secret, "", "", "CARELINE_PUBLIC_URL"},
		{secret, "http://bot.clinic.ru", "", "CARELINE_PUBLIC_URL"},
	} {
		got, err := telegramFrom(t, map[string]string{
			"CARELINE_TELEGRAM_MODE": "webhook", "CARELINE_TELEGRAM_WEBHOOK_SECRET": c.secret, "CARELINE_PUBLIC_URL": c.public, "CARELINE_TELEGRAM_API_URL": c.api,
		})
		switch {
		case c.wrong == "" && (err != nil || got.Mode != telegram.Webhook || got.Secret != secret):
			t.Errorf("%+v: got %+v, %v", c, got, err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestLimitsOfTelegram(t *testing.T) {
	for value, want := range map[string]channels.Rates{
		"1000, 0.5, 0": {PerSecond: 1000, PerChat: 2 * time.Second},
		"0,0,0":        {},
	} {
		if got, err := telegramFrom(t, map[string]string{"CARELINE_TELEGRAM_LIMITS": value}); err != nil || got.Rates != want {
			t.Errorf("%s: got %+v, %v", value, got.Rates, err)
		}
	}
	for _, value := range []string{"30", "30,1", "30,1,20,5", "30,-1,20", "30,NaN,20", "a,b,c", "1e99,1,1"} {
		if _, err := telegramFrom(t, map[string]string{"CARELINE_TELEGRAM_LIMITS": value}); err == nil {
			t.Errorf("%s is taken", value)
		}
	}
}
