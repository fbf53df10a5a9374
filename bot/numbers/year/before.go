package year

import (
	"time"

	"careline/dialogs"
	"careline/store"
)

// expects puts on the agenda what follows from a visit: reminders, the visit itself, and what comes after it.
func (p *person) expects(v *dialogs.Visit) error {
	day, hours := 24*time.Hour, 2*time.Hour
	test := p.variant("reminder_time")
	if test == "b" {
		day = 28 * time.Hour
	}
	start := v.Start.At
	confirms := 0.66
	if test == "b" {
		confirms = 0.72
	}
	if moment := start.Add(-day); moment.After(v.Booked.At) {
		p.at(moment, func(now time.Time) error { return p.reminded(now, v, "reminder_day", "reminder_time="+test, confirms) })
	}
	if moment := start.Add(-hours); moment.After(v.Booked.At) {
		p.at(moment, func(now time.Time) error { return p.reminded(now, v, "reminder_hours", "", 0.25) })
	}
	p.at(v.End.At, func(now time.Time) error { return p.ends(now, v) })
	return nil
}

// stands reads the visit as it is now.
func (p *person) stands(v *dialogs.Visit) (store.Appointment, error) {
	found, err := p.tx.AppointmentsByID(p.ctx, []string{v.ID})
	if err != nil || len(found) == 0 {
		return store.Appointment{}, err
	}
	return found[0], nil
}

// touched notes a timeline's moment; false = nothing was sent.
func (p *person) touched(now time.Time, timeline, about, class, variant string) (bool, error) {
	outcome := one(p.year, []weighted[string]{{store.Sent, 94}, {"blocked", 3}, {"operator", 1}, {"busy", 1}, {"cap", 1}})
	if class == "service" && outcome == "cap" {
		outcome = store.Sent
	}
	if class == "advertising" && !p.advertising {
		outcome = "consent"
	}
	_, err := p.tx.Touch(p.ctx, []store.Touch{{
		Timeline: timeline, About: about, Moment: now, ContactID: p.contact, PatientID: p.patient, Channel: p.channel, Class: class, Variant: variant,
		Outcome: outcome, At: now,
	}})
	return outcome == store.Sent, err
}

// begun is a dialog that a timeline runs, and its first question.
func (p *person) begun(now time.Time, timeline string, q question) {
	p.task++
	p.says(now, "dialog.started", q.dialog, "", "timeline "+timeline)
	p.says(now, "state.asked", q.dialog, q.state, "")
}

// silent: nobody answers, and the dialog ends in its time.
func (p *person) silent(now time.Time, after time.Duration, q question, outcome string) {
	task := p.task
	p.at(now.Add(after), func(now time.Time) error {
		p.inTask(task, func() { p.says(now, "dialog.ended", q.dialog, q.state, outcome) })
		return nil
	})
}

// answered is an answer after a while, and the dialog's outcome.
func (p *person) answered(now time.Time, q question, outcome string) {
	p.says(now, "answer.understood", q.dialog, q.state, "")
	p.says(now, "dialog.ended", q.dialog, q.state, outcome)
}

// reminded: who answers comes, or says that not.
func (p *person) reminded(now time.Time, v *dialogs.Visit, timeline, variant string, confirms float64) error {
	a, err := p.stands(v)
	if err != nil || a.Status != store.StatusBooked {
		return err
	}
	sent, err := p.touched(now, timeline, "visit/"+v.ID, "service", variant)
	if err != nil || !sent || a.Confirmed {
		return err
	}
	p.begun(now, timeline, coming)
	task := p.task
	later := p.between(now, time.Minute, 90*time.Minute)
	switch {
	case p.chance(confirms):
		p.at(later, func(now time.Time) error { return p.confirms(now, v, task) })
	case p.chance(0.15):
		p.at(later, func(now time.Time) error { return p.cancels(now, v, task) })
	default:
		p.silent(now, 20*time.Hour, coming, "silent")
	}
	return nil
}

// inTask says something of an earlier matter.
func (p *person) inTask(task int, say func()) {
	newest := p.task
	p.task = task
	say()
	p.task = newest
}

func (p *person) confirms(now time.Time, v *dialogs.Visit, task int) error {
	p.inTask(task, func() { p.answered(now, coming, "confirmed") })
	if err := p.write(); err != nil {
		return err
	}
	return p.reception.Confirm(p.ctx, p.tx, p.matter(), []string{v.ID}, now)
}

func (p *person) cancels(now time.Time, v *dialogs.Visit, task int) error {
	a, err := p.stands(v)
	if err != nil || a.Status != store.StatusBooked {
		return err
	}
	p.inTask(task, func() { p.answered(now, coming, "changed") })
	if err := p.write(); err != nil {
		return err
	}
	m := p.matter()
	m.Staff = true // two hours before the visit the administrator does it
	_, err = p.reception.Cancel(p.ctx, p.tx, m, v.ID, "other", now)
	return err
}
