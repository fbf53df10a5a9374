package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

func segments(t *testing.T, s *stage) {
	anna, boris, vera := s.met(), s.met(), s.met()
	visit := func(c store.Contact, days int, status string) store.Appointment {
		a := s.visit(c, part("smith", s.after(time.Duration(days)*24*time.Hour), 30))
		a.Status = status
		return a
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.SavePatients(ctx, []store.Patient{
			{ID: anna.PatientID, FullName: "Anna", Tags: []string{"vip", `so-called "new"`}, Channel: "vk", CreatedAt: s.now},
			{ID: boris.PatientID, FullName: "Boris", Tags: []string{"vipera", "VIP"}, CreatedAt: s.now},
		}); err != nil {
			return err
		}
		boris.Source = "qr_door"
		if err := tx.SaveContacts(ctx, []store.Contact{boris}); err != nil {
			return err
		}
		n, err := tx.ImportAppointments(ctx, []store.Appointment{
			visit(anna, -400, "fulfilled"), visit(boris, -400, "fulfilled"), visit(boris, -10, "fulfilled"), visit(vera, -400, "noshow"),
		})
		equal(t, "visits", n, 4)
		return err
	})
	for _, c := range []struct {
		segment store.Segment
		want    []string
	}{
		{store.Segment{}, []string{"Anna", "Boris", ""}},
		{store.Segment{Tag: "vip"}, []string{"Anna"}},
		{store.Segment{Tag: `so-called "new"`}, []string{"Anna"}},
		{store.Segment{Tag: "vi%"}, nil},
		{store.Segment{Channel: "vk"}, []string{"Anna"}},
		{store.Segment{Channel: "web", Service: "crown"}, []string{"Anna", "Boris"}},
		{store.Segment{Source: "qr_door"}, []string{"Boris"}},
		{store.Segment{NotSince: s.after(-200 * 24 * time.Hour)}, []string{"Anna"}},
	} {
		same(s, "a segment", c.want, func(ctx context.Context, tx store.Tx) (names []string, err error) {
			after := ""
			for { // page by page
				page, err := tx.PatientsIn(ctx, c.segment, after, 1)
				if err != nil || len(page) == 0 {
					return names, err
				}
				names, after = append(names, page[0].FullName), page[0].ID
			}
		})
	}
}
