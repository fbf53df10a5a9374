package store

import (
	"context"
	"time"
)

// Furthest implements Numbers.
func (t *tx) Furthest(ctx context.Context, spans []Span) ([]Reached, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	if err := t.whole(ctx); err != nil {
		return nil, err
	}
	return query(ctx, t, "counting how far people came", func(r *Reached) []any {
		return []any{&r.Span, &r.Channel, &r.Source, &r.Step, &r.Count}
	}, spanTable(spans)+`, began AS (
		SELECT s.span, e.contact_id, min(e.at_us) AS at_us FROM events e JOIN spans s ON `+within("e.at_us")+`
		WHERE e.name = 'dialog.started' AND e.value <> '' AND e.value NOT LIKE 'timeline %' AND e.contact_id <> ''
		GROUP BY s.span, e.contact_id
	), told AS (
		SELECT contact_id, at_us, CASE name WHEN 'slot.held' THEN 4 WHEN 'slots.offered' THEN 3 ELSE 2 END AS step FROM events
		WHERE at_us >= $1 AND name IN ('slot.held', 'slots.offered', 'triage.assessed', 'triage.emergency')
	), visited AS (
		SELECT contact_id, created_us, CASE WHEN status IN ('arrived', 'fulfilled') THEN 7 WHEN confirmed THEN 6 ELSE 5 END AS step
		FROM appointments WHERE created_us >= $2 AND status <> 'entered-in-error' AND contact_id IS NOT NULL
	), went AS (
		SELECT b.span, b.contact_id, v.step FROM began b JOIN told v ON v.contact_id = b.contact_id AND v.at_us >= b.at_us
		UNION ALL SELECT b.span, b.contact_id, v.step FROM began b JOIN visited v ON v.contact_id = b.contact_id AND v.created_us >= b.at_us
		UNION ALL SELECT b.span, b.contact_id, CASE WHEN EXISTS (SELECT 1 FROM consents k
			WHERE k.patient_id = c.patient_id AND k.kind = 'personal' AND k.given) THEN 1 ELSE 0 END
			FROM began b JOIN contacts c ON c.id = b.contact_id
	), furthest AS (
		SELECT span, contact_id, max(step) AS step FROM went GROUP BY span, contact_id
	)
	SELECT f.span, c.channel, c.source, f.step, count(*) FROM furthest f JOIN contacts c ON c.id = f.contact_id
	GROUP BY f.span, c.channel, c.source, f.step ORDER BY f.span, c.channel, c.source, f.step`, earliest(spans), earliest(spans))
}

// DialogCounts implements Numbers.
func (t *tx) DialogCounts(ctx context.Context, spans []Span) ([]DialogCount, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	if err := t.whole(ctx); err != nil {
		return nil, err
	}
	return query(ctx, t, "counting dialogs", func(d *DialogCount) []any {
		return []any{&d.Span, &d.Dialog, &d.Outcome, &d.Count}
	}, spanTable(spans)+`, seen AS (
		SELECT s.span, e.dialog, CASE e.name WHEN 'dialog.started' THEN '' ELSE e.value END AS outcome
		FROM events e JOIN spans s ON `+within("e.at_us")+` WHERE e.name IN ('dialog.started', 'dialog.ended')
	)
	SELECT span, dialog, outcome, count(*) FROM seen GROUP BY span, dialog, outcome ORDER BY span, dialog, outcome`)
}

// Unanswered implements Numbers. A matter is a task of a chat; events of one chat are in their order.
func (t *tx) Unanswered(ctx context.Context, spans []Span, now time.Time) ([]Question, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	if err := t.whole(ctx); err != nil {
		return nil, err
	}
	return query(ctx, t, "counting questions without an answer", func(q *Question) []any {
		return []any{&q.Span, &q.Dialog, &q.State, &q.Ours, &q.Asked, &q.Silent, &q.Ended}
	}, spanTable(spans)+`, asked AS (
		SELECT s.span, e.contact_id, e.task, e.dialog, e.state, max(e.seq) AS seq, max(e.at_us) AS at_us
		FROM events e JOIN spans s ON `+within("e.at_us")+` WHERE e.name = 'state.asked'
		GROUP BY s.span, e.contact_id, e.task, e.dialog, e.state
	), matters AS (
		SELECT contact_id, task, max(CASE name WHEN 'state.asked' THEN seq ELSE 0 END) AS asked,
			max(CASE name WHEN 'answer.understood' THEN seq ELSE 0 END) AS answered,
			max(CASE name WHEN 'dialog.ended' THEN seq ELSE 0 END) AS ended,
			max(CASE WHEN name = 'dialog.started' AND value LIKE 'timeline %' THEN 1 ELSE 0 END) AS ours
		FROM events WHERE at_us >= $1 AND name IN ('dialog.started', 'state.asked', 'answer.understood', 'dialog.ended') GROUP BY contact_id, task
	), judged AS (
		SELECT a.span, a.dialog, a.state, m.ours, CASE WHEN m.ended > a.seq THEN 1 ELSE 0 END AS ended,
			CASE WHEN m.asked = a.seq AND m.answered < a.seq AND (m.ended > a.seq OR a.at_us <= $2) THEN 1 ELSE 0 END AS silent
		FROM asked a JOIN matters m ON m.contact_id = a.contact_id AND m.task = a.task
	)
	SELECT span, dialog, state, ours = 1, count(*), sum(silent), sum(silent * ended) FROM judged
	GROUP BY span, dialog, state, ours ORDER BY span, sum(silent) DESC, dialog, state, ours`, earliest(spans), micros(now.Add(-quietFor)))
}

// quietFor is how long somebody may think about a question.
const quietFor = time.Hour
