package largetest

import (
	"testing"

	"careline/store"
)

func TestAClinicIsFilled(t *testing.T) {
	for _, e := range Engines() {
		t.Run(e.Name, func(t *testing.T) {
			c := Fill(t, e, Small)
			err := c.Store.Read(t.Context(), func(tx store.Tx) error {
				said, err := tx.History(t.Context(), LongChat, 0, 0, 10*Small.Long)
				if err == nil && len(said) != Small.Long {
					t.Errorf("the long chat has %d messages", len(said))
				}
				if err != nil {
					return err
				}
				open, err := tx.CountTickets(t.Context())
				if err == nil && (open.Open != Small.Tickets || open.Of["a3"] == 0) {
					t.Errorf("tickets: %+v", open)
				}
				if err != nil {
					return err
				}
				found, err := tx.FindPatients(t.Context(), Phone(42), 2)
				if err == nil && (len(found) != 1 || found[0].ID != Patient(42)) {
					t.Errorf("found %v", found)
				}
				return err
			})
			must(t, err)
		})
	}
}
