package words

import "testing"

func TestCleanLeavesWhatWasMeant(t *testing.T) {
	for text, want := range map[string]string{
		"  Да,   пожалуйста!! ":       "да",
		"Пожалуйста":                  "пожалуйста",
		"Ещё\u00a0ПОЗЖЕ…":             "еще позже",
		"\u200fназад\u200e":           "назад",
		"👍🏽":                          "",
		"Спасибо 🙏🙏":                  "спасибо",
		"/start":                      "/start",
		"«Другой врач»":               "другой врач",
		"завтра в 17:20":              "завтра в 17:20",
		"в среду, 25 ноября, в 18:40": "в среду 25 ноября в 18:40",
		"7,5":                  "7,5",
		"ну можно Другие дни?": "другие дни",
		"да,конечно":           "да конечно",
		"- другое":             "другое",
		"-5":                   "-5",
		"анна—мария":           "анна-мария",
		"что‑то":               "что-то",
		"":                     "",
		"!!!":                  "",
		"Please, other days":   "other days",
		"DON’T":                "don't",
		"не пишите мне!":       "не пишите мне",
		"\u202bмои записи\u202c\u00a0\u00a0": "мои записи",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Да, пожалуйста 👍🏽")
	f.Fuzz(func(t *testing.T, s string) {
		if c := Clean(s); Clean(c) != c {
			t.Errorf("Clean is not settled: %q → %q → %q", s, c, Clean(c))
		}
	})
}
