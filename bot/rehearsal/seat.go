package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/dialogs/transcript"
	"careline/dialogs/words"
	"careline/store"
)

// seat makes the patient of the card known to the clinic.
func (p *play) seat(ctx context.Context) error {
	card := p.script.Patient
	if card == nil {
		return nil
	}
	return p.runner.Load().Store.Tx(ctx, func(tx store.Tx) error {
		now := p.clock.Now()
		met, err := tx.Meet(ctx, []store.Contact{{
			ID: p.id(), PatientID: p.id(), Channel: string(p.chat.Channel), Chat: p.chat.Chat, Language: p.language(), CreatedAt: now,
			HeardAt: now.Add(-booked), // nobody becomes known without having written
		}})
		if err != nil {
			return err
		}
		phone, _ := words.Phone(card.Phone)
		patient := store.Patient{ID: met[0].PatientID, FullName: card.Name, Phone: phone, Birth: card.Birth, Tags: card.Tags, CreatedAt: now}
		if err := tx.SavePatients(ctx, []store.Patient{patient}); err != nil {
			return err
		}
		for _, kind := range card.Consents {
			consent := store.Consent{
				PatientID: patient.ID, Kind: kind, Given: true, Version: "transcript", Language: p.language(), Channel: string(p.chat.Channel),
				ContactID: met[0].ID, At: now,
			}
			if err := tx.RecordConsents(ctx, []store.Consent{consent}); err != nil {
				return err
			}
		}
		if err := p.bookAll(ctx, tx, met[0], patient.ID, card.Visits); err != nil {
			return err
		}
		if err := p.seatFamily(ctx, tx, met[0], card.Family); err != nil {
			return err
		}
		return p.prescribe(ctx, tx, patient.ID, card)
	})
}

func (p *play) language() string { return spoken(p.script) }

// spoken is the language of the patient's messenger.
func spoken(t *transcript.Transcript) string { return cmp.Or(t.Language, "ru") }

func (p *play) seatFamily(ctx context.Context, tx store.Tx, c store.Contact, family []transcript.Relative) error {
	for _, one := range family {
		ward := store.Patient{ID: p.id(), FullName: one.Name, Birth: one.Birth, CreatedAt: p.clock.Now()}
		if err := tx.SavePatients(ctx, []store.Patient{ward}); err != nil {
			return err
		}
		if err := tx.AddFamily(ctx, store.Kinship{Guardian: c.PatientID, Ward: ward.ID, Kin: one.Kin, Since: p.clock.Now()}); err != nil {
			return err
		}
		if err := p.bookAll(ctx, tx, c, ward.ID, one.Visits); err != nil {
			return err
		}
	}
	return nil
}

// booked is how long before the conversation, or before a visit of the past, the card's visits were booked.
const booked = 7 * 24 * time.Hour

func (p *play) bookAll(ctx context.Context, tx store.Tx, c store.Contact, patient string, visits []transcript.Visit) error {
	visits = slices.SortedFunc(slices.Values(visits), func(a, b transcript.Visit) int { return a.At.On(p.now()).Compare(b.At.On(p.now())) })
	for i, v := range visits {
		service, err := p.service(v)
		if err != nil {
			return err
		}
		start := v.At.On(p.now())
		at := earlier(start, p.clock.Now()).Add(-booked)
		a := store.Appointment{
			ID: p.id(), PatientID: patient, ContactID: c.ID, Service: service.ID, Branch: p.Clinic.Branches[0].ID, Status: store.StatusBooked,
			Start: start, First: i == 0, CreatedAt: at, UpdatedAt: at, StatusAt: at,
		}
		if err := p.book(ctx, tx, a, service); err != nil {
			return fmt.Errorf("booking the card's visit at %s: %w", start, err)
		}
	}
	return nil
}

func (p *play) service(v transcript.Visit) (*booking.Service, error) {
	service := p.Clinic.Services[0]
	if v.Service != "" {
		service = p.Clinic.Service(v.Service)
	}
	if service == nil {
		p.pos = v.Pos
		return nil, p.mistake("a service of the clinic", "there is no "+v.Service)
	}
	return service, nil
}

// book gives the patient a visit with the first practitioners who do the service and are free. One of the past
// has taken place.
func (p *play) book(ctx context.Context, tx store.Tx, a store.Appointment, service *booking.Service) error {
	for who := range len(service.Parts[0].By) {
		a.Parts = nil
		at := a.Start
		for _, share := range service.Parts {
			end := at.Add(share.Duration)
			a.Parts = append(a.Parts, store.Part{Practitioner: share.By[min(who, len(share.By)-1)].ID, Start: at, End: end})
			if service.Order != booking.Together {
				at = end
			}
			a.End = end
		}
		if !a.End.After(p.clock.Now()) {
			a.Status, a.StatusAt, a.UpdatedAt = store.StatusFulfilled, a.End, a.End
		}
		err := tx.Book(ctx, a, p.clock.Now())
		if !errors.Is(err, store.ErrTaken) {
			return err
		}
	}
	return store.ErrTaken
}

// prescribe writes down what the doctor has set.
func (p *play) prescribe(ctx context.Context, tx store.Tx, patient string, card *transcript.Card) error {
	var steps []store.Step
	add := func(v transcript.Visit, course, title string, number int) error {
		service, err := p.service(v)
		if err != nil {
			return err
		}
		steps = append(steps, store.Step{
			ID: p.id(), PatientID: patient, Course: course, Number: number, Title: cmp.Or(title, p.Clinic.In(p.language()).Service(service.ID).Title), Service: service.ID,
			Due: v.At.On(p.now()), State: "active", CreatedAt: p.clock.Now(),
		})
		return nil
	}
	for _, course := range card.Courses {
		id := p.id()
		for i, v := range course.Steps {
			if err := add(v, id, course.Title, i+1); err != nil {
				return err
			}
		}
	}
	for _, v := range card.Prevention {
		if err := add(v, "", "", 1); err != nil {
			return err
		}
	}
	return tx.SaveSteps(ctx, steps)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
