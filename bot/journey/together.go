package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// family are those whose things the reader is told of.
func (p *Planner) family(ctx context.Context, tx store.Tx, reader Reader) ([]string, error) {
	me := reader.Contact.PatientID
	if me == "" {
		return nil, nil
	}
	wards, err := tx.Family(ctx, me)
	if err != nil {
		return nil, fmt.Errorf("reading the family: %w", err)
	}
	ids := []string{me}
	for _, w := range wards {
		ids = append(ids, w.ID)
	}
	return ids, nil
}

// sameDay are the plans of the timeline about visits of the contact's people on the same day of the branch's calendar,
// by start: they are told in one message.
func (j *judgement) sameDay(ctx context.Context) ([]*planned, map[*planned]*thing, error) {
	group, members := []*planned{j.plan}, map[*planned]*thing{j.plan: j.thing}
	for _, th := range j.beside {
		if th.kind != dialogs.AboutVisit || th.id == j.thing.id || th.chat == nil || th.chat.ID != j.reader.Contact.ID || !sameDate(th, j.thing) {
			continue
		}
		touches, err := j.tx.TouchesAbout(ctx, []string{th.about()})
		if err != nil {
			return nil, nil, err
		}
		p, err := j.alike(th, touchedBy(touches)[j.timeline.Name])
		if err != nil {
			return nil, nil, err
		}
		if p != nil {
			group = append(group, p)
			members[p] = th
		}
	}
	slices.SortStableFunc(group, func(a, b *planned) int { return start(members[a]).Compare(start(members[b])) })
	return group, members, nil
}

// alike is the plan of the timeline about another thing; one whose own moment has come as well, at the same hour or for
// the quiet hours, is not past before it would be too late.
func (j *judgement) alike(th *thing, acted map[int64]store.Touch) (*planned, error) {
	p, _, err := j.next(j.timeline, th, acted, 0)
	if p != nil || err != nil {
		return p, err
	}
	p, _, err = j.next(j.timeline, th, acted, j.soonest(j.timeline, th))
	if p == nil || err != nil || j.tooLate(p) {
		return nil, err
	}
	return p, nil
}

func start(th *thing) time.Time { return th.values["visit"].(*dialogs.Visit).Start.At }

func sameDate(a, b *thing) bool {
	return local(a).Format(time.DateOnly) == local(b).Format(time.DateOnly)
}

func local(th *thing) time.Time {
	v := th.values["visit"].(*dialogs.Visit)
	if zone := dialogs.ZoneNamed(v.Start.Zone); zone != nil {
		return v.Start.At.In(zone)
	}
	return v.Start.At
}
