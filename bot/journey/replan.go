package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// Replan brings the timers about the changed things, in the transaction that changed them, to what the journey says
// now. It reads the changes of other transactions too: those that plan for the same patient follow one another.
func (p *Planner) Replan(ctx context.Context, tx store.Tx, changed store.Changes) error {
	patients := changed.Patients
	if len(changed.Visits) > 0 {
		visits, err := tx.AppointmentsByID(ctx, changed.Visits)
		if err != nil {
			return fmt.Errorf("reading the changed visits: %w", err)
		}
		patients = slices.Clone(patients)
		for _, a := range visits {
			if a.PatientID != "" {
				patients = append(patients, a.PatientID)
			}
		}
		slices.Sort(patients)
		patients = slices.Compact(patients)
	}
	if len(patients) == 0 {
		return nil
	}
	if err := tx.LockPatients(ctx, patients); err != nil {
		return err
	}
	w, err := p.read(ctx, tx, patients, p.Clock.Now())
	if err != nil {
		return err
	}
	_, err = w.plan(ctx, tx, patients)
	return err
}

// difference is what has to be written so that the timers are as the journey says.
type difference struct {
	set    []store.Timer
	cancel []string
}

// plan writes what differs, and returns how many timers that were.
func (w *world) plan(ctx context.Context, tx store.Tx, patients []string) (int, error) {
	things, err := w.things(ctx, tx, patients)
	if err != nil {
		return 0, err
	}
	d, err := w.compare(ctx, tx, things)
	if err != nil {
		return 0, err
	}
	return len(d.set) + len(d.cancel), d.write(ctx, tx)
}

func (d *difference) write(ctx context.Context, tx store.Tx) error {
	if len(d.cancel) > 0 {
		if err := tx.CancelTimers(ctx, d.cancel); err != nil {
			return err
		}
	}
	if len(d.set) == 0 {
		return nil
	}
	tx.Wake(store.TimerTopic)
	return tx.SetTimers(ctx, d.set)
}

// compare finds out which timers about the things are not as they should be.
func (w *world) compare(ctx context.Context, tx store.Tx, things []*thing) (*difference, error) {
	about := make([]string, len(things))
	for i, th := range things {
		about[i] = th.about()
	}
	timers, err := tx.TimersAbout(ctx, about)
	if err != nil {
		return nil, err
	}
	touches, err := tx.TouchesAbout(ctx, about)
	if err != nil {
		return nil, err
	}
	standing, acted := map[string][]store.Timer{}, map[string][]store.Touch{}
	for _, t := range timers {
		standing[t.About] = append(standing[t.About], t)
	}
	for _, t := range touches {
		acted[t.About] = append(acted[t.About], t)
	}
	d := &difference{}
	for _, th := range things {
		if err := w.settle(d, th, standing[th.about()], touchedBy(acted[th.about()])); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// settle compares the timers about one thing.
func (w *world) settle(d *difference, th *thing, standing []store.Timer, acted touched) error {
	stands := map[string]store.Timer{}
	for _, t := range standing {
		stands[t.Key] = t
	}
	want := func(p Plan, due time.Time) error {
		payload, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("writing a plan: %w", err)
		}
		timer := store.Timer{Key: p.Key(), Due: due, Kind: store.PlanInput, Payload: payload, About: p.About}
		if th.chat != nil {
			timer.ContactID = th.chat.ID
		}
		was, ok := stands[timer.Key]
		delete(stands, timer.Key)
		if ok && string(was.Payload) == string(payload) && was.Due.After(due) {
			timer.Due = was.Due // it has been judged, and waits
		}
		if !ok || was.ContactID != timer.ContactID || !was.Due.Equal(timer.Due) || string(was.Payload) != string(payload) {
			d.set = append(d.set, timer)
		}
		return nil
	}
	for _, t := range w.Scripts.Journey.Timelines {
		if t.About != th.kind {
			continue
		}
		kept, err := keptPlan(stands[Plan{Timeline: t.Name, About: th.about()}.Key()])
		if err != nil {
			return err
		}
		if kept.Asked {
			delete(stands, kept.Key())
			continue
		}
		p, _, err := w.next(t, th, acted[t.Name], kept.Moment)
		if err != nil {
			return err
		}
		if p != nil {
			if err := want(p.Plan, p.due); err != nil {
				return err
			}
		}
	}
	if th.ends.After(w.now) {
		if err := want(Plan{About: th.about(), Patient: th.patient, Moment: th.ends.UnixMicro()}, th.ends); err != nil {
			return err
		}
	}
	for key, t := range stands {
		over, err := keptPlan(t)
		if err != nil {
			return err
		}
		if over.Timeline != "" || !over.At().Equal(th.ends) { // that it is over is still to be heard
			d.cancel = append(d.cancel, key)
		}
	}
	return nil
}

func keptPlan(t store.Timer) (Plan, error) {
	if t.Key == "" {
		return Plan{}, nil
	}
	return ReadPlan(t.Payload)
}
