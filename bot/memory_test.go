package bot

import (
	"testing"
	"time"

	"careline/bot/bottest"
)

// What one channel keeps, the next process has; no other channel sees it, and it lasts as long as was said.
func TestAChannelRemembers(t *testing.T) {
	now, ctx := bottest.Monday, t.Context()
	db := bottest.SQLite(t)
	vk := Memory{Channel: "vk", Store: db, Now: func() time.Time { return now }}
	says := func(m Memory, name, want string) {
		t.Helper()
		if got, err := m.Recall(ctx, name); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	keep := func(name, value string, until time.Time) {
		t.Helper()
		if err := vk.Remember(ctx, name, value, until); err != nil {
			t.Fatal(err)
		}
	}
	says(vk, "ts", "")
	keep("ts", "41", time.Time{})
	keep("ts", "42", time.Time{})
	keep("poll", "yes,no", now.Add(time.Hour))
	says(vk, "ts", "42")
	says(vk, "poll", "yes,no")
	says(Memory{Channel: "whatsapp", Store: db, Now: vk.Now}, "ts", "")
	now = now.Add(time.Hour)
	says(vk, "poll", "")
	says(Memory{Channel: "vk", Store: db, Now: vk.Now}, "ts", "42")
	keep("ts", "", time.Time{})
	says(vk, "ts", "")
}
