package rehearsal

import (
	"context"
	"strconv"

	"careline/bot/journey"
	"careline/dialogs"
	"careline/dialogs/transcript"
	"careline/store"
)

// things are what timelines may be about, of the contact's patient and family.
func (p *play) things(ctx context.Context, tx store.Tx, c store.Contact) ([]string, error) {
	people, err := p.people(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	about := []string{journey.About(dialogs.AboutContact, c.ID)}
	for _, id := range people {
		about = append(about, journey.About(dialogs.AboutPatient, id))
	}
	visits, err := p.visits(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	for _, v := range visits {
		about = append(about, journey.About(dialogs.AboutVisit, v.ID))
	}
	steps, err := tx.StepsOf(ctx, people)
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		about = append(about, journey.About(dialogs.AboutStep, s.ID))
	}
	places, err := tx.PlacesOf(ctx, people)
	for _, w := range places {
		about = append(about, journey.About(dialogs.AboutWait, w.ID))
	}
	return about, err
}

// touch is what the timeline did last.
func (p *play) touch(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	things, err := p.things(ctx, tx, c)
	if err != nil {
		return false, "", err
	}
	touches, err := tx.TouchesAbout(ctx, things)
	last := ""
	for _, t := range touches {
		if t.Timeline == e.Name {
			last = t.Outcome
		}
	}
	if last == "" {
		return false, "no touch of it", err
	}
	return e.Value == "" || e.Value == last, "touch " + e.Name + " " + last, err
}

// plan is a moment that a timeline waits for.
func (p *play) plan(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	things, err := p.things(ctx, tx, c)
	if err != nil {
		return false, "", err
	}
	timers, err := tx.TimersAbout(ctx, things)
	var seen []string
	for _, t := range timers {
		planned, err := journey.ReadPlan(t.Payload)
		if err != nil {
			return false, "", err
		}
		if planned.Timeline == "" {
			continue // that a thing is over
		}
		if planned.Timeline == e.Name && (e.At == nil || t.Due.Equal(e.At.On(p.now()))) {
			return true, "plan " + e.Name, nil
		}
		seen = append(seen, planned.Timeline+" at "+t.Due.In(p.script.Now.Location()).Format("2006-01-02 15:04"))
	}
	return false, list(seen), err
}

// balance of the contact's patient, in points.
func (p *play) balance(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	points, err := tx.Balance(ctx, c.PatientID)
	has := strconv.Itoa(points)
	return has == e.Name, "a balance of " + has, err
}
