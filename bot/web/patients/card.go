package patients

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/store"
)

// card is what is known of a patient, as far as the reader may know it.
type card struct {
	store.Patient
	Chats     []store.Contact
	Wards     []relative
	Guardians []relative
	Consents  []store.Consent
	Agreed    []store.Consent   // all that was ever said of consents, the newest first
	Recorded  map[string]string // who has recorded consents: names by account
	Coming    []visit
	Past      []visit // the newest first
	Steps     []*dialogs.CourseStep
	Answers   []store.Answer
	Places    []store.Waiting
	Points    []store.Point // the newest first
	Balance   int
	Tickets   []store.Ticket
	Planned   []journey.Entry
	Done      []journey.Entry // the newest first
	Not       []journey.Entry
}

type relative struct {
	store.Patient
	Kin string
}

type visit struct {
	store.Appointment
	About  *dialogs.Visit
	Rating int // 0 = none
}

// How many of a kind a card shows.
const (
	mostTickets = 20
	mostAnswers = 50
	mostDone    = 30
	mostPoints  = 30
)

// gone is said of somebody who is not there any more, while their card is open.
var gone = &page.Problem{Status: http.StatusGone, Word: "desk.patients.gone"}

func (p *Pages) show(q *page.Request) error {
	id := q.ID("id")
	var c *card
	err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		if c, err = p.read(q.Context(), tx, q, id); errors.Is(err, gone) {
			c, err = nil, p.now(q, tx, id)
		}
		return err
	})
	if err != nil || c == nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), seen, "", id); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Patients, called(q, c), cardPage(q, p, c))
}

// now leads to the card that the one of a patient who is no more was merged into.
func (p *Pages) now(q *page.Request, tx store.Tx, id string) error {
	told, err := tx.EventsAbout(q.Context(), id)
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(told) {
		if e.Name == "patient.merged" && e.PatientID != id {
			q.Toast("desk.patients.was_merged")
			return q.Redirect(home + "/" + e.PatientID)
		}
	}
	return gone
}

// patient is the one with the id, if the reader may know of them.
func (p *Pages) patient(ctx context.Context, tx store.Tx, q *page.Request, id string) (store.Patient, error) {
	may, err := access.MaySee(ctx, tx, q.Account, id)
	if err != nil {
		return store.Patient{}, err
	}
	people, err := tx.Patients(ctx, []string{id})
	switch {
	case err != nil:
		return store.Patient{}, err
	case !may || len(people) == 0:
		return store.Patient{}, page.NotFound
	case !people[0].ErasedAt.IsZero():
		return store.Patient{}, gone
	}
	return people[0], nil
}

func (p *Pages) read(ctx context.Context, tx store.Tx, q *page.Request, id string) (*card, error) {
	who, err := p.patient(ctx, tx, q, id)
	if err != nil {
		return nil, err
	}
	c := &card{Patient: who}
	for _, part := range []func(context.Context, store.Tx, *page.Request, *card) error{
		p.readChats, p.readFamily, p.readVisits, p.readCare, p.readPlans,
	} {
		if err := part(ctx, tx, q, c); err != nil {
			return nil, fmt.Errorf("reading a card: %w", err)
		}
	}
	return c, nil
}

func (p *Pages) readChats(ctx context.Context, tx store.Tx, q *page.Request, c *card) (err error) {
	if c.Chats, err = tx.ContactsOf(ctx, c.ID); err != nil {
		return err
	}
	if err := readConsents(ctx, tx, c); err != nil {
		return err
	}
	if q.May(access.ReadChats) {
		c.Tickets, err = tx.TicketsFor(ctx, c.ID, mostTickets)
		if !q.May(access.ReadHealth) {
			c.Tickets = slices.DeleteFunc(c.Tickets, func(t store.Ticket) bool { return t.Health })
		}
	}
	return err
}

