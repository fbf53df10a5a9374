package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/store"
)

// visit is a line of a table of visits.
type visit struct {
	person
	store.Appointment
}

const (
	usualVisit  = 30 * time.Minute // where neither the table nor the service tells how long one takes
	longest     = 24 * time.Hour
	furthest    = 2 * 365 * 24 * time.Hour // from now
	noonForDate = 12 * time.Hour           // of a visit of which only the day is known
)

var firstDay = time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)

// visit reads a line; the patient is not known yet.
func (i *Import) visit(l line, c *catalogue, now time.Time) (v visit, o outcome) {
	if l.Broken != nil {
		o.reject(*l.Broken)
		return v, o
	}
	var problems []Reason
	note := func(why *Reason) {
		if why != nil {
			problems = append(problems, *why)
		}
	}
	v.person, problems = l.person(now)
	v.External = l.cell("visit_id")
	var why *Reason
	var doctor string
	if v.Service, why = c.services.find(l.cell("service")); why != nil {
		note(why)
	}
	if name := l.cell("doctor"); name != "" {
		doctor, why = c.doctors.find(name)
		note(why)
	}
	branch, why := i.branch(l.cell("branch"), doctor, c)
	note(why)
	if len(problems) == 0 {
		note(v.at(l, i.Clinic.Service(v.Service), branch, now))
	}
	if len(problems) == 0 {
		note(v.with(doctor, l.cell("status"), now))
	}
	if len(problems) > 0 {
		o.fate, o.reasons = rejected, problems
	}
	return v, o
}

// branch is where the visit was: as told, or the only one where that could be.
func (i *Import) branch(name, doctor string, c *catalogue) (*booking.Branch, *Reason) {
	if name != "" {
		id, why := c.branches.find(name)
		return i.Clinic.Branch(id), why
	}
	if len(i.Clinic.Branches) == 1 {
		return i.Clinic.Branches[0], nil
	}
	if p := i.Clinic.Practitioner(doctor); p != nil && len(p.Works) == 1 {
		for id := range p.Works {
			return i.Clinic.Branch(id), nil
		}
	}
	return nil, &Reason{ID: "no_branch"}
}

// at reads when the visit was, by the clock of its branch.
func (v *visit) at(l line, service *booking.Service, branch *booking.Branch, now time.Time) *Reason {
	written := l.cell("date")
	of, rest, ok := date(written)
	if !ok || of.Before(firstDay) || of.After(now.Add(furthest)) {
		return &Reason{ID: "date", Value: short(written)}
	}
	clock := noonForDate
	if hourly := cmp.Or(l.cell("time"), rest); hourly != "" {
		if clock, ok = hour(hourly); !ok {
			return &Reason{ID: "time", Value: short(hourly)}
		}
	}
	on := func(d time.Duration) time.Time {
		return time.Date(of.Year(), of.Month(), of.Day(), int(d.Hours()), int(d.Minutes())%60, 0, 0, branch.Zone)
	}
	v.Branch, v.Start = branch.ID, on(clock).UTC()
	v.Local = on(clock).Format("2006-01-02T15:04")
	long := cmp.Or(service.Duration(), usualVisit)
	if cell := l.cell("minutes"); cell != "" {
		n, err := strconv.Atoi(strings.Fields(cell)[0])
		if long = time.Duration(n) * time.Minute; err != nil || long <= 0 || long > longest {
			return &Reason{ID: "minutes", Value: short(cell)}
		}
	}
	v.End = v.Start.Add(long)
	if cell := l.cell("end"); cell != "" {
		if _, rest, dated := date(cell); dated && rest != "" {
			cell = rest
		}
		until, ok := hour(cell)
		if v.End = on(until).UTC(); !ok || !v.Start.Before(v.End) {
			return &Reason{ID: "time", Value: short(l.cell("end"))}
		}
	}
	return nil
}

// statuses by their names in tables.
var statuses = map[string]string{
	"завершен": store.StatusFulfilled, "завершена": store.StatusFulfilled, "выполнен": store.StatusFulfilled, "выполнена": store.StatusFulfilled,
	"состоялся": store.StatusFulfilled, "состоялась": store.StatusFulfilled, "оказана": store.StatusFulfilled, "прошел": store.StatusFulfilled,
	"закрыт": store.StatusFulfilled, "оплачен": store.StatusFulfilled, "done": store.StatusFulfilled, "completed": store.StatusFulfilled,
	"fulfilled": store.StatusFulfilled, "пришел": store.StatusArrived, "пришла": store.StatusArrived, "arrived": store.StatusArrived,
	"отменен": store.StatusCancelled, "отменена": store.StatusCancelled, "отмена": store.StatusCancelled, "отказ": store.StatusCancelled,
	"cancelled": store.StatusCancelled, "canceled": store.StatusCancelled,
	"неявка": store.StatusNoShow, "непришел": store.StatusNoShow, "непришла": store.StatusNoShow, "неявился": store.StatusNoShow,
	"неявилась": store.StatusNoShow, "noshow": store.StatusNoShow,
	"записан": store.StatusBooked, "записана": store.StatusBooked, "запланирован": store.StatusBooked, "запланирована": store.StatusBooked,
	"подтвержден": store.StatusBooked, "подтверждена": store.StatusBooked, "ожидается": store.StatusBooked, "booked": store.StatusBooked,
	"planned": store.StatusBooked, "scheduled": store.StatusBooked, "confirmed": store.StatusBooked,
}

// with says what became of the visit, and who was the doctor.
func (v *visit) with(doctor, status string, now time.Time) *Reason {
	over := !v.End.After(now)
	v.Status = store.StatusBooked
	if over {
		v.Status = store.StatusFulfilled
	}
	if status != "" {
		ours, ok := statuses[folded(status)]
		if !ok || ours == store.StatusFulfilled && v.Start.After(now) || ours == store.StatusNoShow && v.Start.After(now) {
			return &Reason{ID: "status", Value: short(status)}
		}
		v.Status = ours
	}
	if doctor != "" {
		v.Parts = []store.Part{{Practitioner: doctor, Start: v.Start, End: v.End}}
	} else if v.takesTime(now) {
		return &Reason{ID: "no_doctor"}
	}
	// Whatever follows from a visit's beginnings and ends has its moment when it was, not now.
	v.CreatedAt, v.UpdatedAt, v.StatusAt = now, now, now
	if over {
		v.CreatedAt, v.StatusAt = v.Start, v.End
	}
	return nil
}

// takesTime: the visit is to come, so its doctor's time has to be free.
func (v *visit) takesTime(now time.Time) bool {
	return v.End.After(now) && v.Status != store.StatusCancelled && v.Status != store.StatusFulfilled && v.Status != store.StatusNoShow
}

// identity is the same for the same visit in every run.
func (v *visit) identity() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "import %q %q %q %d", v.External, v.PatientID, v.Service, v.Start.Unix()))
	return hex.EncodeToString(sum[:16])
}
