package booking

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

func (f *front) course(m Matter, id, from string) (steps []store.Step) {
	f.Helper()
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		p := Plan{Patient: m.Patient, Visits: f.Clinic.Course(id).Visits, From: words.Date(from)}
		steps, err = f.PlanCourse(ctx, tx, Matter{Staff: true}, p, f.now)
		return err
	}))
	return steps
}

// steps tells number, day and what is known of what is set for the patient.
func (f *front) steps(m Matter) string {
	f.Helper()
	var out []string
	f.must(f.do(func(ctx context.Context, tx store.Tx) error {
		rows, err := tx.StepsOf(ctx, []string{m.Patient})
		f.must(err)
		seen, err := f.Steps(ctx, tx, "en", rows, f.now)
		for _, s := range seen {
			word := map[bool]string{true: "booked", false: s.State}[s.Booked && s.State == store.StepActive]
			out = append(out, fmt.Sprintf("%d/%d %s %s", s.Number, s.Of, s.Due.At.In(dialogs.ZoneNamed(s.Due.Zone)).Format("01-02"), word))
		}
		return err
	}))
	return strings.Join(out, ", ")
}

// visit lets the patient have a visit of the service, and it becomes what is told of it.
func (f *front) visit(m Matter, service string, start time.Time) (id string) {
	f.Helper()
	id = newID()
	a := store.Appointment{
		ID: id, PatientID: m.Patient, Service: service, Branch: f.Clinic.Branches[0].ID, Status: store.StatusBooked, Start: start,
		End: start.Add(30 * time.Minute), Parts: []store.Part{{Practitioner: newID(), Start: start, End: start.Add(30 * time.Minute)}},
		CreatedAt: f.now, UpdatedAt: f.now, StatusAt: f.now,
	}
	f.must(f.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, a, f.now) }))
	return id
}

func (f *front) became(visit string, statuses ...string) {
	f.Helper()
	for _, status := range statuses {
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			return f.SetStatus(ctx, tx, Matter{Staff: true}, visit, status, f.now)
		}))
	}
}

const treatment = `courses:
  three:
    title: Three sessions
    steps:
      - service: consult
        times: 3
        every: 7d
      - service: control
        title: final look
        after: 28d
consents:`

func treating(t *testing.T) *Clinic {
	return clinic(t, "practitioners:", "  control:\n    title: Control\n    by: dentist\n    duration: 30m\n    online: no\npractitioners:", "consents:", treatment)
}

func TestACourseIsServedByItsVisitsInOrder(t *testing.T) {
	c := treating(t)
	onBoth(t, c, at(t, c, "2027-02-01 15:00"), func(f *front) {
		anna, boris := f.arrive("Anna"), f.arrive("Boris")
		f.visit(anna, "consult", at(f.T, c, "2027-01-29 10:00")) // before the course was made
		steps := f.course(anna, "three", "")
		f.course(boris, "three", "2027-02-27") // the days go over the end of February
		if got, want := f.steps(anna), "1/4 02-01 active, 2/4 02-08 active, 3/4 02-15 active, 4/4 03-15 active"; got != want {
			f.Fatalf("planned %s", got)
		}
		first := f.visit(anna, "consult", at(f.T, c, "2027-02-02 10:00"))
		second := f.visit(anna, "consult", at(f.T, c, "2027-02-09 10:00"))
		f.visit(boris, "consult", at(f.T, c, "2027-03-01 10:00"))
		if got, want := f.steps(anna), "1/4 02-01 booked, 2/4 02-08 booked, 3/4 02-15 active, 4/4 03-15 active"; got != want {
			f.Fatalf("two visits: %s", got)
		}
		f.now = at(f.T, c, "2027-02-02 11:00")
		f.became(first, store.StatusArrived, store.StatusFulfilled)
		if got, want := f.steps(anna), "1/4 02-01 completed, 2/4 02-08 booked, 3/4 02-15 active, 4/4 03-15 active"; got != want {
			f.Fatalf("one visit done: %s", got)
		}
		f.became(first, store.StatusArrived) // it was somebody else
		if got, want := f.steps(anna), "1/4 02-01 booked, 2/4 02-08 booked, 3/4 02-15 active, 4/4 03-15 active"; got != want {
			f.Fatalf("taken back: %s", got)
		}
		f.became(first, store.StatusFulfilled)
		f.now = at(f.T, c, "2027-02-09 12:00")
		f.became(second, store.StatusNoShow)
		if got, want := f.steps(anna), "1/4 02-01 completed, 2/4 02-08 active, 3/4 02-15 active, 4/4 03-15 active"; got != want {
			f.Fatalf("did not come: %s", got)
		}
		if got, want := f.steps(boris), "1/4 02-27 booked, 2/4 03-06 active, 3/4 03-13 active, 4/4 04-10 active"; got != want {
			f.Fatalf("Boris: %s", got)
		}
		// The second is done elsewhere; a visit that is booked then is for the third.
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			return f.CompleteStep(ctx, tx, Matter{Staff: true}, steps[1].ID, f.now)
		}))
		f.visit(anna, "consult", at(f.T, c, "2027-02-16 10:00"))
		f.must(f.do(func(ctx context.Context, tx store.Tx) error {
			return f.RevokeStep(ctx, tx, Matter{Staff: true}, steps[3].ID, f.now)
		}))
		if got, want := f.steps(anna), "1/4 02-01 completed, 2/4 02-08 completed, 3/4 02-15 booked, 4/4 03-15 revoked"; got != want {
			f.Fatalf("at the end: %s", got)
		}
		err := f.do(func(ctx context.Context, tx store.Tx) error {
			return f.CompleteStep(ctx, tx, Matter{Staff: true}, steps[3].ID, f.now)
		})
		if !errors.Is(err, ErrStep) {
			f.Errorf("completed what was dropped: %v", err)
		}
	})
}

