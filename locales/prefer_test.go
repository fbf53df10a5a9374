package locales

import "testing"

func TestABrowserGetsTheLanguageThatItLikesBest(t *testing.T) {
	for _, c := range []struct{ accept, want string }{
		{"en-GB,en;q=0.9,ru;q=0.8", "en"},
		{"ru-RU, en;q=0.5", "ru"},
		{"de, en;q=0.1", "en"},
		{"en;q=0.2, ru;q=0.9", "ru"},
		{"uk", "ru"}, // who reads Ukrainian reads Russian sooner than English
		{"de", "ru"},
		{"", "ru"},
		{"*", "ru"},
		{"!;;q=x", "ru"},
	} {
		if got := Prefer(c.accept, []string{"ru", "en"}); got != c.want {
			t.Errorf("%q gets %s, want %s", c.accept, got, c.want)
		}
	}
	if got := Prefer("ru", []string{"en"}); got != "en" {
		t.Errorf("of one language another is chosen: %s", got)
	}
}
