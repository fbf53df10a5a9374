package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

const contactColumns = `id, channel, chat, patient_id, name, language, zone, source, memory, created_us, blocked_us, phone, heard_us`

func contactFields(c *Contact) []any {
	return []any{&c.ID, &c.Channel, &c.Chat, &c.PatientID, &c.Name, &c.Language, &c.Zone, &c.Source,
		raw{&c.Memory}, at{&c.CreatedAt}, at{&c.BlockedAt}, &c.Phone, at{&c.HeardAt}}
}

func contactRow(c Contact) []any {
	return []any{c.ID, c.Channel, c.Chat, c.PatientID, c.Name, c.Language, c.Zone, c.Source,
		c.Memory, micros(c.CreatedAt), micros(c.BlockedAt), c.Phone, micros(c.HeardAt)}
}

// Meet implements Contacts.
func (t *tx) Meet(ctx context.Context, met []Contact) ([]Contact, error) {
	if len(met) == 0 {
		return nil, nil
	}
	known, err := t.contactsAt(ctx, met)
	if err != nil {
		return nil, err
	}
	var strangers []Contact
	for _, c := range met {
		if _, ok := known[address(c)]; !ok {
			strangers = append(strangers, c)
		}
	}
	if len(strangers) > 0 {
		if err := t.welcome(ctx, latest(strangers, address)); err != nil {
			return nil, err
		}
		if known, err = t.contactsAt(ctx, met); err != nil {
			return nil, err
		}
	}
	found := make([]Contact, len(met))
	for i, c := range met {
		found[i] = known[address(c)]
	}
	return found, nil
}

// ContactAt implements Contacts.
func (t *tx) ContactAt(ctx context.Context, channel, chat string) (Contact, error) {
	asked := Contact{Channel: channel, Chat: chat}
	known, err := t.contactsAt(ctx, []Contact{asked})
	if err != nil {
		return Contact{}, err
	}
	c, ok := known[address(asked)]
	if !ok {
		return Contact{}, fmt.Errorf("finding a contact: %w", ErrNotFound)
	}
	return c, nil
}

func address(c Contact) string { return c.Channel + "\x00" + clean(c.Chat) }

func (t *tx) contactsAt(ctx context.Context, addresses []Contact) (map[string]Contact, error) {
	known := make(map[string]Contact, len(addresses))
	for len(addresses) > 0 {
		some := addresses[:t.portion(len(addresses), 2)]
		addresses = addresses[len(some):]
		rows := make([][]any, len(some))
		for i, c := range some {
			rows[i] = []any{c.Channel, c.Chat}
		}
		table, args := t.table(rows)
		contacts, err := query(ctx, t, "finding contacts", contactFields,
			`SELECT `+contactColumns+` FROM contacts WHERE (channel, chat) IN (`+table+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range contacts {
			known[address(c)] = c
		}
	}
	return known, nil
}

// welcome makes contacts, each with its thread and its own patient; of two processes that meet one
// address at the same time, the second leaves its contact out.
func (t *tx) welcome(ctx context.Context, strangers []Contact) error {
	for _, c := range strangers {
		if c.ID == "" || c.PatientID == "" {
			return errors.New("making a contact: it needs an id and a patient's id")
		}
	}
	slices.SortFunc(strangers, func(a, b Contact) int { return strings.Compare(address(a), address(b)) }) // against deadlocks
	var threads, patients [][]any
	for _, c := range strangers {
		made, err := t.insert(ctx, "making a contact", `INSERT INTO contacts (`+contactColumns+`)`, [][]any{contactRow(c)},
			`ON CONFLICT (channel, chat) DO NOTHING`)
		if err != nil {
			return err
		}
		if made > 0 {
			threads = append(threads, []any{c.ID})
			patients = append(patients, []any{c.PatientID, micros(c.CreatedAt)})
		}
	}
	if _, err := t.insert(ctx, "making a thread", `INSERT INTO threads (contact_id)`, threads, ""); err != nil {
		return err
	}
	_, err := t.insert(ctx, "making a patient", `INSERT INTO patients (id, created_us)`, patients, `ON CONFLICT (id) DO NOTHING`)
	return err
}

// Contacts implements Contacts.
func (t *tx) Contacts(ctx context.Context, ids []string) ([]Contact, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading contacts", contactFields,
		`SELECT `+contactColumns+` FROM contacts WHERE id = ANY(`+p.add(ids)+`) ORDER BY id`, p...)
}

// ContactsOf implements Contacts.
func (t *tx) ContactsOf(ctx context.Context, patient string) ([]Contact, error) {
	return query(ctx, t, "reading a patient's contacts", contactFields,
		`SELECT `+contactColumns+` FROM contacts WHERE patient_id = $1 AND erased_us = 0 ORDER BY created_us DESC, id`, patient)
}

// ContactsOwning implements Contacts.
func (t *tx) ContactsOwning(ctx context.Context, phone string) ([]Contact, error) {
	return query(ctx, t, "looking for the chats of a phone", contactFields,
		`SELECT `+contactColumns+` FROM contacts WHERE phone = $1 AND phone <> '' AND erased_us = 0 ORDER BY created_us DESC, id`, phone)
}

// LockChats implements Contacts.
func (t *tx) LockChats(ctx context.Context, contacts []string) error { return t.keep(ctx, contacts) }

// Blocked implements Contacts.
func (t *tx) Blocked(ctx context.Context, contact string, at time.Time) error {
	_, err := t.exec(ctx, "marking a contact blocked", `UPDATE contacts SET blocked_us = $1 WHERE id = $2 AND erased_us = 0`, micros(at), contact)
	return err
}

// SaveContacts implements Contacts.
func (t *tx) SaveContacts(ctx context.Context, contacts []Contact) error {
	var rows [][]any
	for _, c := range latest(contacts, func(c Contact) string { return c.ID }) {
		rows = append(rows, contactRow(c))
		t.changes(c.PatientID)
	}
	_, err := t.insert(ctx, "saving contacts", `INSERT INTO contacts (`+contactColumns+`)`, rows,
		`ON CONFLICT (id) DO UPDATE SET chat = excluded.chat, patient_id = excluded.patient_id, name = excluded.name,
			language = excluded.language, zone = excluded.zone, source = excluded.source, memory = excluded.memory,
			blocked_us = excluded.blocked_us, phone = excluded.phone, heard_us = excluded.heard_us
		WHERE contacts.erased_us = 0`)
	return err
}
