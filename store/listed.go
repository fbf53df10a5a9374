package store

import (
	"context"
	"encoding/json"
	"time"
)

// Listed is a line of the desk's inbox: a ticket, or a chat without one, and whose it is.
type Listed struct {
	Ticket                  // ID is empty for a chat; ContactID and PatientID are always those of the chat, if there is one
	Name    string          // the patient's
	Called  string          // as the messenger calls whoever writes
	Phone   string          // the patient's
	Channel string          // empty = no messenger reaches them
	Owner   string          // who speaks for the clinic: a dialogs.Owner
	Branch  string          // where the visit is that it is about, or the patient's next or last one; empty = none
	Words   json.RawMessage // the last message that the patient wrote, a channels.Incoming; empty = none
	At      time.Time       // when they wrote it
	Line    int64           // its Line.Seq; who has read so far has read all
	Spot    Spot
}

// Spot is a place in a list, after which the next page begins.
type Spot struct {
	Rank, Order int64
	ID          string
}

// Listing chooses what the inbox shows; what is empty chooses nothing out.
type Listing struct {
	Whose   string    // an account: only what is theirs
	Nobodys bool      // only what is nobody's
	Closed  time.Time // what was closed since then, the newest first; zero = what is not closed, the most urgent first
	Kind    string
	Branch  string
	Channel string
	Except  []string // chats that are not patients'
	After   Spot
	Limit   int
	Now     time.Time
}

// Counted is how much there is to do.
type Counted struct {
	Open, Nobodys int
	Of            map[string]int // by account: what is theirs
}

// Lists are the desk's inbox.
type Lists interface {
	// ListTickets are a page of tickets.
	ListTickets(ctx context.Context, l Listing) ([]Listed, error)
	// ListChats are a page of the chats in which patients wrote last; of the Listing Channel, Except and After choose.
	ListChats(ctx context.Context, l Listing) ([]Listed, error)
	// CountTickets that are not closed.
	CountTickets(ctx context.Context) (Counted, error)
	// TicketKinds are the kinds of those that are not closed.
	TicketKinds(ctx context.Context) ([]string, error)
}

// placed is the branch of a ticket k: of its visit, of its patient's next visit, or of the last.
func placed(now string) string {
	visits := ` FROM appointments a WHERE a.patient_id = ` + patientOf + ` AND a.status <> 'cancelled' `
	return `COALESCE((SELECT a.branch FROM appointments a WHERE k.visit <> '' AND a.id = k.visit),
		(SELECT a.branch` + visits + `AND a.start_us >= ` + now + ` ORDER BY a.start_us LIMIT 1),
		(SELECT a.branch` + visits + `AND a.start_us < ` + now + ` ORDER BY a.start_us DESC LIMIT 1), '')`
}

const (
	patientOf = `COALESCE(k.patient_id, (SELECT c.patient_id FROM contacts c WHERE c.id = k.contact_id))`
	urgency   = `CASE k.priority WHEN 'alarm' THEN 0 WHEN 'high' THEN 1 ELSE 2 END`
	pressing  = `CASE WHEN k.deadline_us > 0 THEN k.deadline_us ELSE 9000000000000000000 END`
	heard     = `SELECT i.payload FROM inbox i WHERE i.contact_id = c.id AND i.line > 0 ORDER BY i.line DESC LIMIT 1`
	heardAt   = `SELECT i.received_us FROM inbox i WHERE i.contact_id = c.id AND i.line > 0 ORDER BY i.line DESC LIMIT 1`
)

