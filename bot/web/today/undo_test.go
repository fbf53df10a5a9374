package today_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/store"
)

// reaches lets a patient of a visit be written to, with their consent.
func (r reception) reaches(id string) {
	r.t.Helper()
	now := r.Clock.Now()
	r.do(func(tx store.Tx) error {
		person := store.Contact{ID: "c-" + id, Channel: "test", Chat: "chat-" + id, PatientID: "p-" + id, Language: "ru", CreatedAt: now}
		if _, err := tx.Meet(r.t.Context(), []store.Contact{person}); err != nil {
			return err
		}
		return tx.RecordConsents(r.t.Context(), []store.Consent{{PatientID: "p-" + id, Kind: "personal", Given: true, Channel: "desk", At: now}})
	})
}

func (r reception) told(id string) string {
	var all []string
	for _, m := range r.Phones.Told("chat-" + id) {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

// cancels a visit from the menu of its row.
func (r reception) cancels(id, tell string) int {
	form := url.Values{"status": {store.StatusCancelled}, "reason": {"ill"}, "tell": {tell}}
	return r.As(access.Administrator).Post("/desk/today/"+id+"/status", form, "HX-Request", "true").Code
}

func (r reception) pass(d time.Duration) {
	r.t.Helper()
	if err := r.Runner.PassTo(r.t.Context(), r.Clock, r.Clock.Now().Add(d)); err != nil {
		r.t.Fatal(err)
	}
}

// A mistap: what follows from it is not said when it has been taken back, and is said once when it was true after all.
func TestWhatWasMistappedIsTakenBackBeforeAnythingFollows(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", -10*time.Minute)
	r.reaches("one")
	r.says(access.Administrator, "one", store.StatusNoShow)
	r.pass(10 * time.Second)
	holds(t, r.says(access.Administrator, "one", store.StatusBooked), "Пришёл")
	r.pass(90 * time.Minute)
	if said := r.told("one"); said != "" {
		t.Errorf("after a mistake the patient was told: %s", said)
	}
	r.says(access.Administrator, "one", store.StatusNoShow)
	r.pass(3 * time.Hour)
	if said := r.told("one"); strings.Count(said, "не дождались") != 1 {
		t.Errorf("who has not come was told: %s", said)
	}

	r.comes("two", "Сидоров Пётр", "belov", -10*time.Minute)
	r.reaches("two")
	r.says(access.Administrator, "two", store.StatusFulfilled)
	r.says(access.Administrator, "two", store.StatusBooked)
	r.says(access.Administrator, "two", store.StatusNoShow)
	r.says(access.Administrator, "two", store.StatusBooked)
	r.says(access.Administrator, "two", store.StatusCancelled)
	r.pass(72 * time.Hour)
	if said := r.told("two"); said != "" {
		t.Errorf("of a visit that was called off silently was told: %s", said)
	}
}

func TestACancellationOfTheDayIsToldWhenTheDeskSaysSo(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", 5*time.Hour)
	r.reaches("one")
	a := r.As(access.Administrator).Get("/desk/today")
	holds(t, a, `name="tell" value="on" checked`)
	if a := r.cancels("one", "on"); a != 200 {
		t.Fatalf("cancelling: %d", a)
	}
	r.pass(10 * time.Minute)
	if said := r.told("one"); strings.Count(said, "отменён") != 1 {
		t.Errorf("told: %s", said)
	}
}
