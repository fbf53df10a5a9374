package year

import (
	"errors"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/store"
)

// question of a script that asks, and how often nobody answers it, beside what the person's own mind adds.
type question struct {
	dialog, state string
	left          float64
}

// Questions on the way to a visit, in the order of the scripts.
var (
	consentQuestion = question{"consent", "personal", 0.05}
	wishQuestion    = question{"menu", "wish", 0.04}
	reasonQuestion  = question{"booking", "reason", 0.02}
	complaint       = []question{
		{"consent", "health", 0.03}, {"complaint", "story", 0.06}, {"complaint", "since", 0.01}, {"complaint", "pain", 0.01}, {"complaint", "limits", 0.02},
	}
	serviceQuestion  = question{"booking", "service", 0.03}
	slotQuestion     = question{"slots", "pick", 0.09}
	details          = []question{{"details", "name", 0.02}, {"details", "phone", 0.05}}
	summaryQuestion  = question{"booking", "summary", 0.03}
	coming           = question{"reminder", "coming", 0}
	feelingQuestion  = question{"wellbeing", "feeling", 0}
	ratingQuestion   = question{"rating", "rating", 0}
	reviewQuestion   = question{"rating", "review", 0}
	invitedQuestion  = question{"recall", "invite", 0}
	advertisingAsked = question{"consent", "advertising", 0.1}
)

// talk is a conversation on the way to a visit.
type talk struct {
	*person
	now     time.Time
	willing float64
	stack   []string // dialogs under way, the lowest first
}

// begins a dialog on top of the others.
func (t *talk) begins(dialog, origin string) {
	t.stack = append(t.stack, dialog)
	t.says(t.now, "dialog.started", dialog, "", origin)
}

// ends all dialogs, the uppermost first; the outcomes of those that the map does not name are the same one.
func (t *talk) ends(at time.Time, state, others string, outcomes map[string]string) {
	for i := len(t.stack) - 1; i >= 0; i-- {
		outcome := others
		if o, ok := outcomes[t.stack[i]]; ok {
			outcome = o
		}
		t.says(at, "dialog.ended", t.stack[i], state, outcome)
		state = ""
	}
	t.stack = nil
}

// enquires: the person talks about a visit; origin is what began it.
func (p *person) enquires(now time.Time, origin string, willing float64) error {
	p.task++
	t := &talk{person: p, now: now, willing: willing}
	t.begins(map[bool]string{true: "welcome", false: "booking"}[origin == "start"], origin)
	agreed, err := t.agrees()
	if err != nil || !agreed {
		return err
	}
	if origin == "start" {
		t.begins("menu", "")
		if t.leaves(wishQuestion) {
			return nil
		}
		t.begins("booking", "")
	}
	if p.chance(0.06) {
		t.ends(t.now, "reason", "done", map[string]string{"booking": "declined", "welcome": "ready"})
		return p.ticket(t.now, "asked", "normal", "", p.Clinic.Desk.Promise)
	}
	service, ok, err := t.chooses()
	if err != nil || !ok {
		return err
	}
	return t.books(service)
}

// agrees: who did so before is not asked again.
func (t *talk) agrees() (bool, error) {
	if t.personal {
		return true, nil
	}
	if t.leaves(consentQuestion) {
		return false, nil
	}
	t.personal = !t.chance(0.03)
	if err := t.consents(t.now, "personal", t.personal); err != nil || t.personal {
		return t.personal, err
	}
	t.ends(t.now, "personal", "declined", nil)
	return false, nil
}

// leaves asks, and tells whether nobody answers; then the dialog expires in its time.
func (t *talk) leaves(q question) bool {
	t.says(t.now, "state.asked", q.dialog, q.state, "")
	if t.chance(1 - (1-q.left)*t.willing) {
		task := t.task
		t.at(t.now.Add(72*time.Hour), func(now time.Time) error {
			t.inTask(task, func() { t.ends(now, q.state, "expired", nil) })
			return nil
		})
		return true
	}
	t.now = t.between(t.now, 4*time.Second, 50*time.Second)
	if t.chance(0.03) {
		t.says(t.now, "answer.missed", q.dialog, q.state, "")
		t.now = t.between(t.now, 4*time.Second, 30*time.Second)
	}
	t.says(t.now, "answer.understood", q.dialog, q.state, "")
	return false
}

