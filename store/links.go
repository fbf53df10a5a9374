package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Link is an address that a button opens through our own page, so that the click is counted and heard as a tap.
type Link struct {
	ID        string // nobody can guess it
	ContactID string
	URL       string
	Choice    string // what the click says to the conversation: channels.Choice.Data
	Place     string // dialog.state.choice, for the funnel; empty when the question was gone as it was sent
	CreatedAt time.Time
	ClickedAt time.Time // the first time; zero = never
}

// Links are the addresses behind buttons.
type Links interface {
	SaveLinks(ctx context.Context, l []Link) error
	// LinkByID finds a link; ErrNotFound when there is none, or its person was erased.
	LinkByID(ctx context.Context, id string) (Link, error)
	// Click notes the first click; false when there was one before.
	Click(ctx context.Context, id string, at time.Time) (first bool, err error)
	// MoveLinks gives the links of a chat whose choice begins so to another chat, where it begins otherwise.
	MoveLinks(ctx context.Context, from, to string, begins map[string]string) error
	// Clicked are those of the addresses that the patient has opened from any chat.
	Clicked(ctx context.Context, patient string, urls []string) ([]string, error)
}

const linkColumns = `id, contact_id, url, choice, place, created_us, clicked_us`

func linkFields(l *Link) []any {
	return []any{&l.ID, &l.ContactID, &l.URL, &l.Choice, &l.Place, at{&l.CreatedAt}, at{&l.ClickedAt}}
}

// SaveLinks implements Links.
func (t *tx) SaveLinks(ctx context.Context, links []Link) error {
	var rows [][]any
	for _, l := range links {
		if !t.erased[l.ContactID] {
			rows = append(rows, []any{l.ID, l.ContactID, l.URL, l.Choice, l.Place, micros(l.CreatedAt), micros(l.ClickedAt)})
		}
	}
	_, err := t.insert(ctx, "saving links", `INSERT INTO links (`+linkColumns+`)`, rows, "")
	return err
}

// LinkByID implements Links.
func (t *tx) LinkByID(ctx context.Context, id string) (Link, error) {
	found, err := query(ctx, t, "reading a link", linkFields, `SELECT `+linkColumns+` FROM links WHERE id = $1`, id)
	if err != nil {
		return Link{}, err
	}
	if len(found) == 0 {
		return Link{}, fmt.Errorf("reading a link: %w", ErrNotFound)
	}
	return found[0], nil
}

// Click implements Links.
func (t *tx) Click(ctx context.Context, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, "counting a click", `UPDATE links SET clicked_us = $1 WHERE id = $2 AND clicked_us = 0`, micros(at), id)
	return n > 0, err
}

// MoveLinks implements Links.
func (t *tx) MoveLinks(ctx context.Context, from, to string, begins map[string]string) error {
	for _, there := range slices.Sorted(maps.Keys(begins)) {
		_, err := t.exec(ctx, "moving links to another chat", `UPDATE links SET contact_id = $2, choice = $4 || substr(choice, length($3) + 1)
			WHERE contact_id = $1 AND substr(choice, 1, length($3)) = $3`, from, to, there, begins[there])
		if err != nil {
			return err
		}
	}
	return nil
}

// Clicked implements Links.
func (t *tx) Clicked(ctx context.Context, patient string, urls []string) ([]string, error) {
	if len(urls) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading which links were opened", scalar[string],
		`SELECT DISTINCT l.url FROM links l JOIN contacts c ON c.id = l.contact_id
		WHERE c.patient_id = `+p.add(patient)+` AND l.clicked_us > 0 AND l.url = ANY(`+p.add(urls)+`) ORDER BY l.url`, p...)
}
