package demo

import (
	"context"
	"slices"

	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// plan is what a timeline is going to do, or did, or did not do.
type plan struct {
	journey.Entry
	timeline *dialogs.Timeline // nil = one that the script does not have any more
}

// comes reports whether the plan is still to come.
func (p *plan) comes() bool { return p.Outcome == journey.Planned }

// readPlans reads what is planned about the people of the chat, the next first, and then what was done or left, the
// newest first.
func (d *Demo) readPlans(ctx context.Context, tx store.Tx, s *scene, people []string) error {
	var done []plan
	for _, id := range people {
		entries, err := d.planner.Explain(ctx, tx, id, s.now)
		if err != nil {
			return err
		}
		for _, e := range entries {
			switch p := (plan{e, d.timeline(e.Timeline)}); {
			case e.Due.IsZero(): // there is no moment to show
			case p.comes():
				s.plans = append(s.plans, p)
			default:
				done = append(done, p)
			}
		}
	}
	slices.SortStableFunc(s.plans, func(a, b plan) int { return a.Due.Compare(b.Due) })
	slices.SortStableFunc(done, func(a, b plan) int { return b.Due.Compare(a.Due) })
	s.plans = append(s.plans, done[:min(len(done), plansShown)]...)
	return nil
}

func (d *Demo) timeline(name string) *dialogs.Timeline {
	all := d.Scripts.Journey.Timelines
	if i := slices.IndexFunc(all, func(t *dialogs.Timeline) bool { return t.Name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// people are those whom the chat is about: its own patient and those whom that speaks for.
func people(ctx context.Context, tx store.Tx, contact string) (ids []string, err error) {
	found, err := tx.Contacts(ctx, []string{contact})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	family, err := tx.Family(ctx, found[0].PatientID)
	ids = append(ids, found[0].PatientID)
	for _, f := range family {
		ids = append(ids, f.ID)
	}
	return ids, err
}
