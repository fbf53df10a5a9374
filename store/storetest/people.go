package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"careline/store"
)

func people(t *testing.T, s *stage) {
	stranger := s.stranger()
	twin := stranger
	twin.ID, twin.PatientID = "twin", "twin's patient"
	other := s.stranger()
	other.Name = "Anna"
	var met []store.Contact
	meet := func(c ...store.Contact) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			met, err = tx.Meet(ctx, c)
			return err
		})
	}
	meet(stranger, other)
	meet(twin, other, twin)
	equal(t, "found again", met[0].ID, stranger.ID)
	equal(t, "with the patient of the first time", met[0].PatientID, stranger.PatientID)
	equal(t, "in the order asked", met[1].ID, other.ID)
	equal(t, "twice when asked twice", met[2].ID, stranger.ID)

	anna := met[1]
	anna.Name, anna.Memory = "Анна 🌷", []byte(`{"fear":"drill"}`)
	anna.BlockedAt = s.after(time.Hour)
	patient := store.Patient{ID: anna.PatientID, FullName: "Анна Иванова", Phone: "+79990000000", Birth: "1990-01-02",
		Tags: []string{"vip", "new"}, Memory: []byte(`{"x":1}`), CreatedAt: s.now}
	child := store.Patient{ID: "child", FullName: "Петя", CreatedAt: s.now}
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.SaveContacts(ctx, []store.Contact{{ID: anna.ID, PatientID: anna.PatientID, Chat: "x"}, anna}); err != nil {
			return err
		}
		if err := tx.SavePatients(ctx, []store.Patient{patient, child}); err != nil {
			return err
		}
		return tx.AddFamily(ctx, store.Kinship{Guardian: patient.ID, Ward: child.ID, Kin: "child", Since: s.now})
	})
	same(s, "contact", []store.Contact{anna}, func(ctx context.Context, tx store.Tx) ([]store.Contact, error) {
		return tx.Contacts(ctx, []string{anna.ID, "nobody"})
	})
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Blocked(ctx, anna.ID, s.after(2*time.Hour)) })
	anna.BlockedAt = s.after(2 * time.Hour)
	same(s, "a contact who blocked us", []store.Contact{anna}, func(ctx context.Context, tx store.Tx) ([]store.Contact, error) {
		return tx.Contacts(ctx, []string{anna.ID})
	})
	same(s, "contacts of the patient", []store.Contact{anna}, func(ctx context.Context, tx store.Tx) ([]store.Contact, error) {
		return tx.ContactsOf(ctx, patient.ID)
	})
	same(s, "patient", []store.Patient{patient}, func(ctx context.Context, tx store.Tx) ([]store.Patient, error) {
		return tx.Patients(ctx, []string{patient.ID})
	})
	family := func(ctx context.Context, tx store.Tx) ([]store.Patient, error) { return tx.Family(ctx, patient.ID) }
	same(s, "family", []store.Patient{child}, family)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.RemoveFamily(ctx, child.ID, patient.ID) })
	same(s, "family, after somebody else's", []store.Patient{child}, family)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.RemoveFamily(ctx, patient.ID, child.ID) })
	same(s, "no family", nil, family)
}

// same wants a read to give exactly this.
func same[T any](s *stage, what string, want T, read func(ctx context.Context, tx store.Tx) (T, error)) {
	s.Helper()
	if d := cmp.Diff(want, get(s, read)); d != "" {
		s.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func conversations(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	a := store.Conversation{ContactID: anna.ID, State: []byte(`{"tasks":[]}`), Dialog: "welcome", UpdatedAt: s.now}
	b := store.Conversation{ContactID: boris.ID, State: []byte(`{}`), Owner: "operator", UpdatedAt: s.now}
	for range 2 {
		s.do(func(ctx context.Context, tx store.Tx) error {
			return tx.SaveConversations(ctx, []store.Conversation{a, b})
		})
		same(s, "conversations", []store.Conversation{a, b}, func(ctx context.Context, tx store.Tx) ([]store.Conversation, error) {
			return tx.Conversations(ctx, []string{boris.ID, anna.ID})
		})
		a.Dialog, a.State = "booking", []byte(`{"tasks":[{"id":1}]}`)
	}
}

func consents(t *testing.T, s *stage) {
	anna := s.met()
	yes := store.Consent{PatientID: anna.PatientID, Kind: "health", Given: true, Version: "v1", Language: "ru", Channel: "web", ContactID: anna.ID, At: s.now}
	no, ads := yes, yes
	no.Given, no.At = false, s.after(time.Hour)
	ads.Kind, ads.Channel, ads.Account = "advertising", "desk", "account"
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.RecordConsents(ctx, []store.Consent{yes, ads, no})
	})
	same(s, "the last of each kind", []store.Consent{ads, no}, func(ctx context.Context, tx store.Tx) ([]store.Consent, error) {
		return tx.ConsentsOf(ctx, []string{anna.PatientID})
	})
	same(s, "history", []store.Consent{yes, ads, no}, func(ctx context.Context, tx store.Tx) ([]store.Consent, error) {
		return tx.ConsentHistory(ctx, anna.PatientID)
	})
}
