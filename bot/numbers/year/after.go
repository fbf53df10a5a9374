package year

import (
	"strconv"
	"time"

	"careline/dialogs"
	"careline/store"
)

// ends: the administrator notes what became of the visit, and what comes after it is planned.
func (p *person) ends(now time.Time, v *dialogs.Visit) error {
	a, err := p.stands(v)
	if err != nil || a.Status != store.StatusBooked {
		return err
	}
	status, misses := store.StatusFulfilled, 0.16
	if a.Confirmed {
		misses = 0.03
	}
	if p.chance(misses) {
		status = store.StatusNoShow
	}
	if err := p.write(); err != nil {
		return err
	}
	m := p.matter()
	m.Staff = true
	if err := p.reception.SetStatus(p.ctx, p.tx, m, v.ID, status, now); err != nil {
		return err
	}
	if status == store.StatusNoShow {
		p.at(now.Add(time.Hour), func(now time.Time) error { return p.missed(now, v) })
		return nil
	}
	p.at(p.daytime(now.Add(20*time.Hour)), func(now time.Time) error { return p.feels(now, v) })
	p.at(p.daytime(now.Add(48*time.Hour)), func(now time.Time) error { return p.rates(now, v) })
	if p.chance(0.3) { // comes again without being asked
		p.at(p.daytime(p.between(now, 10*24*time.Hour, 120*24*time.Hour)), func(now time.Time) error { return p.enquires(now, "reaction book", 0.98) })
	}
	p.at(p.daytime(now.Add(182*24*time.Hour)), func(now time.Time) error { return p.invited(now, v) })
	return nil
}

// daytime moves a moment out of the night.
func (p *person) daytime(at time.Time) time.Time {
	zone := p.Clinic.Branches[0].Zone
	local := at.In(zone)
	if local.Hour() < 10 {
		return time.Date(local.Year(), local.Month(), local.Day(), 10, local.Minute(), local.Second(), 0, zone)
	}
	if local.Hour() >= 20 {
		return time.Date(local.Year(), local.Month(), local.Day()+1, 10, local.Minute(), local.Second(), 0, zone)
	}
	return at
}

func (p *person) missed(now time.Time, v *dialogs.Visit) error {
	sent, err := p.touched(now, "no_show", "visit/"+v.ID, "service", "")
	if err == nil && sent && p.chance(0.35) {
		p.at(p.between(now, time.Hour, 30*time.Hour), func(now time.Time) error { return p.enquires(now, "reaction book", 0.97) })
	}
	return err
}

// feels: how the patient is on the next day.
func (p *person) feels(now time.Time, v *dialogs.Visit) error {
	sent, err := p.touched(now, "well_being", "visit/"+v.ID, "care", "")
	if err != nil || !sent {
		return err
	}
	p.begun(now, "well_being", feelingQuestion)
	if !p.chance(0.58) {
		p.silent(now, 22*time.Hour, feelingQuestion, "silent")
		return nil
	}
	feeling := one(p.year, []weighted[string]{{"good", 90}, {"bit", 7}, {"bad", 3}})
	now = p.between(now, time.Minute, 40*time.Minute)
	p.answered(now, feelingQuestion, map[bool]string{true: "bad", false: "good"}[feeling == "bad"])
	if err := p.write(); err != nil {
		return err
	}
	if err := p.reception.Feel(p.ctx, p.tx, p.matter(), v.ID, feeling, now); err != nil || feeling != "bad" {
		return err
	}
	return p.ticket(now, "after_visit", "alarm", v.ID, p.Clinic.Desk.Alarm)
}

// rates: one to five; happy people are shown the page for reviews, unhappy ones a human.
func (p *person) rates(now time.Time, v *dialogs.Visit) error {
	sent, err := p.touched(now, "rating", "visit/"+v.ID, "care", "")
	if err != nil || !sent {
		return err
	}
	p.begun(now, "rating", ratingQuestion)
	test := p.variant("rating_ask")
	p.says(now, "test.shown", "", "", "rating_ask="+test)
	if !p.chance(map[string]float64{"b": 0.58}[test] + map[string]float64{"a": 0.43}[test]) {
		p.silent(now, 5*24*time.Hour, ratingQuestion, "silent")
		return nil
	}
	now = p.between(now, time.Minute, 5*time.Hour)
	p.says(now, "answer.understood", ratingQuestion.dialog, ratingQuestion.state, "")
	value := one(p.year, []weighted[int]{{5, 64}, {4, 23}, {3, 7}, {2, 4}, {1, 2}})
	if err := p.tx.RateAppointment(p.ctx, store.Rating{AppointmentID: v.ID, PatientID: p.patient, Value: value, At: now}); err != nil {
		return err
	}
	p.tell(store.Event{
		At: now, Name: "rating.given", ContactID: p.contact, PatientID: p.patient, Channel: p.channel, Task: p.task, Dialog: "rating", Value: strconv.Itoa(value), Ref: v.ID,
	})
	switch {
	case value <= 2:
		p.says(now, "dialog.ended", "rating", "human", "rated")
		return p.ticket(now, "low_rating", "high", v.ID, p.Clinic.Desk.Promise)
	case value == 3:
		p.says(now, "dialog.ended", "rating", "improve", "rated")
		return p.ticket(now, "rating_3", "normal", v.ID, 24*time.Hour)
	}
	return p.reviews(now, v)
}

// reviews: some open the page.
func (p *person) reviews(now time.Time, v *dialogs.Visit) error {
	p.says(now, "state.asked", reviewQuestion.dialog, reviewQuestion.state, "")
	link := store.Link{ID: p.id(), ContactID: p.contact, URL: v.Branch.ReviewYandex, Place: "rating.review.yandex", CreatedAt: now}
	if p.chance(0.38) {
		link.ClickedAt = p.between(now, 5*time.Second, 3*time.Minute)
		p.answered(link.ClickedAt, reviewQuestion, "rated")
	} else {
		p.silent(now, 4*24*time.Hour, reviewQuestion, "silent")
	}
	return p.tx.SaveLinks(p.ctx, []store.Link{link})
}

// invited: after half a year the patient is asked to come again, unless a visit is booked.
func (p *person) invited(now time.Time, v *dialogs.Visit) error {
	later, err := p.tx.AppointmentsOf(p.ctx, []string{p.patient}, v.End.At, now.AddDate(1, 0, 0))
	if err != nil || len(later) > 0 {
		return err
	}
	sent, err := p.touched(now, "recall", "visit/"+v.ID, string(dialogs.AdvertisingClass), "")
	if err != nil || !sent {
		return err
	}
	p.begun(now, "recall", invitedQuestion)
	test := p.variant("recall_text")
	p.says(now, "test.shown", "", "", "recall_text="+test)
	switch {
	case p.chance(0.34):
		now = p.between(now, time.Minute, 10*time.Hour)
		p.answered(now, invitedQuestion, "booked")
		return p.enquires(now, "reaction book", 0.98)
	case p.chance(0.06):
		p.advertising = false
		later := p.between(now, time.Minute, time.Hour)
		p.answered(later, invitedQuestion, "refused")
		return p.consents(later, "advertising", false)
	}
	p.silent(now, 14*24*time.Hour, invitedQuestion, "later")
	return nil
}
