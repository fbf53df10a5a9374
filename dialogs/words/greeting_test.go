package words

import "testing"

func TestGreetings(t *testing.T) {
	for text, want := range map[string]bool{
		"Привет": true, "Здравствуйте!": true, "Добрый день 🙂": true, "Доброго времени суток": true, "Hi there": true, "good evening": true,
		"Добрый вечер, болит зуб": false, "день болит": false, "": false, "👍": false, "болит": false,
	} {
		if got := IsGreeting(text); got != want {
			t.Errorf("IsGreeting(%q) = %v", text, got)
		}
	}
}
