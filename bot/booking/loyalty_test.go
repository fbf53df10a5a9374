package booking

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// club is a clinic that gives points: 3 % of a visit of 1500, 500 for an invitation, and points pay a fifth.
type club struct {
	*front
	visits int
}

func inBoth(t *testing.T, story func(c *club)) {
	join := func(t *testing.T, db store.Store) {
		c := clinic(t, "    duration: 30m\n", "    duration: 30m\n    price: 1500\n", "consents:\n",
			"loyalty:\n  visit: 3%\n  invite: 500\n  spend: 20%\nconsents:\n")
		story(&club{front: &front{T: t, Reception: &Reception{Clinic: c, IDs: newID}, db: db, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}})
	}
	t.Run("sqlite", func(t *testing.T) { join(t, opened(t, filepath.Join(t.TempDir(), "clinic.db"))) })
	t.Run("postgres", func(t *testing.T) {
		db, err := postgres.Open(t.Context(), storetest.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		join(t, db)
	})
}

// joins is a new patient, who came by the source.
func (c *club) joins(name, phone, source string) Matter {
	c.Helper()
	m := Matter{Contact: "c-" + name, Patient: "p-" + name, Channel: "web", Language: "en"}
	c.must(c.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Meet(ctx, []store.Contact{{ID: m.Contact, Channel: "web", Chat: name, PatientID: m.Patient, Source: source, CreatedAt: c.now}})
		if err != nil {
			return err
		}
		return tx.SavePatients(ctx, []store.Patient{{ID: m.Patient, FullName: name, Phone: phone, CreatedAt: c.now}})
	}))
	return m
}

// comes is a visit of the patient that has begun; each begins an hour after the one before.
func (c *club) comes(m Matter, patient string) string {
	c.Helper()
	c.visits++
	c.now = c.now.Add(time.Hour)
	a := store.Appointment{
		ID: newID(), PatientID: patient, ContactID: m.Contact, Service: "consult", Branch: "main", Status: store.StatusBooked,
		Start: c.now, End: c.now.Add(30 * time.Minute), CreatedAt: c.now, UpdatedAt: c.now, StatusAt: c.now,
	}
	a.Parts = []store.Part{{Practitioner: "ann", Start: a.Start, End: a.End}}
	c.must(c.do(func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, a, c.now) }))
	return a.ID
}

func (c *club) becomes(visit, status string) {
	c.Helper()
	c.must(c.do(func(ctx context.Context, tx store.Tx) error {
		return c.SetStatus(ctx, tx, Matter{Staff: true}, visit, status, c.now)
	}))
}

func (c *club) visited(m Matter) string {
	c.Helper()
	visit := c.comes(m, m.Patient)
	c.becomes(visit, store.StatusFulfilled)
	return visit
}

func (c *club) invites(m Matter) (source string) {
	c.Helper()
	c.must(c.do(func(ctx context.Context, tx store.Tx) (err error) {
		source, err = c.Invitation(ctx, tx, m.Patient, c.now)
		return err
	}))
	return source
}

func (c *club) has(m Matter, want int) {
	c.Helper()
	var got int
	c.must(c.do(func(ctx context.Context, tx store.Tx) (err error) {
		got, err = tx.Balance(ctx, m.Patient)
		return err
	}))
	if got != want {
		c.Errorf("%s has %d points, want %d", m.Patient, got, want)
	}
}

func (c *club) spends(m Matter, visit string, points int) error {
	return c.do(func(ctx context.Context, tx store.Tx) error { return c.Spend(ctx, tx, m.Patient, visit, points, c.now) })
}

func TestPointsComeWithAVisitAndGoWhenItWasAMistake(t *testing.T) {
	inBoth(t, func(c *club) {
		anna := c.joins("anna", "+79120000001", "")
		visit := c.comes(anna, anna.Patient)
		c.has(anna, 0)
		var hands sync.WaitGroup
		for range 4 { // the desk and the MIS say it at once
			hands.Go(func() { c.becomes(visit, store.StatusFulfilled) })
		}
		hands.Wait()
		c.has(anna, 45)
		c.Clinic.Loyalty.Visit = Reward{Points: 100} // from now on
		c.becomes(visit, store.StatusArrived)
		c.has(anna, 0)
		c.becomes(visit, store.StatusFulfilled)
		c.has(anna, 100)
		c.becomes(visit, store.StatusArrived)
		c.becomes(visit, store.StatusArrived)
		c.has(anna, 0)
		c.visited(anna)
		c.has(anna, 100)
	})
}

