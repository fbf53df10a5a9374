package thread

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/journey"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/channels"
	"careline/dialogs"
	"careline/locales"
	"careline/store"
)

// How much of each list the side card shows.
const (
	answersRead  = 200
	answersShown = 12
	plansShown   = 5
	visitsBack   = 3 * 365 * 24 * time.Hour
	visitsAhead  = 2 * 365 * 24 * time.Hour
)

// side is what is known of the patient beside their words.
type side struct {
	next, last *store.Appointment
	ratings    []store.Rating
	consents   []store.Consent
	answers    []store.Answer // plain and personal, the newest of each question
	health     []store.Answer
	family     []store.Patient
	plans      []journey.Foreseen
	branch     string
}

func (p *Pages) readSide(ctx context.Context, tx store.Tx, q *page.Request, c *chat) (s *side, err error) {
	s = &side{}
	if s.family, err = tx.Family(ctx, c.patient.ID); err != nil {
		return nil, fmt.Errorf("reading the family: %w", err)
	}
	if err := s.readVisits(ctx, tx, q, c); err != nil {
		return nil, err
	}
	if s.consents, err = tx.ConsentsOf(ctx, []string{c.patient.ID}); err != nil {
		return nil, err
	}
	answers, err := tx.AnswersOf(ctx, c.contact.ID, answersRead)
	if err != nil {
		return nil, err
	}
	s.keep(q, answers)
	plans, err := p.Journey.Foresee(ctx, tx, c.patient.ID, q.Language, q.Now)
	if err != nil {
		return nil, fmt.Errorf("foreseeing a journey: %w", err)
	}
	for _, e := range plans {
		if e.Outcome == journey.Planned && !e.Due.Before(q.Now) && (e.Would == store.Sent || e.Would == journey.Waits) && len(s.plans) < plansShown {
			s.plans = append(s.plans, e)
		}
	}
	return s, nil
}

// readVisits finds the next visit and the last one of the patient and of those they speak for.
func (s *side) readVisits(ctx context.Context, tx store.Tx, q *page.Request, c *chat) error {
	people := []string{c.patient.ID}
	for _, f := range s.family {
		people = append(people, f.ID)
	}
	visits, err := tx.AppointmentsOf(ctx, people, q.Now.Add(-visitsBack), q.Now.Add(visitsAhead))
	if err != nil {
		return fmt.Errorf("reading visits: %w", err)
	}
	var past []string
	for i, v := range visits {
		switch {
		case v.Status == store.StatusCancelled:
		case v.End.Before(q.Now):
			s.last, past = &visits[i], append(past, v.ID)
		case s.next == nil:
			s.next = &visits[i]
		}
	}
	if len(past) > 0 {
		s.ratings, err = tx.Ratings(ctx, past)
	}
	for _, v := range []*store.Appointment{s.last, s.next} {
		if v != nil {
			s.branch = v.Branch
		}
	}
	return err
}

// keep sorts the newest answer to each question by what it is about; those that the desk has no word for are the script's
// own business.
func (s *side) keep(q *page.Request, answers []store.Answer) {
	slices.SortStableFunc(answers, func(a, b store.Answer) int { return b.At.Compare(a.At) })
	seen := map[string]bool{}
	for _, a := range answers {
		key := a.Dialog + " " + a.Name
		if seen[key] || q.Answer(a) == "" || q.Name("desk.thread.answer", a.Name) == a.Name {
			continue
		}
		seen[key] = true
		switch {
		case a.Mark == "health" && !mayReadHealth(q):
		case a.Mark == "health" && len(s.health) < answersShown:
			s.health = append(s.health, a)
		case a.Mark != "health" && len(s.answers) < answersShown:
			s.answers = append(s.answers, a)
		}
	}
}

// whose names a member of the family; empty for the patient.
func (s *side) whose(c *chat, patient string) string {
	for _, f := range s.family {
		if f.ID == patient && f.ID != c.patient.ID {
			return f.FullName
		}
	}
	return ""
}

func service(q *page.Request, id string) string {
	if s := q.Clinic.In(q.Language).Service(id); s != nil {
		return s.Title
	}
	return id
}

// visitWhen is in the zone of the visit's branch.
func visitWhen(q *page.Request, v *store.Appointment) string {
	zone := q.Zone
	if b := q.Clinic.Branch(v.Branch); b != nil {
		zone = b.Zone
	}
	return q.Format().When(locales.Moment{At: v.Start.In(zone), Now: q.Now.In(zone)})
}

func doctors(q *page.Request, v *store.Appointment) (names string) {
	for _, part := range v.Parts {
		if d := q.Clinic.In(q.Language).Practitioner(part.Practitioner); d != nil {
			if names != "" {
				names += ", "
			}
			names += d.Name
		}
	}
	return names
}

// localTime is what the patient's clock shows, when it differs from the reader's.
func localTime(q *page.Request, zone string) string {
	z := dialogs.ZoneNamed(zone)
	if zone == "" || z == nil {
		return ""
	}
	_, here := q.Now.Zone()
	if _, there := q.Now.In(z).Zone(); here == there {
		return ""
	}
	return q.Now.In(z).Format("15:04")
}

// reached is whether words reach the patient: why not, empty = they do; and in which other messengers they do.
type reached struct {
	why   string
	other []store.Contact
}

func (p *Pages) reach(q *page.Request, c *chat) (r reached) {
	for _, o := range c.contacts {
		word := ""
		switch {
		case !o.BlockedAt.IsZero():
			word = "desk.thread.unreached.blocked"
		case !p.Front.Runs(channels.ID(o.Channel)):
			word = "desk.thread.unreached.off"
		}
		switch {
		case o.ID == c.contact.ID && word != "":
			r.why = q.Word(word, "messenger", inbox.Messenger(q, o.Channel))
		case o.ID != c.contact.ID && word == "":
			r.other = append(r.other, o)
		}
	}
	return r
}
