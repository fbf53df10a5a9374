package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Numbers are counts for reports. Each method is one statement, and counts each span by itself: Span is its place
// among those asked for. Nothing of it names a person.
type Numbers interface {
	// Furthest counts the chats in which somebody began to talk of their own accord in a span, by the last step
	// that they have reached since then.
	Furthest(ctx context.Context, spans []Span) ([]Reached, error)
	// DialogCounts counts how often dialogs began and ended.
	DialogCounts(ctx context.Context, spans []Span) ([]DialogCount, error)
	// Unanswered counts for each question the matters in which it was put, and those in which it was the last one
	// and nobody has answered it until an hour before now.
	Unanswered(ctx context.Context, spans []Span, now time.Time) ([]Question, error)
	// EachVisit tells f of the visits that begin in a span, in no order.
	EachVisit(ctx context.Context, spans []Span, f func(VisitFact)) error
	// Returning counts the visits in a span to which patients came, by how long they had not been there.
	Returning(ctx context.Context, spans []Span) ([]Return, error)
	// Came counts the visits in a span to which patients came, and these patients.
	Came(ctx context.Context, s Span) (visits, patients int, err error)
	// Returned counts the patients who came in the one span, and those of them who came in the other too.
	Returned(ctx context.Context, before, since Span) (were, returned int, err error)
	// TouchCounts counts what timelines did and what became of it.
	TouchCounts(ctx context.Context, spans []Span) ([]TouchCount, error)
	// TestCounts counts whom a variant was shown in the span for the first time, and who reached the goal in time.
	TestCounts(ctx context.Context, s Span, tests []TestVariant, now time.Time) ([]TestCount, error)
	// TicketCounts counts the tickets with a deadline that were opened in a span.
	TicketCounts(ctx context.Context, spans []Span, now time.Time) ([]TicketCount, error)
	// LinkCounts counts the addresses that were shown in a span, and those that were opened.
	LinkCounts(ctx context.Context, spans []Span) ([]LinkCount, error)
	// FirstReplies counts how long the first message of each chat in a span waited for its answer, as far as messages
	// are still kept.
	FirstReplies(ctx context.Context, spans []Span) ([]Replied, error)
}

// Span is a stretch of time: [From, To).
type Span struct{ From, To time.Time }

// FunnelStep is how far somebody came. Who has come to a step counts as having passed all before it: the name of a
// service said at once needs no talk about complaints.
type FunnelStep int

// The steps.
const (
	Started     FunnelStep = iota // wrote, and a dialog began
	Consented                     // to the use of personal data
	Assessed                      // told a complaint that was assessed
	WasOffered                    // was shown free times
	HeldTime                      // chose one, which was held
	BookedVisit                   // booked
	WillCome                      // confirmed
	HasCome                       // came
	FunnelSteps
)

// Reached counts chats.
type Reached struct {
	Span            int
	Channel, Source string
	Step            FunnelStep
	Count           int
}

// DialogCount counts a dialog's beginnings (Outcome is empty) or ends.
type DialogCount struct {
	Span            int
	Dialog, Outcome string
	Count           int
}

// Question counts a state that asks.
type Question struct {
	Span          int
	Dialog, State string
	Ours          bool // a timeline began the matter, and not the person
	Asked         int
	Silent        int // never answered
	Ended         int // of these: the dialog is over
}

// VisitFact is a visit without the person.
type VisitFact struct {
	Span            int
	Branch, Service string
	Practitioner    string // of the first part
	Channel, Source string // of the chat it was booked in
	Status          string
	Confirmed       bool
	First           bool // the patient's first
	Rating          int  // 0 = none
}

// Return counts visits by the time since the patient's last one.
type Return struct {
	Span   int
	Since  Absence
	Visits int
}

// Absence is how long a patient had not been there.
type Absence string

// The absences, in the order of a table.
const (
	NeverBefore Absence = "new"
	HalfYear    Absence = "within_6_months"
	WholeYear   Absence = "6_to_12_months"
	Longer      Absence = "longer"
)

// TouchCount counts touches of one kind.
type TouchCount struct {
	Span             int
	Timeline, Class  string
	Channel, Outcome string
	Count            int
	// Of those that were sent:
	Answered int // the person answered within 72 hours, or later in the dialog that it began
	Stopped  int // unsubscribed within seven days
	Booked   int // the patient booked a visit within thirty days
	Came     int // and came
}

// TestVariant is one of the texts or times of an A/B test.
type TestVariant struct {
	Test, Variant string
	Goal          string        // an event
	Within        time.Duration // from the first showing
}

// TestCount counts patients.
type TestCount struct {
	Test, Variant string
	Shown         int
	Judged        int // those whose time is over
	Reached       int // those of them who reached the goal in time
}

// TicketCount counts tickets.
type TicketCount struct {
	Span           int
	Kind, Priority string
	Opened         int
	InTime, Late   int // answered before the deadline; not answered by then. The rest is not due yet.
}

// LinkCount counts addresses.
type LinkCount struct{ Span, Shown, Opened int }

// Replied counts chats whose first answer took so long, in tenths of a second.
type Replied struct {
	Span  int
	Took  time.Duration
	Chats int
}

// whole lets the transaction read whole tables from now on.
func (t *tx) whole(ctx context.Context) error {
	if t.dialect.Whole == "" {
		return nil
	}
	_, err := t.exec(ctx, "preparing to read whole tables", t.dialect.Whole)
	return err
}

// spanTable begins a statement with a table of the spans. Its text holds their numbers, so that all parameters are the
// statement's own.
func spanTable(spans []Span) string {
	var b strings.Builder
	b.WriteString("WITH spans (span, from_us, to_us) AS (VALUES ")
	for i, s := range spans {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "(%d, CAST(%d AS BIGINT), CAST(%d AS BIGINT))", i, micros(s.From), micros(s.To))
	}
	b.WriteByte(')')
	return b.String()
}

// within is the condition that a moment lies in a span of the table.
func within(column string) string {
	return column + " >= s.from_us AND " + column + " < s.to_us"
}

// earliest is when the first of the spans begins.
func earliest(spans []Span) int64 {
	first := spans[0].From
	for _, s := range spans {
		if s.From.Before(first) {
			first = s.From
		}
	}
	return micros(first)
}