func TestWithoutLoyaltyThereAreNoPoints(t *testing.T) {
	inBoth(t, func(c *club) {
		c.Clinic.Loyalty = nil
		anna := c.joins("anna", "+79120000001", "")
		c.visited(anna)
		c.has(anna, 0)
	})
}

func TestPointsPayAPartOfAVisitOnce(t *testing.T) {
	inBoth(t, func(c *club) {
		anna, boris := c.joins("anna", "+79120000001", ""), c.joins("boris", "+79120000002", "")
		visit := c.visited(anna)
		c.must(c.do(func(ctx context.Context, tx store.Tx) error { return c.Correct(ctx, tx, anna.Patient, 955, c.now) }))
		c.has(anna, 1000)
		var no *SpendError
		if err := c.spends(anna, visit, 301); !errors.As(err, &no) || no.Most != 300 {
			t.Errorf("more than a fifth of 1500: %v", err)
		}
		if err := c.spends(boris, visit, 1); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a visit of somebody else: %v", err)
		}
		c.must(c.spends(anna, visit, 300))
		if err := c.spends(anna, visit, 1); !errors.As(err, &no) || !no.Before {
			t.Errorf("the same visit again: %v", err)
		}
		c.has(anna, 700)
		if err := c.spends(boris, c.visited(boris), 46); !errors.As(err, &no) || no.Balance != 45 {
			t.Errorf("more than there are: %v", err)
		}
		err := c.do(func(ctx context.Context, tx store.Tx) error { return c.Correct(ctx, tx, boris.Patient, -46, c.now) })
		if !errors.As(err, &no) {
			t.Errorf("a correction below nothing: %v", err)
		}
	})
}

func TestAnInvitationIsThankedOnceWhenTheFriendHasCome(t *testing.T) {
	inBoth(t, func(c *club) {
		anna := c.joins("anna", "+79120000001", "")
		source := c.invites(anna)
		if again := c.invites(anna); again != source || !strings.HasPrefix(source, "ref_") || len(source) != len("ref_")+codeLength {
			t.Errorf("the code is %q and %q", source, again)
		}
		boris := c.joins("boris", "+79120000002", source)
		c.has(anna, 0)
		visit := c.visited(boris)
		c.has(anna, 500)
		c.has(boris, 545)
		c.visited(boris)
		c.has(anna, 500)
		c.has(boris, 590)
		c.becomes(visit, store.StatusArrived) // but he came another time
		c.has(anna, 500)
		c.has(boris, 545)
	})
}

func TestAnInvitationIsNotThankedWhenTheFriendHasNotComeAfterAll(t *testing.T) {
	inBoth(t, func(c *club) {
		anna := c.joins("anna", "+79120000001", "")
		boris := c.joins("boris", "+79120000002", c.invites(anna))
		visit := c.visited(boris)
		c.becomes(visit, store.StatusArrived)
		c.has(anna, 0)
		c.has(boris, 0)
		c.becomes(visit, store.StatusFulfilled)
		c.has(anna, 500)
		c.has(boris, 545)
	})
}

func TestAMotherWhoWasInvitedMayBringHerChild(t *testing.T) {
	inBoth(t, func(c *club) {
		anna := c.joins("anna", "+79120000001", "")
		vera := c.joins("vera", "+79120000003", c.invites(anna))
		c.must(c.do(func(ctx context.Context, tx store.Tx) error {
			if err := tx.SavePatients(ctx, []store.Patient{{ID: "child", FullName: "Child", CreatedAt: c.now}}); err != nil {
				return err
			}
			return tx.AddFamily(ctx, store.Kinship{Guardian: vera.Patient, Ward: "child", Kin: "child", Since: c.now})
		}))
		c.becomes(c.comes(vera, "child"), store.StatusFulfilled)
		c.has(anna, 500)
		c.has(vera, 500)
		c.visited(vera)
		c.has(anna, 500)
		c.has(vera, 545)
	})
}

