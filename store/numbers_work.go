package store

import (
	"context"
	"time"
)

// TicketCounts implements Numbers. A ticket is answered when an administrator takes it or closes it; one without a
// deadline has nobody waiting for it.
func (t *tx) TicketCounts(ctx context.Context, spans []Span, now time.Time) ([]TicketCount, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	return query(ctx, t, "counting tickets", func(c *TicketCount) []any {
		return []any{&c.Span, &c.Kind, &c.Priority, &c.Opened, &c.InTime, &c.Late}
	}, spanTable(spans)+`, touched AS (
		SELECT ref, min(at_us) AS at_us FROM events WHERE at_us >= $1 AND name = 'ticket.answered' GROUP BY ref
	), judged AS (
		SELECT s.span, k.kind, k.priority, k.deadline_us, COALESCE(d.at_us, CASE WHEN k.closed_us > 0 THEN k.closed_us ELSE $2 END) AS until_us,
			CASE WHEN d.at_us IS NOT NULL OR k.closed_us > 0 THEN 1 ELSE 0 END AS answered
		FROM tickets k JOIN spans s ON `+within("k.created_us")+` LEFT JOIN touched d ON d.ref = k.id
		WHERE k.deadline_us > 0
	)
	SELECT span, kind, priority, count(*), sum(CASE WHEN answered = 1 AND until_us <= deadline_us THEN 1 ELSE 0 END),
		sum(CASE WHEN until_us > deadline_us THEN 1 ELSE 0 END)
	FROM judged GROUP BY span, kind, priority ORDER BY span, kind, priority`, earliest(spans), micros(now))
}

// LinkCounts implements Numbers.
func (t *tx) LinkCounts(ctx context.Context, spans []Span) ([]LinkCount, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	return query(ctx, t, "counting links", func(c *LinkCount) []any { return []any{&c.Span, &c.Shown, &c.Opened} },
		spanTable(spans)+` SELECT s.span, count(*), sum(CASE WHEN l.clicked_us > 0 THEN 1 ELSE 0 END)
		FROM links l JOIN spans s ON `+within("l.created_us")+` GROUP BY s.span ORDER BY s.span`)
}

// FirstReplies implements Numbers.
func (t *tx) FirstReplies(ctx context.Context, spans []Span) ([]Replied, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	type row struct {
		Replied
		tenths int64
	}
	rows, err := query(ctx, t, "measuring first answers", func(r *row) []any { return []any{&r.Span, &r.tenths, &r.Chats} },
		spanTable(spans)+`, firsts AS (
			SELECT s.span, i.contact_id, min(i.line) AS line FROM inbox i JOIN spans s ON `+within("i.received_us")+`
			WHERE i.kind = 'message' AND i.line > 0 GROUP BY s.span, i.contact_id
		), waited AS (
			SELECT f.span, (SELECT min(o.ended_us) FROM outbox o WHERE o.contact_id = f.contact_id AND o.line > f.line AND o.state = 'sent')
				- i.received_us AS took_us FROM firsts f JOIN inbox i ON i.contact_id = f.contact_id AND i.line = f.line
		)
		SELECT span, (took_us + 50000) / 100000, count(*) FROM waited WHERE took_us >= 0 GROUP BY 1, 2 ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	out := make([]Replied, len(rows))
	for i, r := range rows {
		out[i] = Replied{Span: r.Span, Took: time.Duration(r.tenths) * 100 * time.Millisecond, Chats: r.Chats}
	}
	return out, nil
}
