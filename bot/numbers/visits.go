package numbers

import (
	"context"

	"careline/store"
)

// Visits counts those that begin in the span.
type Visits struct {
	All       int  `json:"all"`
	Cancelled int  `json:"cancelled"`
	Came      int  `json:"came"`
	NoShow    int  `json:"no_show"`
	Open      int  `json:"open"`         // nobody has said yet what became of them
	Confirmed Part `json:"confirmed"`    // of those that were not cancelled
	Missed    Part `json:"no_show_rate"` // of those that came or did not
}

func (v *Visits) add(f store.VisitFact) {
	v.All++
	switch f.Status {
	case store.StatusCancelled:
		v.Cancelled++
		return
	case store.StatusNoShow:
		v.NoShow++
	case store.StatusArrived, store.StatusFulfilled:
		v.Came++
	default:
		v.Open++
	}
	v.Confirmed.Of++
	if f.Confirmed {
		v.Confirmed.Count++
	}
	v.Missed = Part{v.NoShow, v.NoShow + v.Came}
}

// Ratings are those of the span's visits.
type Ratings struct {
	Given Part    `json:"given"` // of the visits that came
	Mean  float64 `json:"mean"`  // 0 = none was given
	High  Part    `json:"high"`  // 4 and 5
	Low   Part    `json:"low"`   // 1 and 2
	sum   int
}

func (r *Ratings) add(f store.VisitFact) {
	if f.Status == store.StatusArrived || f.Status == store.StatusFulfilled {
		r.Given.Of++
	}
	if f.Rating == 0 {
		return
	}
	r.Given.Count++
	r.High.Of++
	r.Low.Of++
	if f.Rating >= 4 {
		r.High.Count++
	}
	if f.Rating <= 2 {
		r.Low.Count++
	}
	r.sum += f.Rating
	r.Mean = float64(r.sum) / float64(r.Given.Count)
}

// Patients tells how faithful they are. The first four count the visits of the span to which patients came, by how long
// they had not been there.
type Patients struct {
	New      int     `json:"new"`
	HalfYear int     `json:"within_6_months"`
	Year     int     `json:"6_to_12_months"`
	Longer   int     `json:"longer"`
	Returned Part    `json:"returned"` // of those who came 6 to 12 months before the end of the span: came in the last 6
	PerYear  float64 `json:"visits_per_patient_and_year"`
}

// Visits to which patients came.
func (p Patients) Visits() int { return p.New + p.HalfYear + p.Year + p.Longer }

func (r *Report) patients(ctx context.Context, tx store.Tx, a Ask) error {
	found, err := tx.Returning(ctx, a.spans())
	if err != nil {
		return err
	}
	count := map[store.Absence]int{}
	for _, f := range found {
		count[f.Since] = f.Visits
	}
	r.Patients = Patients{New: count[store.NeverBefore], HalfYear: count[store.HalfYear], Year: count[store.WholeYear], Longer: count[store.Longer]}
	end := a.Span.To
	year, half := end.AddDate(-1, 0, 0), end.AddDate(0, -6, 0)
	were, returned, err := tx.Returned(ctx, store.Span{From: year, To: half}, store.Span{From: half, To: end})
	if err != nil {
		return err
	}
	r.Patients.Returned = Part{returned, were}
	visits, patients, err := tx.Came(ctx, store.Span{From: year, To: end})
	if err == nil && patients > 0 {
		r.Patients.PerYear = float64(visits) / float64(patients)
	}
	return err
}
