package booking

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"careline/store"
)

// Loyalty is what a clinic gives points for. One point is worth one unit of the clinic's currency.
type Loyalty struct {
	Title  Text   // what the points are called; empty = points
	Visit  Reward // for every visit that took place
	Invite int    // points to both, when somebody who was invited has come
	Spend  int    // percent of a visit's price that points may pay
}

// Reward is a number of points, or a part of the price.
type Reward struct{ Points, Percent int }

// for a service of this price, in whole points.
func (w Reward) of(p *Price) int {
	if w.Percent == 0 || p == nil {
		return w.Points
	}
	return int(p.Amount * int64(w.Percent) / 100 / 100) // hundredths of the currency, hundredths of a whole
}

// Spendable is how much of the balance may pay a visit of this price, as far as the price list tells it; nil = any.
func (l *Loyalty) Spendable(balance int, p *Price) int {
	balance = max(balance, 0)
	if l == nil || p == nil || p.From { // points that a clinic gave once are worth what they were
		return balance
	}
	return min(balance, Reward{Percent: l.Spend}.of(&Price{Amount: max(p.Amount, p.Upto)}))
}

// rewarded gives points for a visit that has just taken place, and takes them back when it has not after all.
func (r *Reception) rewarded(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, now time.Time) error {
	if r.Clinic.Loyalty == nil || a.PatientID == "" {
		return nil
	}
	var price *Price
	if s := r.Clinic.Service(a.Service); s != nil {
		price = s.Price
	}
	took := a.Status == store.StatusFulfilled
	line := store.Point{PatientID: a.PatientID, Amount: r.Clinic.Loyalty.Visit.of(price), Reason: store.ForVisit, Ref: a.ID, At: now}
	if changed, err := settle(ctx, tx, line, took); err != nil {
		return err
	} else if changed {
		if err := r.log(ctx, tx, m, now, "points."+outcome(took), a, strconv.Itoa(line.Amount)); err != nil {
			return err
		}
	}
	return r.recommended(ctx, tx, m, a, now)
}

func outcome(due bool) string {
	if due {
		return "credited"
	}
	return "returned"
}

// settle makes the ledger say that the line is due, or that it is not, and tells whether that is news. A line that was
// taken back may be due anew: each time has a number of its own behind Ref, so that nothing counts twice, whoever else
// settles it at the same time. What is taken back is what was given, whatever careline.yaml says by now.
func settle(ctx context.Context, tx store.Tx, line store.Point, due bool) (bool, error) {
	ledger, err := tx.PointsOf(ctx, line.PatientID)
	if err != nil {
		return false, err
	}
	given, taken := 0, 0
	var last store.Point
	for _, p := range ledger {
		switch base, _, _ := strings.Cut(p.Ref, timeMark); {
		case base != line.Ref:
		case p.Reason == line.Reason:
			given, last = given+1, p
		case p.Reason == store.ForReturn:
			taken++
		}
	}
	stands := given > taken
	if stands == due || due && line.Amount == 0 {
		return false, nil
	}
	if !due {
		line.Amount, line.Reason, line.Ref = -last.Amount, store.ForReturn, last.Ref
	} else if given > 0 {
		line.Ref += timeMark + strconv.Itoa(given+1)
	}
	fresh, err := tx.AddPoints(ctx, []store.Point{line})
	if err != nil {
		return false, fmt.Errorf("settling points: %w", err)
	}
	return fresh[0], nil
}

// timeMark stands before the number of the time, from the second on; no id has it.
const timeMark = "#"

// SpendError says why points cannot pay.
type SpendError struct {
	Balance int  // how many there are
	Most    int  // how many may pay this visit
	Before  bool // they have paid for it already
}

func (e *SpendError) Error() string {
	switch {
	case e.Before:
		return "points have paid for this visit already"
	case e.Most < e.Balance:
		return fmt.Sprintf("at most %d points may pay for this visit", e.Most)
	}
	return fmt.Sprintf("there are only %d points", e.Balance)
}

// Spend pays a part of a visit with points, once for each visit. The error is a *SpendError, or store.ErrNotFound for
// a visit of somebody else.
func (r *Reception) Spend(ctx context.Context, tx store.Tx, patient, visit string, points int, now time.Time) error {
	if points < 1 {
		return fmt.Errorf("%d is no number of points to spend", points)
	}
	if err := tx.LockPatients(ctx, []string{patient}); err != nil {
		return err
	}
	visits, err := tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(visits, func(a store.Appointment) bool { return a.PatientID == patient }) {
		return fmt.Errorf("reading the visit: %w", store.ErrNotFound)
	}
	balance, err := tx.Balance(ctx, patient)
	if err != nil {
		return err
	}
	var price *Price
	if s := r.Clinic.Service(visits[0].Service); s != nil {
		price = s.Price
	}
	if most := r.Clinic.Loyalty.Spendable(balance, price); points > most {
		return &SpendError{Balance: balance, Most: most}
	}
	fresh, err := tx.AddPoints(ctx, []store.Point{{PatientID: patient, Amount: -points, Reason: store.ForPayment, Ref: visit, At: now}})
	if err != nil {
		return err
	}
	if !fresh[0] {
		return &SpendError{Balance: balance, Most: balance, Before: true}
	}
	return r.log(ctx, tx, Matter{Staff: true}, now, "points.spent", visits[0], strconv.Itoa(points))
}

// Correct adds points to a patient's, or takes some away, by hand.
func (r *Reception) Correct(ctx context.Context, tx store.Tx, patient string, points int, now time.Time) error {
	if err := tx.LockPatients(ctx, []string{patient}); err != nil {
		return err
	}
	balance, err := tx.Balance(ctx, patient)
	if err != nil {
		return err
	}
	if balance+points < 0 {
		return &SpendError{Balance: balance, Most: balance}
	}
	_, err = tx.AddPoints(ctx, []store.Point{{PatientID: patient, Amount: points, Reason: store.ForCorrection, Ref: r.IDs(), At: now}})
	if err != nil {
		return err
	}
	return r.log(ctx, tx, Matter{Staff: true}, now, "points.corrected", store.Appointment{PatientID: patient}, strconv.Itoa(points))
}