func readConsents(ctx context.Context, tx store.Tx, c *card) (err error) {
	if c.Consents, err = tx.ConsentsOf(ctx, []string{c.ID}); err != nil {
		return err
	}
	if c.Agreed, err = tx.ConsentHistory(ctx, c.ID); err != nil {
		return err
	}
	slices.Reverse(c.Agreed)
	var ids []string
	for _, k := range c.Agreed {
		if k.Account != "" {
			ids = append(ids, k.Account)
		}
	}
	recorders, err := tx.AccountsByID(ctx, ids)
	c.Recorded = map[string]string{}
	for _, a := range recorders {
		c.Recorded[a.ID] = a.Name
	}
	return err
}

// readFamily reads those for whom the patient speaks, and those who speak for them. A practitioner learns of no patient of others.
func (p *Pages) readFamily(ctx context.Context, tx store.Tx, q *page.Request, c *card) error {
	kin, err := tx.Kinships(ctx, c.ID)
	if err != nil || len(kin) == 0 {
		return err
	}
	var ids []string
	for _, k := range kin {
		ids = append(ids, k.Guardian, k.Ward)
	}
	people, err := tx.Patients(ctx, ids)
	if err != nil {
		return err
	}
	named := map[string]store.Patient{}
	for _, one := range people {
		may, err := access.MaySee(ctx, tx, q.Account, one.ID)
		if err != nil {
			return err
		}
		if may && one.ErasedAt.IsZero() {
			named[one.ID] = one
		}
	}
	for _, k := range kin {
		if one, ok := named[k.Ward]; ok && k.Guardian == c.ID {
			c.Wards = append(c.Wards, relative{one, k.Kin})
		}
		if one, ok := named[k.Guardian]; ok && k.Ward == c.ID {
			c.Guardians = append(c.Guardians, relative{one, k.Kin})
		}
	}
	return nil
}

func (p *Pages) readVisits(ctx context.Context, tx store.Tx, q *page.Request, c *card) error {
	rows, err := tx.AppointmentsOf(ctx, []string{c.ID}, time.Unix(0, 0), q.Now.AddDate(2, 0, 0))
	if err != nil {
		return err
	}
	var ids []string
	for _, a := range rows {
		ids = append(ids, a.ID)
	}
	ratings, err := tx.Ratings(ctx, ids)
	if err != nil {
		return err
	}
	words := p.Clinic.In(q.Language)
	for _, a := range rows {
		v := visit{Appointment: a, About: words.Outline(a)}
		for _, r := range ratings {
			if r.AppointmentID == a.ID {
				v.Rating = r.Value
			}
		}
		if a.Start.After(q.Now) && counts(a.Status) {
			c.Coming = append(c.Coming, v)
		} else {
			c.Past = append(c.Past, v)
		}
	}
	slices.Reverse(c.Past)
	return nil
}

// readCare reads what doctors have set, what the patient has told, what they wait for, and their points.
func (p *Pages) readCare(ctx context.Context, tx store.Tx, q *page.Request, c *card) (err error) {
	if c.Steps, err = p.reception.StepsOf(ctx, tx, booking.Matter{Patient: c.ID, Language: q.Language}, q.Now); err != nil {
		return err
	}
	if c.Places, err = tx.PlacesOf(ctx, []string{c.ID}); err != nil {
		return err
	}
	if c.Answers, err = tx.AnswersFor(ctx, c.ID, mostAnswers); err != nil {
		return err
	}
	if !q.May(access.ReadHealth) {
		c.Answers = slices.DeleteFunc(c.Answers, func(a store.Answer) bool { return a.Mark == "health" })
	}
	if c.Points, err = tx.PointsOf(ctx, c.ID); err != nil {
		return err
	}
	for _, l := range c.Points {
		c.Balance += l.Amount
	}
	slices.Reverse(c.Points)
	c.Points = c.Points[:min(len(c.Points), mostPoints)]
	return nil
}

func (p *Pages) readPlans(ctx context.Context, tx store.Tx, q *page.Request, c *card) error {
	entries, err := p.planner.Explain(ctx, tx, c.ID, q.Now)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch {
		case e.Outcome == journey.Planned:
			c.Planned = append(c.Planned, e)
		case e.Due.IsZero():
			c.Not = append(c.Not, e)
		default:
			c.Done = append(c.Done, e)
		}
	}
	slices.Reverse(c.Done)
	c.Done = c.Done[:min(len(c.Done), mostDone)]
	return nil
}
