package actions

import (
	"testing"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
)

// What triage.yaml says of a level decides how soon is offered, and whether kept times are open.
func TestTheLevelsOfTriageDecide(t *testing.T) {
	house := &House{Scripts: &dialogs.Set{Triage: &dialogs.Triage{Levels: []*dialogs.Level{
		{Name: "urgent", Within: 24 * time.Hour, TodayFirst: true}, {Name: "soon", Within: 72 * time.Hour},
	}}}}
	for urgency, want := range map[string]struct {
		acute  bool
		within time.Duration
	}{"urgent": {true, 24 * time.Hour}, "soon": {false, 72 * time.Hour}, "routine": {}, "": {}} {
		s := &Scene{House: house, Call: engine.Call{With: map[string]any{"urgency": urgency}}}
		if got := s.ask(); got.Acute != want.acute || got.Within != want.within {
			t.Errorf("%q: %+v", urgency, got)
		}
	}
}
