package runner

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// asContact is the row as scripts see it.
func (c *chat) asContact() (contact *dialogs.Contact, err error) {
	contact = &dialogs.Contact{
		ID: c.row.ID, Address: channels.Address{Channel: channels.ID(c.row.Channel), Chat: c.row.Chat}, PatientID: c.row.PatientID,
		Channel: c.row.Channel, Name: c.row.Name, Language: c.row.Language, Zone: c.row.Zone, Source: c.row.Source,
	}
	c.standing(contact)
	contact.Memory, err = booking.Memory(c.row.Memory, c.Scripts.Memory.Contact, c.Clinic.In(c.row.Language), c.now)
	return contact, err
}

// standing tells scripts where the conversation stands.
func (c *chat) standing(contact *dialogs.Contact) {
	contact.Lead, contact.Quiet, contact.Dialogs = c.me.Patient.NextVisit == nil && c.me.Patient.LastVisit == nil, nil, nil
	if at := c.conversation.LastIn; at != 0 {
		contact.Quiet = &dialogs.MomentValue{At: time.UnixMicro(at), Zone: c.zone().String()}
	}
	if n := len(c.conversation.Tasks); n > 0 {
		for _, f := range c.conversation.Tasks[n-1].Frames {
			contact.Dialogs = append(contact.Dialogs, f.Dialog)
		}
	}
	c.me.Patient.Waiting = nil
	for _, t := range c.conversation.Tasks {
		if name, ok := strings.CutPrefix(t.Origin, "timeline "); ok {
			c.me.Patient.Waiting = append(c.me.Patient.Waiting, name)
		}
	}
}

// scene is the world as the engine sees it in one step.
func (c *chat) scene() *engine.Scene {
	clinic := c.Clinic.In(c.contact.Language)
	return &engine.Scene{
		Now: c.now, Contact: c.contact, Me: c.me.Patient, Sealer: c.Sealer,
		Clinic: clinic.Clinic("", c.now), Catalog: clinic, Desk: clinic.Desk(),
		Consent:  func(kind string) bool { return c.me.Consents[kind] },
		Document: c.document,
		Patient:  c.relative, Unchanged: c.unchanged, Call: c.call, Remember: c.remember, Variant: c.variant, Passed: c.Passed, Human: c.comesBack,
	}
}

// comesBack opens again what a human has closed a while ago, unless the person is in the middle of something with the bot.
func (c *chat) comesBack(ctx context.Context) (bool, error) {
	if c.unended(c.conversation) {
		return false, nil
	}
	return c.house.Desk.Reopen(ctx, c.tx, c.row.ID, c.now)
}

// document stands behind a consent; a text kept in careline.yaml is read on our own page.
func (c *chat) document(kind string) *dialogs.ConsentDocument {
	doc := c.Clinic.In(c.contact.Language).Document(kind)
	if doc != nil && doc.URL == "" {
		doc.URL = c.Public + "/documents/" + kind + "?lang=" + c.contact.Language
	}
	return doc
}

// relative finds a patient the contact may speak for; nil when there is none.
func (c *chat) relative(ctx context.Context, id string) (*dialogs.Patient, error) {
	p, err := c.personByID(ctx, id)
	if err != nil || p == nil {
		return nil, err
	}
	return p.Patient, nil
}

// unchanged compares visits as a talk remembers them with those in the book.
func (c *chat) unchanged(ctx context.Context, visits []*dialogs.Visit) (bool, error) {
	was := map[string]*dialogs.Visit{}
	for _, v := range visits {
		was[v.ID] = v
	}
	now, err := c.tx.AppointmentsByID(ctx, slices.Collect(maps.Keys(was)))
	if err != nil {
		return false, fmt.Errorf("reading visits: %w", err)
	}
	return len(now) == len(was) && !slices.ContainsFunc(now, func(a store.Appointment) bool {
		return a.Status != was[a.ID].Status || !a.Start.Equal(was[a.ID].Start.At)
	}), nil
}

func (c *chat) personByID(ctx context.Context, id string) (*person, error) {
	if id == "" || id == c.row.PatientID {
		return c.me, nil
	}
	if p := c.met[id]; p != nil {
		return p, nil
	}
	family, err := c.tx.Family(ctx, c.row.PatientID)
	if err != nil {
		return nil, fmt.Errorf("reading the family: %w", err)
	}
	ids := make([]string, len(family))
	for i, p := range family {
		ids[i] = p.ID
	}
	people, err := c.peopleByID(ctx, c.tx, ids)
	if err != nil {
		return nil, err
	}
	maps.Copy(people, c.met) // whom we have met keep what was learned of them in this step
	c.met = people
	return c.met[id], nil
}

// call performs an action in this transaction.
func (c *chat) call(ctx context.Context, call engine.Call) (engine.Result, error) {
	action, ok := c.actions[call.Name]
	if !ok {
		return engine.Result{}, fmt.Errorf("unknown action %s", call.Name)
	}
	result, err := action.Do(ctx, &actions.Scene{
		Call: call, House: c.house, Tx: c.tx, Now: c.now, Contact: c.contact, Me: c.me.Patient, View: c.view(),
		Remember: c.remember, Talks: c,
	})
	if err != nil {
		return result, fmt.Errorf("calling %s: %w", call.Name, err)
	}
	if result.Forgets {
		return result, c.forget(ctx)
	}
	return result, c.refresh(ctx, call)
}

// refresh reads again what the action changed.
func (c *chat) refresh(ctx context.Context, call engine.Call) error {
	changes := c.actions[call.Name].Changes
	me := map[string]*booking.Person{c.row.PatientID: c.me.Person}
	if changes&actions.Consents != 0 {
		if err := c.house.Reception.ReadConsents(ctx, c.tx, me); err != nil {
			return err
		}
	}
	if changes&actions.Visits != 0 {
		return c.house.Reception.ReadVisits(ctx, c.tx, me, c.now)
	}
	return nil
}

func (c *chat) view() dialogs.View {
	zone := dialogs.ZoneNamed(c.contact.Zone)
	if zone == nil {
		zone = c.zone()
	}
	return dialogs.View{Language: c.contact.Language, Zone: zone, Now: c.now}
}

// remember writes into memory. The engine has changed the record that scripts see already.
func (c *chat) remember(ctx context.Context, scope, id, name string, value any) error {
	if scope == "contact" {
		return c.rememberChat(name, value)
	}
	p, err := c.personByID(ctx, id)
	if err != nil {
		return err
	}
	if p == nil {
		return fmt.Errorf("remembering %s: the patient is not one the contact may speak for", name)
	}
	return p.remember(c.Scripts.Memory.Patient, name, value, c.now)
}

func (c *chat) rememberChat(name string, value any) (err error) {
	c.rowChanged = true
	text, _ := value.(string)
	switch name {
	case "language":
		c.row.Language = text
	case "zone":
		c.row.Zone = text
	case "name":
		c.row.Name = text
	default:
		c.row.Memory, err = booking.Remembered(c.row.Memory, c.Scripts.Memory.Contact, name, value, c.now)
	}
	return err
}

// testShown is the event of a patient who meets a variant of an A/B test.
const testShown = "test.shown"

// variant is the same for one patient and test for ever.
func (c *chat) variant(test string) string {
	v := c.journey.Variant(test, c.row.PatientID)
	if v != "" {
		c.events = append(c.events, store.Event{
			At: c.now, Name: testShown, ContactID: c.row.ID, PatientID: c.row.PatientID, Channel: c.row.Channel, Value: test + "=" + v,
		})
	}
	return v
}
