package booking

import (
	"context"
	"errors"
	"testing"
	"time"

	"careline/store"
)

// spoken is a visit that somebody at the clinic speaks of.
type spoken struct {
	*front
	anna  Matter
	visit string
	start time.Time
}

func booked(t *testing.T) *spoken {
	f := open(t)
	anna := f.arrive("Anna")
	pair, _ := f.offer(anna, Ask{Service: "dentist_consult"})
	visit, err := f.book(anna, pair[0], "")
	f.must(err)
	return &spoken{f, anna, visit.ID, visit.Start.At}
}

// says reports that the visit had the status at a moment after its start; it is told an hour after that.
func (o *spoken) says(status string, after time.Duration) (Effect, error) {
	return o.reports(Outcome{Visit: Ref{ID: o.visit}, Status: status, At: o.start.Add(after)}, after+time.Hour)
}

func (o *spoken) reports(said Outcome, after time.Duration) (effect Effect, err error) {
	err = o.do(func(ctx context.Context, tx store.Tx) error {
		_, effect, err = o.Report(ctx, tx, Matter{Staff: true}, said, o.start.Add(after))
		return err
	})
	return effect, err
}

func (o *spoken) now() (a store.Appointment) {
	o.must(o.do(func(ctx context.Context, tx store.Tx) (err error) {
		a, err = o.FindVisit(ctx, tx, Ref{ID: o.visit})
		return err
	}))
	return a
}

func (o *spoken) happens(status string, after time.Duration, want Effect) {
	o.Helper()
	if got, err := o.says(status, after); err != nil || got != want {
		o.Errorf("%s after %v: %q, %v; want %q", status, after, got, err, want)
	}
}

func (o *spoken) refused(status string, after time.Duration, why error) {
	o.Helper()
	before := o.now()
	if _, err := o.says(status, after); !errors.Is(err, why) {
		o.Errorf("%s after %v: %v, want %v", status, after, err, why)
	}
	if o.now().Status != before.Status {
		o.Errorf("%s was refused and made the visit %s", status, o.now().Status)
	}
}

func TestAPatientCameAndWasSeen(t *testing.T) {
	o := booked(t)
	o.refused(store.StatusArrived, -24*time.Hour, ErrEarly)
	o.refused(store.StatusNoShow, -time.Minute, ErrEarly)
	o.happens(store.StatusArrived, -10*time.Minute, Done)
	o.happens(store.StatusFulfilled, 30*time.Minute, Done)
	o.happens(store.StatusFulfilled, 31*time.Minute, Unchanged)
	if got := o.now(); !got.StatusAt.Equal(o.start.Add(30*time.Minute)) || !got.UpdatedAt.Equal(o.start.Add(90*time.Minute)) {
		t.Errorf("it was so at %v and is known since %v", got.StatusAt, got.UpdatedAt)
	}
	o.happens(store.StatusArrived, 20*time.Minute, Superseded) // a message that was late
	o.refused(store.StatusNoShow, time.Hour, ErrStatus)
	o.refused(store.StatusCancelled, time.Hour, ErrStatus)
}

func TestAMistakeIsTakenBack(t *testing.T) {
	o := booked(t)
	o.happens(store.StatusNoShow, 10*time.Minute, Done)
	o.happens(store.StatusBooked, 15*time.Minute, Done)
	o.happens(store.StatusFulfilled, 20*time.Minute, Done)
	o.happens(store.StatusBooked, 25*time.Minute, Done)
	if got := o.now().Status; got != store.StatusBooked {
		t.Errorf("the visit is %s", got)
	}
	var names []string
	o.must(o.do(func(ctx context.Context, tx store.Tx) error {
		events, err := tx.EventsSince(ctx, 0, 100)
		for _, e := range events {
			names = append(names, e.Name)
		}
		return err
	}))
	booked := 0
	for _, n := range names {
		if n == "visit.booked" {
			booked++
		}
	}
	if booked != 1 {
		t.Errorf("the visit was booked once, the funnel has it %d times: %v", booked, names)
	}
}

func TestTheTimeOfANoShowMayBeSomebodyElsesByThen(t *testing.T) {
	o := booked(t)
	o.happens(store.StatusNoShow, time.Minute, Done)
	lost := o.now()
	taken := lost
	taken.ID, taken.Status, taken.PatientID, taken.ContactID = "another", store.StatusBooked, "", ""
	o.must(o.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, taken, o.start) }))
	if _, err := o.reports(Outcome{Visit: Ref{ID: o.visit}, Status: store.StatusBooked, At: o.start.Add(2 * time.Minute)}, 2*time.Minute); !errors.Is(err, store.ErrTaken) {
		t.Errorf("taken back onto another visit: %v", err)
	}
}

func TestTheClinicCancels(t *testing.T) {
	o := booked(t)
	o.refused(store.StatusPending, 0, ErrStatus)
	o.happens(store.StatusCancelled, -time.Minute, Done) // too late for the patient, not for the clinic
	o.happens(store.StatusCancelled, -time.Minute, Unchanged)
	o.refused(store.StatusArrived, time.Hour, ErrStatus)
	o.happens(store.StatusArrived, -time.Hour, Superseded)
}

func TestAVisitHasTwoNames(t *testing.T) {
	o := booked(t)
	other, _ := o.offer(o.anna, Ask{Service: "dentist_consult"})
	second, err := o.book(o.anna, other[1], "")
	o.must(err)
	said := func(id, external string) error {
		_, err := o.reports(Outcome{Visit: Ref{ID: id, External: external}, Status: store.StatusBooked}, 0)
		return err
	}
	for _, c := range []struct {
		story, id, external string
		want                error
	}{
		{"nobody's id", "nobody", "", store.ErrNotFound},
		{"no id at all", "", "", store.ErrNotFound},
		{"a name that was never told", "", "MIS-1", store.ErrNotFound},
		{"both", o.visit, "MIS-1", nil},
		{"from now on the name is enough", "", "MIS-1", nil},
		{"both again", o.visit, "MIS-1", nil},
		{"another name", o.visit, "MIS-2", ErrOtherVisit},
		{"the name of another visit", second.ID, "MIS-1", ErrOtherVisit},
	} {
		if err := said(c.id, c.external); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.story, err)
		}
	}
}

func TestAVisitIsEarlyByTheClockOfItsBranch(t *testing.T) {
	o := booked(t)
	visit := o.now()
	branch := o.Clinic.Branch(visit.Branch)
	y, m, d := visit.Start.In(branch.Zone).Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, branch.Zone)
	o.refused(store.StatusArrived, midnight.Sub(o.start)-time.Second, ErrEarly)
	o.happens(store.StatusArrived, midnight.Sub(o.start), Done)
}
