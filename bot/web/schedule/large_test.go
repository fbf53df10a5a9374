package schedule_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/schedule"
	"careline/store"
)

// A full day of forty practitioners stays light.
func TestADayOfFortyPractitionersIsLight(t *testing.T) {
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a", func(c *booking.Clinic) {
		for i := len(c.Practitioners); i < 40; i++ {
			another := *c.Practitioners[i%3]
			another.ID = fmt.Sprint("doctor", i)
			c.Practitioners = append(c.Practitioners[:i:i], &another)
		}
	}), func(d page.Desk) []page.Route { return schedule.New(d).Routes() })
	now := s.Clock.Now()
	err := s.Store.Tx(t.Context(), func(tx store.Tx) error {
		for i, d := range s.Desk.Clinic.Practitioners {
			for n := range 10 {
				id, start := fmt.Sprint(i, "-", n), now.Add(time.Duration(n)*time.Hour)
				if err := tx.SavePatients(t.Context(), []store.Patient{{ID: id, FullName: "Константинопольская Александра Сергеевна", CreatedAt: now}}); err != nil {
					return err
				}
				err := tx.Book(t.Context(), store.Appointment{ID: id, PatientID: id, Service: service, Branch: "moscow", Status: store.StatusBooked, Start: start,
					End: start.Add(40 * time.Minute), Parts: []store.Part{{Practitioner: d.ID, Start: start, End: start.Add(40 * time.Minute)}},
					CreatedAt: now, UpdatedAt: now, StatusAt: now}, now)
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	a := s.As(access.Administrator).Get("/desk/schedule")
	if n := a.Body.Len(); a.Code != http.StatusOK || n > 150_000 {
		t.Errorf("%d, %d bytes", a.Code, n)
	}
}
