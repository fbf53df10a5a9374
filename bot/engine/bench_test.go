package engine_test

import (
	"context"
	"encoding/json"
	"testing"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

// BenchmarkStep is one step of a two-question dialog with reading and writing the conversation. Promised:
// at most 30 µs and 150 allocations.
func BenchmarkStep(b *testing.B) {
	for name, in := range map[string]func(*chat) channels.Incoming{
		"tap":  func(c *chat) channels.Incoming { return channels.Incoming{Choice: c.data("Завтра")} },
		"text": func(*chat) channels.Incoming { return channels.Incoming{Text: "завтра"} },
	} {
		b.Run(name, func(b *testing.B) {
			c := talk(b, twoQuestions).starts("visit")
			written, err := json.Marshal(c.conv)
			if err != nil {
				b.Fatal(err)
			}
			message := in(c)
			scene := c.scene()
			b.ReportAllocs()
			for b.Loop() {
				var conv dialogs.Conversation
				if err := json.Unmarshal(written, &conv); err != nil {
					b.Fatal(err)
				}
				sprint, err := c.engine.Step(context.Background(), &conv, engine.Input{Message: &message}, scene)
				if err != nil || len(sprint.Say) != 1 {
					b.Fatal(err, sprint.Say)
				}
				if _, err := json.Marshal(&conv); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