func TestADateOfPreventionIsMovedAndIsServedByAVisitNearIt(t *testing.T) {
	c := treating(t)
	onBoth(t, c, at(t, c, "2027-02-01 09:00"), func(f *front) {
		anna := f.arrive("Anna")
		set := func(day string) (s store.Step) {
			f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
				s, err = f.SetPrevention(ctx, tx, Matter{Staff: true}, anna.Patient, "consult", "ann", words.Date(day), f.now)
				return err
			}))
			return s
		}
		first := set("2028-02-29")
		if again := set("2028-02-29"); again.ID != first.ID {
			f.Error("set twice is two dates")
		}
		if moved := set("2027-10-31"); moved.ID != first.ID { // the night of the clock's change
			f.Error("another date is a second one")
		}
		if got, want := f.steps(anna), "0/0 10-31 active"; got != want {
			f.Fatalf("set %s", got)
		}
		f.visit(anna, "consult", at(f.T, c, "2027-02-02 10:00")) // long before
		if got, want := f.steps(anna), "0/0 10-31 active"; got != want {
			f.Fatalf("a visit long before: %s", got)
		}
		v := f.visit(anna, "consult", at(f.T, c, "2027-09-02 10:00"))
		if got, want := f.steps(anna), "0/0 10-31 booked"; got != want {
			f.Fatalf("a visit two months before: %s", got)
		}
		f.now = at(f.T, c, "2027-09-02 12:00")
		f.became(v, store.StatusFulfilled)
		if next := set("2028-04-01"); next.ID == first.ID {
			f.Error("a new date is the old one, which is done")
		}
		if got, want := f.steps(anna), "0/0 10-31 completed, 0/0 04-01 active"; got != want {
			f.Fatalf("done, and the next set: %s", got)
		}
	})
}

func TestWhatTheDoctorSetMayBeBookedThoughItIsNotOnline(t *testing.T) {
	c := treating(t)
	f := open(t)
	f.Clinic, f.now = c, at(t, c, "2027-02-01 09:00")
	anna, boris := f.arrive("Anna"), f.arrive("Boris")
	f.course(anna, "three", "")
	if slots, _ := f.offer(anna, Ask{Service: "control"}); len(slots) != 2 {
		t.Errorf("offered %v", slots)
	}
	err := f.do(func(ctx context.Context, tx store.Tx) error {
		_, _, err := f.Offer(ctx, tx, boris, Ask{Service: "control"}, f.now)
		return err
	})
	if !errors.Is(err, ErrOffSale) {
		t.Errorf("Boris is offered it too: %v", err)
	}
}

func TestAPlanThatCannotBeIsRefused(t *testing.T) {
	c := treating(t)
	f := open(t)
	f.Clinic = c
	anna := f.arrive("Anna")
	visits := c.Course("three").Visits
	for _, p := range []struct {
		Plan
		want error
	}{
		{Plan{Patient: anna.Patient}, ErrPlan},
		{Plan{Patient: anna.Patient, Visits: []CourseVisit{{Service: "massage"}}}, ErrPlan},
		{Plan{Patient: anna.Patient, Visits: visits, Doctor: "bob"}, ErrPlan},
		{Plan{Patient: anna.Patient, Visits: visits, From: "2027-02-29"}, ErrPlan},
		{Plan{Patient: "nobody", Visits: visits}, store.ErrNotFound},
	} {
		err := f.do(func(ctx context.Context, tx store.Tx) error {
			_, err := f.PlanCourse(ctx, tx, Matter{Staff: true}, p.Plan, f.now)
			return err
		})
		if !errors.Is(err, p.want) {
			t.Errorf("%+v: %v", p.Plan, err)
		}
	}
	// The clinic's own system may say it twice.
	var first, second []store.Step
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		p := Plan{Patient: anna.Patient, Visits: visits, External: "MIS-7"}
		if first, err = f.PlanCourse(ctx, tx, Matter{Staff: true}, p, f.now); err != nil {
			return err
		}
		second, err = f.PlanCourse(ctx, tx, Matter{Staff: true}, p, f.now)
		return err
	}))
	if len(second) != 4 || first[0].ID != second[0].ID {
		t.Errorf("planned %v and %v", first, second)
	}
	// A stranger's chat has no say in it; her own may postpone being asked.
	boris := f.arrive("Boris")
	postpone := func(m Matter) error {
		return f.do(func(ctx context.Context, tx store.Tx) error {
			return f.PostponeStep(ctx, tx, m, first[0].ID, f.now.Add(7*24*time.Hour), f.now)
		})
	}
	if err := postpone(boris); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a stranger postponed it: %v", err)
	}
	f.must(postpone(anna))
	var seen []*dialogs.CourseStep
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		seen, err = f.StepsOf(ctx, tx, anna, f.now)
		return err
	}))
	if len(seen) != 4 || seen[0].Postponed == nil || !seen[0].Postponed.At.Equal(f.now.Add(7*24*time.Hour)) || seen[3].Title != "final look" {
		t.Errorf("Anna sees %+v", seen[0])
	}
}
