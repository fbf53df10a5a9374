package bot

import (
	"maps"
	"strings"
	"testing"

	"careline/channels"
	"careline/channels/vk"
)

const aKey = "vk1.a.Qm7-pL_0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcdefghij"

// vkFrom reads settings with a key, a community and these.
func vkFrom(t *testing.T, values map[string]string) (VKSettings, error) {
	t.Helper()
	all := map[string]string{"CARELINE_VK_TOKEN": aKey, "CARELINE_VK_GROUP_ID": "123456"}
	maps.Copy(all, values)
	s, err := SettingsFrom(env(all), t.TempDir())
	return s.VK, err
}

func TestAKeyAndACommunityAreEnoughForVK(t *testing.T) {
	got, err := vkFrom(t, nil)
	want := VKSettings{Token: aKey, Group: 123456, Mode: vk.Poll, API: vk.API, Rates: channels.Known()["vk"].Rates}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if off, err := SettingsFrom(env(nil), t.TempDir()); err != nil || off.VK.Token != "" {
		t.Errorf("without a key: %+v, %v", off.VK, err)
	}
}

func TestEverythingWrongWithVKIsToldAtOnceAndNoSecretWithIt(t *testing.T) {
	_, err := vkFrom(t, map[string]string{
		"CARELINE_VK_TOKEN": "short-key", "CARELINE_VK_GROUP_ID": "club123456", "CARELINE_VK_MODE": "push", "CARELINE_VK_SECRET": "тайна",
		"CARELINE_VK_CONFIRMATION": "<b>", "CARELINE_VK_API_URL": "ftp://bot:hunter2@api", "CARELINE_VK_LIMITS": "20,1",
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"TOKEN", "GROUP_ID", "MODE", "SECRET", "CONFIRMATION", "API_URL", "LIMITS"} {
		if !strings.Contains(err.Error(), "CARELINE_VK_"+name+": ") {
			t.Errorf("CARELINE_VK_%s is not told:\n%v", name, err)
		}
	}
	for _, secret := range []string{"short-key", "тайна", "<b>", "hunter2"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s is told", secret)
		}
	}
}

func TestVKNeedsItsCommunity(t *testing.T) {
	for _, group := range []string{"", "0", "-123456", "99999999999"} {
		if _, err := vkFrom(t, map[string]string{"CARELINE_VK_GROUP_ID": group}); err == nil || !strings.Contains(err.Error(), "CARELINE_VK_GROUP_ID: ") {
			t.Errorf("%q: %v", group, err)
		}
	}
}

func TestACallbackNeedsASecretAConfirmationAndAnAddress(t *testing.T) {
	secret, here := strings.Repeat("s", 16), "https://bot.clinic.ru"
	for _, c := range []struct{ secret, confirmation, public, api, wrong string }{
		{secret, "a1b2c3d4", here, "", ""},
		{secret, "a1b2c3d4", "http://bot:8080", "http://vk:80/", ""}, // through a relay of one's own
		{"", "a1b2c3d4", here, "", "CARELINE_VK_SECRET"},
		{secret, "", here, "", "CARELINE_VK_CONFIRMATION"},
		{secret, "a1b2c3d4", "", "", "CARELINE_PUBLIC_URL"},
		{secret, "a1b2c3d4", "http://bot.clinic.ru", "", "CARELINE_PUBLIC_URL"},
	} {
		got, err := vkFrom(t, map[string]string{
			"CARELINE_VK_MODE": "callback", "CARELINE_VK_SECRET": c.secret, "CARELINE_VK_CONFIRMATION": c.confirmation,
			"CARELINE_PUBLIC_URL": c.public, "CARELINE_VK_API_URL": c.api,
		})
		switch {
		case c.wrong == "" && (err != nil || got.Mode != vk.Callback || got.Secret != secret):
			t.Errorf("%+v: got %+v, %v", c, got, err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong+": ")):
			t.Errorf("%+v: %v", c, err)
		}
	}
}
