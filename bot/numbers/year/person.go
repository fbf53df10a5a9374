package year

import (
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/store"
)

// person is a chat and its patient.
type person struct {
	*year
	contact, patient string
	channel          string
	branch           string // where the person goes; empty = the city's
	task             int
	personal         bool // consents that were given
	health           bool
	advertising      bool
}

var channels = []weighted[string]{{"telegram", 55}, {"web", 35}, {"whatsapp", 10}}

// channels in which people write.
func (y *year) channels() []weighted[string] {
	if y.Messengers {
		return slices.DeleteFunc(slices.Clone(channels), func(c weighted[string]) bool { return c.value == "web" })
	}
	return channels
}

var sources = []weighted[string]{{"", 30}, {"site", 25}, {"maps", 20}, {"ads", 15}, {"friend", 10}}

// arrives: somebody new writes.
func (y *year) arrives(now time.Time) error {
	p := &person{year: y, contact: y.id(), patient: y.id(), channel: one(y, y.channels())}
	if others := y.Clinic.Branches[1:]; y.Everywhere && len(others) > 0 && y.ids%3 == 0 {
		p.branch = others[y.ids/3%len(others)].ID
	}
	source := one(y, sources)
	name := nameOf(y.Language, y.rand.Uint64())
	met := store.Contact{
		ID: p.contact, PatientID: p.patient, Channel: p.channel, Chat: "year " + p.contact, Name: name, Language: y.Language, Source: source, CreatedAt: now,
	}
	if _, err := y.tx.Meet(y.ctx, []store.Contact{met}); err != nil {
		return err
	}
	row := store.Patient{ID: p.patient, FullName: name, Phone: fmt.Sprintf("+7900%07d", y.ids), CreatedAt: now}
	if err := y.tx.SavePatients(y.ctx, []store.Patient{row}); err != nil {
		return err
	}
	if err := p.writes(now); err != nil {
		return err
	}
	willing := 0.985
	if source == "ads" {
		willing = 0.96
	}
	return p.enquires(now, "start", willing)
}

// writes a first word, which is answered at once, or a little later when much is going on.
func (p *person) writes(now time.Time) error {
	in := store.Input{
		Channel: p.channel, ExternalID: p.id(), ContactID: p.contact, Kind: store.MessageInput, Payload: []byte(`{"text":"Здравствуйте"}`),
		ReceivedAt: now, EndedAt: now,
	}
	if _, err := p.tx.Accept(p.ctx, []store.Input{in}); err != nil {
		return err
	}
	out := store.Output{
		ID: p.id(), ContactID: p.contact, Channel: p.channel, Chat: "year " + p.contact, Class: "service", Payload: []byte(`{"text":"Здравствуйте!"}`), CreatedAt: now,
	}
	if err := p.tx.Put(p.ctx, []store.Output{out}); err != nil {
		return err
	}
	took := time.Duration(200+p.rand.IntN(900)) * time.Millisecond
	if p.chance(0.04) {
		took += time.Duration(p.rand.IntN(5000)) * time.Millisecond
	}
	_, err := p.tx.Sent(p.ctx, []store.Delivery{{ID: out.ID, Receipt: out.ID, At: now.Add(took)}})
	return err
}

// says an event of the task.
func (p *person) says(at time.Time, name, dialog, state, value string) {
	p.tell(store.Event{
		At: at, Name: name, ContactID: p.contact, PatientID: p.patient, Channel: p.channel, Task: p.task, Dialog: dialog, State: state, Value: value,
	})
}

// answers a document.
func (p *person) consents(at time.Time, kind string, given bool) error {
	name := map[bool]string{true: "consent.given", false: "consent.refused"}[given]
	p.says(at, name, "consent", "", kind)
	return p.tx.RecordConsents(p.ctx, []store.Consent{{
		PatientID: p.patient, Kind: kind, Given: given, Version: p.Clinic.Consent(kind).Version, Language: p.Language, Channel: p.channel, ContactID: p.contact, At: at,
	}})
}

// variant of a test that the person gets.
func (p *person) variant(test string) string {
	if declared := p.Scripts.Journey.Tests[test]; declared != nil {
		return declared.Variant(p.patient)
	}
	return ""
}

func (p *person) matter() booking.Matter {
	return booking.Matter{Contact: p.contact, Task: p.task, Patient: p.patient, Channel: p.channel, Language: p.Language}
}

// ticket asks for a human, who answers in time, late, or not at all.
func (p *person) ticket(now time.Time, kind, priority, visit string, within time.Duration) error {
	t := store.Ticket{
		ID: p.id(), ContactID: p.contact, PatientID: p.patient, Kind: kind, Priority: priority, State: "open", Visit: visit, CreatedAt: now, Deadline: now.Add(within),
	}
	if err := p.tx.OpenTickets(p.ctx, []store.Ticket{t}); err != nil {
		return err
	}
	note := func(at time.Time, name, value string) {
		p.tell(store.Event{At: at, Name: name, ContactID: p.contact, PatientID: p.patient, Value: value, Ref: t.ID})
	}
	note(now, "ticket.opened", kind)
	answered := p.between(now, time.Minute, within)
	late := p.chance(0.12)
	if late {
		answered = p.between(t.Deadline, time.Minute, 3*time.Hour)
		p.at(t.Deadline, func(now time.Time) error {
			note(now, "ticket.late", kind)
			return nil
		})
	}
	p.at(answered, func(now time.Time) error {
		note(now, "ticket.answered", map[bool]string{true: "late", false: "in_time"}[late])
		t.State, t.TakenBy, t.ClosedAt, t.Resolution = "closed", "administrator", now, "closed"
		return p.tx.SaveTickets(p.ctx, []store.Ticket{t})
	})
	return nil
}