// chooses a service: by its name, or by what troubles the person.
func (t *talk) chooses() (service *booking.Service, ok bool, err error) {
	if t.leaves(reasonQuestion) {
		return nil, false, nil
	}
	if t.chance(0.45) {
		if t.leaves(serviceQuestion) {
			return nil, false, nil
		}
		return t.service(), true, nil
	}
	for _, q := range complaint {
		if q.state == "health" {
			if t.health {
				continue
			}
			t.health = true
			if err := t.consents(t.now, "health", true); err != nil {
				return nil, false, err
			}
		}
		if t.leaves(q) {
			return nil, false, nil
		}
	}
	t.says(t.now, "triage.assessed", "complaint", "", one(t.year, []weighted[string]{{"routine", 60}, {"soon", 28}, {"urgent", 12}}))
	return t.service(), true, nil
}

// service that the clinic sells online; those at the top of its list are wanted more.
func (y *year) service() *booking.Service {
	var all []weighted[*booking.Service]
	for i, s := range y.Clinic.Services {
		if s.Online {
			all = append(all, weighted[*booking.Service]{s, 1 / float64(i+2)})
		}
	}
	return one(y, all)
}

// books a time that is free.
func (t *talk) books(service *booking.Service) error {
	slot, err := t.slot(service)
	if err != nil {
		return err
	}
	if slot == nil {
		t.says(t.now, "slots.none", "slots", "", "")
		t.ends(t.now, "slot", "done", map[string]string{"booking": "waiting", "welcome": "ready"})
		return nil
	}
	t.says(t.now, "slots.offered", "slots", "", "found")
	if t.leaves(slotQuestion) {
		return nil
	}
	t.says(t.now, "slot.held", "slots", "", "")
	for _, q := range append(details, summaryQuestion) {
		if t.leaves(q) {
			return nil
		}
	}
	if err := t.write(); err != nil {
		return err
	}
	visit, err := t.reception.Book(t.ctx, t.tx, t.matter(), booking.Request{Slot: slot, Patient: t.patient}, t.now)
	var clash *booking.ClashError
	if errors.As(err, &clash) || errors.Is(err, store.ErrTaken) { // somebody was faster, or the person has a visit then
		t.ends(t.now, "book", "done", map[string]string{"booking": "declined", "welcome": "ready"})
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.asked(); err != nil {
		return err
	}
	t.ends(t.now, "finish", "done", map[string]string{"booking": "booked", "welcome": "ready"})
	return t.expects(visit)
}

// asked whether the clinic may write of its own accord. Who does not answer has booked all the same.
func (t *talk) asked() error {
	if t.advertising {
		return nil
	}
	t.says(t.now, "state.asked", advertisingAsked.dialog, advertisingAsked.state, "")
	if t.chance(advertisingAsked.left) {
		return nil
	}
	t.now = t.between(t.now, 4*time.Second, 30*time.Second)
	t.says(t.now, "answer.understood", advertisingAsked.dialog, advertisingAsked.state, "")
	t.advertising = t.chance(0.55)
	return t.consents(t.now, "advertising", t.advertising)
}

// slot that the person likes: on some day of the next two weeks.
func (t *talk) slot(service *booking.Service) (*dialogs.Slot, error) {
	slots, _, err := t.reception.Offer(t.ctx, t.tx, t.matter(), booking.Ask{Service: service.ID, Branch: t.branch, Count: 8}, t.now)
	if err != nil || len(slots) == 0 {
		return nil, err
	}
	return slots[t.rand.IntN(len(slots))], nil
}