func TestWhomNobodyInvitedBringsNoPoints(t *testing.T) {
	inBoth(t, func(c *club) {
		anna := c.joins("anna", "+79120000001", "")
		source := c.invites(anna)
		herself := c.joins("anna in another messenger", "+79120000001", source)
		c.visited(herself)
		c.has(anna, 0)
		c.has(herself, 45)

		old := c.joins("boris", "+79120000002", "")
		c.visited(old)
		c.must(c.do(func(ctx context.Context, tx store.Tx) error { // the same person, in a new chat that was joined by the phone
			_, err := tx.Meet(ctx, []store.Contact{{ID: "c-new", Channel: "telegram", Chat: "7", PatientID: old.Patient, Source: source, CreatedAt: c.now}})
			return err
		}))
		c.visited(old)
		c.has(anna, 0)
		c.has(old, 90)

		stranger := c.joins("stranger", "+79120000004", "ref_zzzzzzz")
		c.visited(stranger)
		c.has(stranger, 45)

		late := c.joins("late", "+79120000005", source)
		c.must(c.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.Patient, c.now) }))
		c.visited(late)
		c.has(late, 45)
		c.has(anna, 0)
	})
}

func TestEveryPlaceHasItsTurnAsOftenAsItsWeightSays(t *testing.T) {
	c := clinic(t, "    zone: Europe/Berlin\n", "    zone: Europe/Berlin\n    review_yandex: https://ya.example/1\n    review_2gis: https://gis.example/1\n    review_prodoctorov: https://pro.example/1\n",
		"consents:\n", "reviews:\n  rotate:\n    yandex: 3\n    prodoctorov: 1\nconsents:\n")
	first := map[string]int{}
	const patients = 4000
	for range patients {
		places := c.ReviewPlaces(c.Branches[0], nil, newID())
		if len(places) != 2 {
			t.Fatalf("places %v", places)
		}
		first[places[0].Name]++
	}
	if share := float64(first[Yandex]) / patients; share < 0.72 || share > 0.78 {
		t.Errorf("Yandex has its turn in %.2f of cases, want 0.75: %v", share, first)
	}
	again := c.ReviewPlaces(c.Branches[0], nil, "anna")
	if same := c.ReviewPlaces(c.Branches[0], nil, "anna"); same[0] != again[0] {
		t.Error("a patient is sent here and there")
	}
	own := &Practitioner{ReviewProdoctorov: "https://pro.example/ann"}
	for _, p := range c.ReviewPlaces(c.Branches[0], own, "anna") {
		if p.Name == Prodoctor && p.URL != own.ReviewProdoctorov {
			t.Errorf("the practitioner's own page is passed over: %v", p)
		}
	}
	c.Branches[0].ReviewYandex = ""
	for _, p := range c.ReviewPlaces(c.Branches[0], nil, "anna") {
		if p.Name == Yandex {
			t.Error("a place without an address has its turn")
		}
	}
}

func TestMistakesInLoyaltyAreTold(t *testing.T) {
	for written, want := range map[string]string{
		"loyalty:\n  visit: many\n":                "cannot read «many» as points",
		"loyalty:\n  visit: 101%\n":                "more than the whole price",
		"loyalty:\n  invite: 5%\n":                 "a number of points",
		"loyalty:\n  visit: 100\n  spend: 20\n":    "a part of a visit's price",
		"loyalty:\n  spend: 20%\n":                 "nobody gets points",
		"reviews:\n  rotate: [yandex, google]\n":   "google",
		"reviews:\n  rotate: [yandex, yandex]\n":   "stands here twice",
		"reviews:\n  rotate:\n    yandex: never\n": "how often",
		"reviews:\n  rotate:\n    yandex: 0\n":     "how often",
	} {
		_, findings := load(strings.Replace(small, "consents:\n", written+"consents:\n", 1))
		if !strings.Contains(listing(findings), want) {
			t.Errorf("%s: %s", written, listing(findings))
		}
	}
}
