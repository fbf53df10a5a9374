package runner

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// ofAge is from when on a phone is somebody's own: that of a child is a parent's.
const ofAge = 14

// join makes the chat that of the patient whom the clinic has known by this phone, when the messenger vouches that the
// phone is the writer's own. One typed by hand proves nothing. Where more than one may be meant, a human looks.
func (c *chat) join(ctx context.Context, m *channels.Incoming) error {
	phone, shared := c.row.Phone, m.Shared != nil && m.Shared.Own
	if phone == "" || !c.me.Consents["personal"] || c.unreadable() != nil || !shared && c.me.Row.Phone != "" {
		return nil
	}
	if c.me.Row.Phone == "" { // what is proven need not be asked
		if err := c.me.remember(nil, "phone", phone, c.now); err != nil {
			return err
		}
		c.me.Patient.Phone = phone
	}
	met, err := c.proven(ctx, phone)
	if err != nil {
		return err
	}
	unmet, err := c.unmet(ctx, phone)
	if err != nil {
		return err
	}
	others := append(slices.Clone(met), unmet...)
	if len(others) == 0 {
		return nil
	}
	if len(others) > 1 || c.isAnother(others[0]) {
		return c.doubt(ctx)
	}
	if len(met) > 0 {
		return c.meetAgain(ctx, others[0])
	}
	chats, err := c.tx.ContactsOf(ctx, c.row.PatientID)
	if err != nil || len(chats) > 1 || c.me.Row.External != "" { // somebody has brought them together by hand
		return err
	}
	return c.unite(ctx, others[0])
}

// doubt lets a human look at patients of one phone.
func (c *chat) doubt(ctx context.Context) error {
	t := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "same_phone"}
	return c.house.Desk.Once(ctx, c.tx, t, c.now)
}

// meetAgain joins somebody who has a chat in another messenger, and says so.
func (c *chat) meetAgain(ctx context.Context, p store.Patient) error {
	chats, err := c.tx.ContactsOf(ctx, p.ID)
	if err != nil || len(chats) == 0 {
		return err
	}
	if err := c.unite(ctx, p); err != nil {
		return err
	}
	return c.begin(ctx, dialogs.JoinedDialog, map[string]any{"messenger": c.messenger(chats[0].Channel)})
}

// joining begins what the program itself starts in the chats of one person.
const joining = "chats"

// messenger is what a channel is called in the language of the chat.
func (c *chat) messenger(channel string) string {
	return desk.Messenger(c.Scripts.Catalogue(), c.contact.Language, channel)
}

// proven are the other patients who have shown in a chat of theirs that the phone is their own.
func (c *chat) proven(ctx context.Context, phone string) ([]store.Patient, error) {
	chats, err := c.tx.ContactsOwning(ctx, phone)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range chats {
		if o.PatientID != c.row.PatientID && !slices.Contains(ids, o.PatientID) {
			ids = append(ids, o.PatientID)
		}
	}
	return c.tx.Patients(ctx, ids)
}

// unmet are the patients of the phone whom the clinic has known without a chat: its own system names them, or they
// have been here.
func (c *chat) unmet(ctx context.Context, phone string) ([]store.Patient, error) {
	list, err := c.tx.PatientsAt(ctx, []string{phone})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(p store.Patient) bool { return p.ID == c.row.PatientID })
	if len(list) == 0 {
		return nil, nil
	}
	ids := idsOf(list)
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

func idsOf(list []store.Patient) []string {
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids
}

// isAnother: what is known of both says that they are not one person.
func (c *chat) isAnother(p store.Patient) bool {
	me := c.me.Row
	for _, birth := range []string{p.Birth, me.Birth} {
		if born, err := time.Parse(time.DateOnly, birth); err == nil && born.AddDate(ofAge, 0, 0).After(c.now) {
			return true
		}
	}
	return me.FullName != "" && p.FullName != "" && !words.SameName(me.FullName, p.FullName) ||
		me.Birth != "" && p.Birth != "" && me.Birth != p.Birth ||
		me.External != "" && p.External != "" && me.External != p.External
}

// unite makes one patient of the chat's and another: of the one whom the clinic's own system names, if it is one of
// them. Nobody steps a chat of theirs meanwhile, or it would go on as the one who is no more.
func (c *chat) unite(ctx context.Context, other store.Patient) error {
	from, into := c.row.PatientID, other.ID
	if c.me.Row.External != "" {
		from, into = into, from
	}
	var chats []string
	for _, id := range []string{from, into} {
		of, err := c.tx.ContactsOf(ctx, id)
		if err != nil {
			return err
		}
		for _, o := range of {
			chats = append(chats, o.ID)
		}
	}
	if err := c.tx.LockChats(ctx, chats); err != nil {
		return err
	}
	both, err := c.latest(ctx, from, into)
	if err != nil {
		return err
	}
	if both[from].ID == "" || both[into].ID == "" { // united meanwhile
		return nil
	}
	if err := booking.Unite(ctx, c.tx, both[from], both[into], c.now); err != nil {
		return err
	}
	people, err := c.peopleByID(ctx, c.tx, []string{into})
	if err != nil {
		return err
	}
	now := people[into]
	*c.me.Patient = *now.Patient // the step that is under way sees it too
	now.Patient = c.me.Patient
	for _, o := range c.beside {
		if o == c || o.row.PatientID == from || o.row.PatientID == into {
			o.become(from, now)
		}
	}
	c.become(from, now)
	c.events = append(c.events, store.Event{
		At: c.now, Name: "patient.joined", ContactID: c.row.ID, PatientID: into, Channel: c.row.Channel, Ref: from,
	})
	return nil
}

// latest are patients as the database has them, or as a step of this transaction is about to write them.
func (c *chat) latest(ctx context.Context, ids ...string) (map[string]store.Patient, error) {
	list, err := c.tx.Patients(ctx, ids)
	if err != nil {
		return nil, err
	}
	known := map[string]store.Patient{}
	for _, p := range list {
		if p.ErasedAt.IsZero() {
			known[p.ID] = p
		}
	}
	for _, o := range append(slices.Collect(maps.Values(c.beside)), c) {
		if p := o.me; p != nil && p.changed && known[p.Row.ID].ID != "" {
			known[p.Row.ID] = p.Row
		}
	}
	return known, nil
}

// become goes on as the patient; what the chat has learned went over to them.
func (c *chat) become(from string, p *person) {
	c.me, c.row.PatientID = p, p.Row.ID
	if c.contact != nil {
		c.contact.PatientID = p.Row.ID
		c.contact.Lead = p.Patient.NextVisit == nil && p.Patient.LastVisit == nil
	}
	for i := range c.events {
		if c.events[i].PatientID == from {
			c.events[i].PatientID = p.Row.ID
		}
	}
	for i := range c.told {
		if c.told[i].PatientID == from {
			c.told[i].PatientID = p.Row.ID
		}
	}
}

// ownPhone is a phone as networks write it: in full, with or without its plus.
func ownPhone(told string) (string, bool) {
	if told == "" {
		return "", false
	}
	return words.Phone("+" + strings.TrimPrefix(told, "+"))
}
