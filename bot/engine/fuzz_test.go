package engine_test

import (
	"testing"

	"careline/bot/engine"
	"careline/channels"
)

// FuzzForgedButton: whatever a button carries, the question that stands stays or is answered, and nothing breaks.
func FuzzForgedButton(f *testing.F) {
	for _, data := range []string{"", "1.1.1.abc.today", "1.1.1..#0", "1.-1.zz.0.+more", "\x00", "1.1.1.1.1.1"} {
		f.Add(data)
	}
	first := talk(f, twoQuestions).starts("visit")
	f.Add(first.data("Завтра"))
	f.Fuzz(func(t *testing.T, data string) {
		c := newChat(t, first.set).starts("visit")
		if err := c.step(engine.Input{Message: &channels.Incoming{Choice: data}}); err != nil {
			t.Fatal(err)
		}
		if at := place(c.conv); at != "visit.when" && at != "visit.pain" && data != "" {
			t.Fatalf("stands in %q", at)
		}
	})
}
