package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
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
	w, err := p.read(ctx, tx, patients, later(p.Clock.Now(), changed.At))
	if err != nil {
		return err
	}
	if err := w.close(ctx, tx); err != nil {
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
	stands := make(map[string]store.Timer, len(standing))
	for _, t := range standing {
		stands[t.Key] = t
	}
	for _, t := range w.Scripts.Journey.Timelines {
		if t.About != th.kind {
			continue
		}
		if err := w.settleTimeline(d, t, th, stands, acted[t.Name]); err != nil {
			return err
		}
	}
	if th.ends.After(w.now) {
		over := Plan{About: th.about(), Patient: th.patient, Moment: th.ends.UnixMicro()}
		if err := d.want(over, th.ends, th, stands); err != nil {
			return err
		}
	}
	for key, t := range stands {
		over, err := ReadPlan(t.Payload)
		if err != nil {
			return err
		}
		if over.Timeline != "" || !over.At().Equal(th.ends) { // that it is over is still to be heard
			d.cancel = append(d.cancel, key)
		}
	}
	return nil
}

// settleTimeline leaves a timer alone that is due and has not been heard, and one that the person asked for.
func (w *world) settleTimeline(d *difference, t *dialogs.Timeline, th *thing, stands map[string]store.Timer, acted map[int64]store.Touch) error {
	p, _, err := w.next(t, th, acted, 0)
	if err != nil {
		return err
	}
	if timer, ok := stands[Plan{Timeline: t.Name, About: th.about()}.Key()]; ok {
		kept, err := ReadPlan(timer.Payload)
		if err != nil {
			return err
		}
		if kept.Asked {
			kept.Patient = th.patient
			return d.want(kept, timer.Due, th, stands)
		}
		if p != nil && timer.Due.After(p.due) {
			return d.want(p.Plan, p.due, th, stands)
		}
		if p, _, err = w.next(t, th, acted, kept.Moment); err != nil {
			return err
		}
	}
	if p == nil {
		return nil
	}
	return d.want(p.Plan, p.due, th, stands)
}

// want lets a timer stand for the plan. One that stands for it already may have been judged, and wait.
func (d *difference) want(p Plan, due time.Time, th *thing, stands map[string]store.Timer) error {
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
	same := ok && string(was.Payload) == string(payload)
	if same && was.Due.After(due) {
		timer.Due = was.Due
	}
	if !same || was.ContactID != timer.ContactID || !was.Due.Equal(timer.Due) {
		d.set = append(d.set, timer)
	}
	return nil
}
