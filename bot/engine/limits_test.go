package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"careline/bot/engine"
)

func TestAScriptThatRunsAwayIsStopped(t *testing.T) {
	var chain strings.Builder
	for i := range 51 {
		fmt.Fprintf(&chain, "  s%d:\n    set: {n: %d}\n", i, i)
	}
	talkative := "  long:\n    say:\n" + strings.Repeat("      - Слово.\n", 5)
	for _, test := range []struct{ what, states string }{
		{"states", "states:\n" + chain.String()},
		{"messages", "states:\n" + talkative + strings.Replace(talkative, "long", "longer", 1)},
		{"bytes of text", "states:\n  a:\n    say: " + strings.Repeat("слово ", 900) + "\n  b:\n    say: " + strings.Repeat("слово ", 900) + "\n"},
	} {
		t.Run(test.what, func(t *testing.T) {
			err := talk(t, test.states).step(engine.Input{Start: &engine.Start{Dialog: "visit"}})
			var limit *engine.LimitError
			if !errors.As(err, &limit) || limit.What != test.what || limit.Dialog != "visit" {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestDialogsCannotBeNestedForEver(t *testing.T) {
	var more []string
	for i := range 13 {
		states := fmt.Sprintf("  run:\n    run: d%d\n", i+1)
		if i == 12 {
			states = "  q:\n    say: Вопрос?\n    ask: a\n    type: text\n"
		}
		more = append(more, fmt.Sprintf("dialogs/d%d.yaml", i), fmt.Sprintf("dialog: d%d\ntitle: D\nstates:\n%s", i, states))
	}
	c := talk(t, "states:\n  q:\n    say: Вопрос?\n    ask: a\n    type: text\n", more...)
	var limit *engine.LimitError
	if err := c.step(engine.Input{Start: &engine.Start{Dialog: "d0"}}); !errors.As(err, &limit) {
		t.Fatalf("got %v", err)
	}
	c = talk(t, "states:\n  q:\n    say: Вопрос?\n    ask: a\n    type: text\n", more...)
	c.starts("visit").starts("help").starts("d1").stands("d12.q") // the oldest matters fall
	if len(c.conv.Tasks) != 1 || len(c.last.Ended) != 2 {
		t.Fatalf("%d tasks, ended %v", len(c.conv.Tasks), c.last.Ended)
	}
}
