package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/dialogs/transcript"
	"careline/dialogs/words"
	"careline/store"
)

// now is the time of the transcript, in its zone.
func (p *play) now() time.Time { return p.clock.Now().In(p.script.Now.Location()) }

// contact of the patient.
func (p *play) contact(ctx context.Context, tx store.Tx) (store.Contact, error) {
	c, err := tx.ContactAt(ctx, string(p.chat.Channel), p.chat.Chat)
	if errors.Is(err, store.ErrNotFound) {
		return c, p.mistake("a patient who has written", "nobody wrote yet")
	}
	return c, err
}

// seat makes the patient of the card known to the clinic.
func (p *play) seat(ctx context.Context) error {
	card := p.script.Patient
	if card == nil {
		return nil
	}
	return p.Store.Tx(ctx, func(tx store.Tx) error {
		now := p.clock.Now()
		met, err := tx.Meet(ctx, []store.Contact{{
			ID: p.id(), PatientID: p.id(), Channel: string(p.chat.Channel), Chat: p.chat.Chat, Language: p.language(), CreatedAt: now,
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
		for _, v := range card.Visits {
			if err := p.book(ctx, tx, met[0], v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *play) language() string { return cmp.Or(p.script.Language, "ru") }

// book gives the patient a visit with the first practitioners who do the service.
func (p *play) book(ctx context.Context, tx store.Tx, c store.Contact, v transcript.Visit) error {
	service := p.Clinic.Services[0]
	if v.Service != "" {
		service = p.Clinic.Service(v.Service)
	}
	if service == nil {
		return p.mistake("a service of the clinic", "there is no "+v.Service)
	}
	start := v.At.On(p.now())
	a := store.Appointment{
		ID: p.id(), PatientID: c.PatientID, ContactID: c.ID, Service: service.ID, Branch: p.Clinic.Branches[0].ID, Status: store.StatusBooked,
		Start: start, CreatedAt: p.clock.Now(), UpdatedAt: p.clock.Now(), StatusAt: p.clock.Now(),
	}
	at := start
	for _, share := range service.Parts {
		end := at.Add(share.Duration)
		a.Parts = append(a.Parts, store.Part{Practitioner: share.By[0].ID, Start: at, End: end})
		if service.Order != booking.Together {
			at = end
		}
		a.End = end
	}
	if err := tx.Book(ctx, a, p.clock.Now()); err != nil {
		return fmt.Errorf("booking the card's visit at %s: %w", start, err)
	}
	return nil
}

// taken lets somebody else have that time, with everybody who is still free.
func (p *play) taken(ctx context.Context, at time.Time) error {
	return p.Store.Tx(ctx, func(tx store.Tx) error {
		for _, who := range p.Clinic.Practitioners {
			closed := store.Busy{ID: p.id(), Practitioner: who.ID, Start: at, End: at.Add(p.Clinic.Booking.Step), Kind: store.Unavailable}
			err := tx.Savepoint(ctx, func() error { return tx.CloseTime(ctx, closed) })
			if err != nil && !errors.Is(err, store.ErrTaken) {
				return err
			}
		}
		return nil
	})
}

// statuses that the desk sets, in the words of transcripts.
var statuses = map[string]string{"arrived": store.StatusArrived, "done": store.StatusFulfilled, "noshow": store.StatusNoShow}

// desk hands the chat back, or says what became of the last visit.
func (p *play) desk(ctx context.Context, does string) error {
	status, ok := statuses[does]
	if !ok {
		return p.turn(ctx, desk.Turn{Do: desk.Do(does), Author: "administrator"})
	}
	err := p.Store.Tx(ctx, func(tx store.Tx) error {
		c, err := p.contact(ctx, tx)
		if err != nil {
			return err
		}
		visits, err := p.visits(ctx, tx, c)
		if err != nil {
			return err
		}
		if len(visits) == 0 {
			return p.mistake("a visit", "there is none")
		}
		reception := &booking.Reception{Clinic: p.Clinic, IDs: p.id}
		return reception.SetStatus(ctx, tx, booking.Matter{Contact: c.ID, Staff: true}, visits[len(visits)-1].ID, status, p.clock.Now())
	})
	if err != nil {
		return err
	}
	return p.runner.Settle(ctx)
}
