package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/dialogs/words"
	"careline/store"
)

// ofAge is from when on a phone is somebody's own: that of a child is a parent's.
const ofAge = 14

// join makes the chat that of the patient whom the clinic has known by this phone, when the messenger vouches that the
// phone is the writer's own. One typed by hand proves nothing. Where more than one may be meant, a human looks.
func (c *chat) join(ctx context.Context, m *channels.Incoming) error {
	if m.Shared == nil || !m.Shared.Own || !c.me.Consents["personal"] || c.unreadable() != nil {
		return nil
	}
	phone, ok := words.Phone("+" + strings.TrimPrefix(m.Shared.Phone, "+"))
	if !ok || c.me.Row.External != "" {
		return nil
	}
	others, err := c.unmet(ctx, phone)
	if err != nil || len(others) == 0 {
		return err
	}
	if len(others) > 1 || c.isAnother(others[0]) {
		doubt := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "same_phone"}
		return c.house.Desk.Once(ctx, c.tx, doubt, c.now)
	}
	chats, err := c.tx.ContactsOf(ctx, c.row.PatientID)
	if err != nil || len(chats) > 1 { // somebody has brought them together by hand
		return err
	}
	return c.become(ctx, others[0])
}

// unmet are the patients of the phone whom the clinic has known without a chat: its own system names them, or they
// have been here.
func (c *chat) unmet(ctx context.Context, phone string) ([]store.Patient, error) {
	list, err := c.tx.PatientsAt(ctx, []string{phone})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(p store.Patient) bool { return p.ID == c.row.PatientID })
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	if err := c.tx.LockPatients(ctx, ids); err != nil {
		return nil, err
	}
	reach, err := c.tx.Reach(ctx, ids)
	if err != nil {
		return nil, err
	}
	visits, err := c.tx.AppointmentsOf(ctx, ids, time.Unix(0, 0), c.now)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(p store.Patient) bool {
		met := slices.ContainsFunc(reach, func(r store.Reach) bool { return r.PatientID == p.ID && r.Own })
		been := slices.ContainsFunc(visits, func(a store.Appointment) bool { return a.PatientID == p.ID })
		return met || p.External == "" && !been
	}), nil
}

// isAnother: what is known of both says that they are not one person.
func (c *chat) isAnother(p store.Patient) bool {
	if born, err := time.Parse(time.DateOnly, p.Birth); err == nil && born.AddDate(ofAge, 0, 0).After(c.now) {
		return true
	}
	me := c.me.Row
	return me.FullName != "" && p.FullName != "" && !words.SameName(me.FullName, p.FullName) ||
		me.Birth != "" && p.Birth != "" && me.Birth != p.Birth
}

// become goes on as the patient; what the chat has learned goes over to them.
func (c *chat) become(ctx context.Context, p store.Patient) error {
	before := c.me.Row
	if err := c.tx.Join(ctx, before.ID, p.ID, c.now); err != nil {
		return err
	}
	merged, err := merge(p, before)
	if err != nil {
		return err
	}
	if err := c.tx.SavePatients(ctx, []store.Patient{merged}); err != nil {
		return fmt.Errorf("saving a joined patient: %w", err)
	}
	if before.SnoozedUntil.After(c.now) {
		if err := c.tx.Snooze(ctx, p.ID, before.SnoozedUntil); err != nil {
			return err
		}
	}
	people, err := c.peopleByID(ctx, c.tx, []string{p.ID})
	if err != nil {
		return err
	}
	c.me, c.row.PatientID, c.contact.PatientID = people[p.ID], p.ID, p.ID
	c.contact.Lead = c.me.Patient.NextVisit == nil && c.me.Patient.LastVisit == nil
	for i := range c.events {
		c.events[i].PatientID = p.ID
	}
	for i := range c.told {
		if c.told[i].PatientID == before.ID {
			c.told[i].PatientID = p.ID
		}
	}
	c.events = append(c.events, store.Event{
		At: c.now, Name: "patient.joined", ContactID: c.row.ID, PatientID: p.ID, Channel: c.row.Channel, Ref: before.ID,
	})
	return nil
}

// merge is the patient with what was not known of them, and what they said last of themselves.
func merge(p, chat store.Patient) (store.Patient, error) {
	for _, v := range []struct {
		to   *string
		from string
	}{{&p.FullName, chat.FullName}, {&p.Birth, chat.Birth}, {&p.Channel, chat.Channel}} {
		if *v.to == "" {
			*v.to = v.from
		}
	}
	for _, t := range chat.Tags {
		if !slices.Contains(p.Tags, t) {
			p.Tags = append(slices.Clone(p.Tags), t)
		}
	}
	if len(chat.Memory) == 0 {
		return p, nil
	}
	all, newer := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if len(p.Memory) > 0 {
		if err := json.Unmarshal(p.Memory, &all); err != nil {
			return p, fmt.Errorf("reading what is remembered: %w", err)
		}
	}
	if err := json.Unmarshal(chat.Memory, &newer); err != nil {
		return p, fmt.Errorf("reading what is remembered: %w", err)
	}
	maps.Copy(all, newer)
	memory, err := json.Marshal(all)
	p.Memory = memory
	return p, err
}
