// Package journey is what happens by itself: reminders, questions after a visit, ratings, recalls. A timeline of
// journey.yaml is a rule about a thing. Its next moment stands as a timer, planned again in the same transaction
// whenever the thing changes, and is judged again when it comes.
package journey

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/dialogs"
)

// Planner plans and judges the timelines of a clinic.
type Planner struct {
	Scripts   *dialogs.Set
	Clinic    *booking.Clinic
	Reception *booking.Reception
	Clock     clock.Clock
	// Variants fixes the variant of an A/B test; a test not in it goes by a hash.
	Variants map[string]string
	// Down reports whether nothing goes through a channel; nil = all work.
	Down func(channel string) bool
}

// Plan is what the timer of a timeline carries.
type Plan struct {
	Timeline string `json:"timeline,omitempty"` // empty = the thing itself is over: what is known of it has changed
	About    string `json:"about"`              // the thing: KIND/ID
	Patient  string `json:"patient,omitempty"`
	Moment   int64  `json:"moment"` // UTC microseconds, as the rule says it, before politeness
	N        int    `json:"n,omitempty"`
	// Asked: the person asked for it, at this moment; the rule's own is past.
	Asked bool `json:"asked,omitempty"`
}

// At is the moment of the plan.
func (p Plan) At() time.Time { return time.UnixMicro(p.Moment) }

// Key of the plan's timer.
func (p Plan) Key() string {
	if p.Timeline == "" {
		return "over:" + p.About
	}
	return planPrefix + p.Timeline + ":" + p.About
}

const planPrefix = "plan:"

// ReadPlan is the plan of a timer, or of the input that it became.
func ReadPlan(payload json.RawMessage) (p Plan, err error) {
	if err := json.Unmarshal(payload, &p); err != nil {
		return p, fmt.Errorf("reading a plan: %w", err)
	}
	return p, nil
}

// About names a thing.
func About(kind dialogs.Thing, id string) string { return string(kind) + "/" + id }

func split(about string) (kind dialogs.Thing, id string) {
	k, id, _ := strings.Cut(about, "/")
	return dialogs.Thing(k), id
}

// timeline by its name; nil when the file has none of it any more.
func (p *Planner) timeline(name string) *dialogs.Timeline {
	for _, t := range p.Scripts.Journey.Timelines {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Rank is a plan's place among those of the same moment: service before care before advertising, then the order of
// the file. What is about no timeline comes first.
func (p *Planner) Rank(plan Plan) int {
	timelines := p.Scripts.Journey.Timelines
	i := slices.IndexFunc(timelines, func(t *dialogs.Timeline) bool { return t.Name == plan.Timeline })
	if i < 0 {
		return -1
	}
	class := slices.Index([]dialogs.Class{dialogs.ServiceClass, dialogs.CareClass, dialogs.AdvertisingClass}, timelines[i].Class)
	return class*len(timelines) + i
}

// when is the rule that holds for the patient, and the variant that chose it.
func (p *Planner) when(t *dialogs.Timeline, patient string) (when *dialogs.When, variant string) {
	if t.WhenTest == "" {
		return t.When, ""
	}
	variant = p.Variant(t.WhenTest, patient)
	return t.Whens[variant], t.WhenTest + "=" + variant
}

// Variant is the one of an A/B test that a patient gets; empty when there is no such test.
func (p *Planner) Variant(test, patient string) string {
	if v, ok := p.Variants[test]; ok {
		return v
	}
	if declared := p.Scripts.Journey.Tests[test]; declared != nil {
		return declared.Variant(patient)
	}
	return ""
}