// ListTickets implements Lists. What has to be looked up for each ticket is looked up in the order of the list, until the page is
// full: both databases hand on the rows of ahead as it has them.
func (t *tx) ListTickets(ctx context.Context, l Listing) ([]Listed, error) {
	var p params
	rank, order, where := urgency, pressing, `k.state IN ('open', 'taken')`
	if !l.Closed.IsZero() {
		rank, order, where = `0`, `-k.closed_us`, `k.state = 'closed' AND k.closed_us >= `+p.add(micros(l.Closed))
	}
	where += l.only(&p)
	if l.After.ID != "" {
		where += ` AND (` + rank + `, ` + order + `, k.id) > (` + p.add(l.After.Rank) + `, ` + p.add(l.After.Order) + `, ` + p.add(l.After.ID) + `)`
	}
	branch := placed(`CAST(` + p.add(micros(l.Now)) + ` AS BIGINT)`)
	text := `WITH ahead AS MATERIALIZED (
			SELECT k.id, k.contact_id, k.patient_id, k.visit, ` + rank + ` AS rank, ` + order + ` AS place FROM tickets k
			WHERE ` + where + ` ORDER BY 5, 6, 1),
		page AS (SELECT k.id, k.rank, k.place FROM ahead k WHERE ` + l.within(&p, branch) + ` ` + atMost(p.add(l.Limit)) + `)
		SELECT k.id, k.contact_id, COALESCE(k.patient_id, c.patient_id), k.task, k.kind, k.priority, k.state, k.health, k.note, k.visit, k.deadline_us,
			k.created_us, k.taken_by, k.closed_us, k.resolution, k.escalated_us, k.account, k.reason,
			p.full_name, COALESCE(c.name, ''), p.phone, COALESCE(c.channel, ''), COALESCE(v.owner, ''), ` + branch + `,
			(` + heard + `), (` + heardAt + `), COALESCE((SELECT MAX(i.line) FROM inbox i WHERE i.contact_id = c.id), 0),
			page.rank, page.place, page.id
		FROM page JOIN tickets k ON k.id = page.id LEFT JOIN contacts c ON c.id = k.contact_id
			LEFT JOIN patients p ON p.id = COALESCE(k.patient_id, c.patient_id) LEFT JOIN conversations v ON v.contact_id = c.id
		ORDER BY page.rank, page.place, page.id`
	return query(ctx, t, "listing tickets", listedFields, text, p...)
}

func listedFields(l *Listed) []any {
	return append(ticketFields(&l.Ticket), maybe{&l.Name}, &l.Called, maybe{&l.Phone}, &l.Channel, &l.Owner, &l.Branch,
		raw{&l.Words}, at{&l.At}, &l.Line, &l.Spot.Rank, &l.Spot.Order, &l.Spot.ID)
}

// only is what the listing chooses by what a ticket k is.
func (l Listing) only(p *params) (where string) {
	if l.Whose != "" {
		where += ` AND k.account = ` + p.add(l.Whose)
	}
	if l.Nobodys {
		where += ` AND k.taken_by = ''`
	}
	if l.Kind != "" {
		where += ` AND k.kind = ` + p.add(l.Kind)
	}
	return where
}

// within is what it chooses by the ticket's chat and patient.
func (l Listing) within(p *params, branch string) string {
	where := `1 = 1`
	if l.Channel != "" {
		where += ` AND (SELECT c.channel FROM contacts c WHERE c.id = k.contact_id) = ` + p.add(l.Channel)
	}
	if l.Branch != "" {
		where += ` AND ` + branch + ` = ` + p.add(l.Branch)
	}
	return where
}

// CountTickets implements Lists.
func (t *tx) CountTickets(ctx context.Context) (Counted, error) {
	type some struct {
		account string
		n, free int
	}
	found, err := query(ctx, t, "counting tickets", func(c *some) []any { return []any{&c.account, &c.n, &c.free} },
		`SELECT account, count(*), count(CASE WHEN taken_by = '' THEN 1 END) FROM tickets WHERE state IN ('open', 'taken') GROUP BY account`)
	all := Counted{Of: map[string]int{}}
	for _, c := range found {
		all.Open += c.n
		all.Nobodys += c.free
		if c.account != "" {
			all.Of[c.account] = c.n
		}
	}
	return all, err
}

// TicketKinds implements Lists.
func (t *tx) TicketKinds(ctx context.Context) ([]string, error) {
	return query(ctx, t, "reading kinds of tickets", scalar[string],
		`SELECT DISTINCT kind FROM tickets WHERE state IN ('open', 'taken') ORDER BY kind`)
}
