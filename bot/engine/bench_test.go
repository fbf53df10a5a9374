package engine_test

import (
	"context"
	"testing"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

// oneStep reads the conversation of a two-question dialog, answers its first question and writes it.
func oneStep(t testing.TB, answer func(*chat) channels.Incoming) func() {
	c := talk(t, twoQuestions, "locales/en.yaml", inEnglish).starts("visit")
	written, err := c.conv.Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	message, scene := answer(c), c.scene()
	return func() {
		conv, err := dialogs.DecodeConversation(written)
		if err != nil {
			t.Fatal(err)
		}
		sprint, err := c.engine.Step(context.Background(), conv, engine.Input{Message: &message}, scene)
		if err != nil || len(sprint.Say) != 1 || sprint.Say[0].Text != "Насколько болит?" {
			t.Fatal(err, sprint.Say)
		}
		if _, err := conv.Encode(nil); err != nil {
			t.Fatal(err)
		}
	}
}

// inEnglish makes the clinic speak two languages, as most do.
const inEnglish = `
visit.when.say: {hash: x, other: When would suit you?}
visit.when.choose.today: {hash: x, other: Today}
visit.when.choose.tomorrow: {hash: x, other: Tomorrow}
visit.pain.say: {hash: x, other: How bad is the pain?}
`

var answers = map[string]func(*chat) channels.Incoming{
	"tap":  func(c *chat) channels.Incoming { return channels.Incoming{Choice: c.data("Завтра")} },
	"text": func(*chat) channels.Incoming { return channels.Incoming{Text: "завтра"} },
}

// BenchmarkStep: promised are at most 30 µs and 150 allocations.
func BenchmarkStep(b *testing.B) {
	for name, answer := range answers {
		b.Run(name, func(b *testing.B) {
			step := oneStep(b, answer)
			b.ReportAllocs()
			for b.Loop() {
				step()
			}
		})
	}
}

func TestAStepKeepsItsPromiseOfAllocations(t *testing.T) {
	for name, answer := range answers {
		if n := testing.AllocsPerRun(100, oneStep(t, answer)); n > 150 {
			t.Errorf("%s: %.0f allocations", name, n)
		}
	}
}
