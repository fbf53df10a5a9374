package bottest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/dialogs"
	"careline/store"

	"pgregory.net/rapid"
)

// Whatever happens to visits, people, clocks and processes: nobody is reminded of a visit that is not, none after it
// has begun, none twice, nobody at night, and nobody without consent.
func TestTimelinesInStorms(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := newSeason(t, newStorm(r))
		for range 30 {
			s.something()
			s.settle()
		}
		s.reminded()
	})
}

// season is a few patients, their visits as they ought to stand, and what was said to them.
type season struct {
	t      *testing.T
	storm  *storm
	db     store.Store
	world  *bottest.World
	people []*guest
	visits map[string]*store.Appointment
	seen   map[string]bool // touches
	booked int
	rounds int
}

// guest is a patient with one chat.
type guest struct {
	chat, contact, patient, zone string
	advertising                  bool
	campaign                     time.Time // the last one
}

func newSeason(t *testing.T, w *storm) *season {
	db := bottest.SQLite(t)
	crashing := &bottest.Crashing{Store: db, Next: w.crash}
	s := &season{t: t, storm: w, db: db, world: bottest.New(t, crashing, "p0"), visits: map[string]*store.Appointment{}, seen: map[string]bool{}}
	for i, zone := range []string{"", "Asia/Vladivostok", "America/New_York"} {
		g := &guest{chat: fmt.Sprint("chat", i), zone: zone, advertising: i != 1}
		s.tx(func(tx store.Tx) error {
			now := s.world.Clock.Now()
			met, err := tx.Meet(t.Context(), []store.Contact{{
				ID: fmt.Sprint("c", i), PatientID: fmt.Sprint("p", i), Channel: "test", Chat: g.chat, Language: "ru", Zone: zone, CreatedAt: now,
			}})
			if err != nil {
				return err
			}
			g.contact, g.patient = met[0].ID, met[0].PatientID
			for _, kind := range []string{"personal", "health", "advertising"} {
				if kind == "advertising" && !g.advertising {
					continue
				}
				if err := s.consent(tx, g, kind, true); err != nil {
					return err
				}
			}
			return tx.SavePatients(t.Context(), []store.Patient{{ID: g.patient, FullName: "Анна Петрова", Phone: "+79123456789", CreatedAt: now}})
		})
		s.people = append(s.people, g)
	}
	return s
}

func (s *season) consent(tx store.Tx, g *guest, kind string, given bool) error {
	return tx.RecordConsents(s.t.Context(), []store.Consent{{
		PatientID: g.patient, Kind: kind, Given: given, Version: "1", Language: "ru", Channel: "test", ContactID: g.contact, At: s.world.Clock.Now(),
	}})
}

// tx is done whatever crashes. After a crash behind the commit it is done again: it must be able to bear that.
func (s *season) tx(f func(store.Tx) error) {
	s.t.Helper()
	insist(s.t, func() error { return s.world.Runner.Store.Tx(s.t.Context(), f) })
}

// something happens.
func (s *season) something() {
	now := s.world.Clock.Now()
	switch s.storm.next(12) {
	case 0, 1, 2:
		s.book(now.Add(time.Duration(1+s.storm.next(200)) * time.Hour))
	case 3:
		s.change(func(a *store.Appointment) bool {
			at := now.Add(time.Duration(s.storm.next(120)-6) * time.Hour) // the desk may write down what has been
			a.Parts = []store.Part{{Practitioner: a.Parts[0].Practitioner, Start: at, End: at.Add(time.Hour)}}
			a.Start, a.End, a.Sequence = at, at.Add(time.Hour), a.Sequence+1
			return true
		}, store.StatusBooked)
	case 4:
		s.status(store.StatusCancelled, store.StatusBooked)
	case 5:
		s.status(store.StatusFulfilled, store.StatusBooked)
	case 6:
		s.status(store.StatusNoShow, store.StatusBooked)
	case 7: // they travel
		g := s.people[s.storm.next(len(s.people))]
		g.zone = []string{"Europe/Moscow", "Asia/Vladivostok", "America/New_York", "Europe/Berlin"}[s.storm.next(4)]
		s.tx(func(tx store.Tx) error {
			rows, err := tx.Contacts(s.t.Context(), []string{g.contact})
			if err != nil {
				return err
			}
			rows[0].Zone = g.zone
			return tx.SaveContacts(s.t.Context(), rows)
		})
	case 8:
		g := s.people[s.storm.next(len(s.people))]
		g.advertising = !g.advertising
		s.tx(func(tx store.Tx) error { return s.consent(tx, g, "advertising", g.advertising) })
	case 9: // the process is down for a while
		s.world.Clock.Advance(time.Duration(s.storm.next(72)) * time.Hour)
	case 10: // months go by
		s.pass(time.Duration(s.storm.next(90)) * 24 * time.Hour)
	default:
		s.pass(time.Duration(s.storm.next(30)) * time.Hour)
	}
	if s.storm.restart() {
		s.rounds++
		s.world = s.world.Again(fmt.Sprint("p", s.rounds))
	}
}

// pass lets time go by from one thing that is due to the next, looking at each.
func (s *season) pass(d time.Duration) {
	end := s.world.Clock.Now().Add(d)
	for {
		next, err := s.world.Runner.NextDue(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if next.IsZero() || next.After(end) {
			break
		}
		s.world.Clock.Advance(max(0, next.Sub(s.world.Clock.Now())))
		s.settle()
	}
	s.world.Clock.Advance(max(0, end.Sub(s.world.Clock.Now())))
}

func (s *season) settle() {
	s.t.Helper()
	insist(s.t, func() error {
		err := s.world.Store.Tx(s.t.Context(), func(tx store.Tx) error { return tx.Release(s.t.Context(), s.world.Runner.Name) })
		if err != nil {
			return err
		}
		return s.world.Runner.Settle(s.t.Context())
	})
	s.look()
}

func (s *season) book(start time.Time) *store.Appointment {
	s.booked++
	g, now := s.people[s.storm.next(len(s.people))], s.world.Clock.Now()
	a := store.Appointment{
		ID: fmt.Sprint("v", s.booked), PatientID: g.patient, ContactID: g.contact, Service: "implant", Branch: "moscow", Status: store.StatusBooked,
		Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: fmt.Sprint("d", s.booked), Start: start, End: start.Add(time.Hour)}},
		CreatedAt: now, UpdatedAt: now, StatusAt: now,
	}
	s.tx(func(tx store.Tx) error {
		there, err := tx.AppointmentsByID(s.t.Context(), []string{a.ID})
		if err != nil || len(there) > 0 {
			return err
		}
		return tx.Book(s.t.Context(), a, now)
	})
	s.visits[a.ID] = &a
	return &a
}

// change does something to one of the visits that have the status.
func (s *season) change(f func(*store.Appointment) bool, status string) {
	var ids []string
	for id, a := range s.visits {
		if a.Status == status {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	a := s.visits[ids[s.storm.next(len(ids))]]
	was := a.Start
	if !f(a) {
		return
	}
	now := s.world.Clock.Now()
	a.UpdatedAt = now
	s.tx(func(tx store.Tx) error {
		if !a.Start.Equal(was) {
			return tx.Move(s.t.Context(), *a, now)
		}
		return tx.SaveAppointments(s.t.Context(), []store.Appointment{*a})
	})
}

func (s *season) status(to, from string) {
	s.change(func(a *store.Appointment) bool {
		if now := s.world.Clock.Now(); to != store.StatusCancelled && now.Before(a.End) {
			return false
		}
		a.Status, a.StatusAt = to, s.world.Clock.Now()
		return true
	}, from)
}

// look holds what timelines did since the last look against what is.
func (s *season) look() {
	s.t.Helper()
	polite, timelines := s.world.Scripts().Journey.Polite, map[string]*dialogs.Timeline{}
	for _, t := range s.world.Scripts().Journey.Timelines {
		timelines[t.Name] = t
	}
	for _, g := range s.people {
		var touches []store.Touch
		if err := s.db.Read(s.t.Context(), func(tx store.Tx) (err error) {
			touches, err = tx.TouchesOf(s.t.Context(), g.patient, time.Time{})
			return err
		}); err != nil {
			s.t.Fatal(err)
		}
		for _, touch := range touches {
			timeline := timelines[touch.Timeline]
			if touch.Outcome != store.Sent || timeline.Call != nil {
				continue
			}
			key := fmt.Sprint(touch.Timeline, touch.About, touch.Moment)
			if s.seen[key] {
				continue
			}
			s.seen[key] = true
			s.right(g, touch, timeline, polite)
		}
	}
}

func (s *season) zone(g *guest) *time.Location {
	if zone := dialogs.ZoneNamed(g.zone); zone != nil {
		return zone
	}
	return dialogs.ZoneNamed("Europe/Moscow")
}

func (s *season) right(g *guest, touch store.Touch, timeline *dialogs.Timeline, polite dialogs.Polite) {
	s.t.Helper()
	at := touch.At.In(s.zone(g))
	wrong := func(what string) {
		s.t.Errorf("%s about %s was sent at %v: %s", touch.Timeline, touch.About, at, what)
	}
	minute, quiet := at.Hour()*60+at.Minute(), polite.Quiet[timeline.Class]
	if minute >= quiet.From || minute < quiet.To {
		wrong("it is quiet then")
	}
	if timeline.Class != dialogs.ServiceClass {
		if touch.At.Sub(g.campaign) < 10*time.Hour {
			wrong("there was another campaign on that day")
		}
		g.campaign = touch.At
	}
	if timeline.Class == dialogs.AdvertisingClass && !g.advertising {
		wrong("there is no consent")
	}
	if visit := s.visits[strings.TrimPrefix(touch.About, "visit/")]; visit != nil && strings.HasPrefix(touch.Timeline, "reminder") {
		if visit.Status != store.StatusBooked {
			wrong("the visit is " + visit.Status)
		}
		if !touch.At.Before(visit.Start) {
			wrong("the visit has begun")
		}
	}
}

// reminded: after all of that, a visit that is booked in good time is still reminded of.
func (s *season) reminded() {
	s.t.Helper()
	s.pass(100 * 24 * time.Hour) // what waits is over
	start := s.world.Clock.Now().Add(5 * 24 * time.Hour).In(dialogs.ZoneNamed("Europe/Moscow"))
	start = time.Date(start.Year(), start.Month(), start.Day(), 14, 0, 0, 0, start.Location())
	a := s.book(start)
	s.settle()
	s.pass(6 * 24 * time.Hour)
	var names []string
	if err := s.db.Read(s.t.Context(), func(tx store.Tx) error {
		touches, err := tx.TouchesAbout(s.t.Context(), []string{"visit/" + a.ID})
		for _, touch := range touches {
			names = append(names, touch.Timeline+" "+touch.Outcome)
		}
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	for _, want := range []string{"reminder_day sent", "reminder_hours sent"} {
		if !slices.Contains(names, want) {
			s.t.Errorf("a visit at %v led to %v, not to %q", start, names, want)
		}
	}
}
