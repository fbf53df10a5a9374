package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/web/api"
	"careline/dialogs/clinic"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"

	"github.com/prometheus/client_golang/prometheus"
	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// noon is when the stories begin: 2026-11-24 12:00 in Moscow.
var noon = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// world is a clinic whose own system tells what happens.
type world struct {
	testing.TB
	db       store.Store
	clock    *clock.Moved
	events   http.Handler
	log      bytes.Buffer
	registry *prometheus.Registry
	ids      atomic.Int64
}

// onEach tells the story on each database.
func onEach(t *testing.T, tell func(t *testing.T, w *world)) {
	t.Run("sqlite", func(t *testing.T) { tell(t, newWorld(t, onSQLite(t))) })
	t.Run("postgres", func(t *testing.T) {
		db, err := postgres.Open(t.Context(), storetest.Postgres(t))
		tell(t, newWorld(t, migrated(t, db, err)))
	})
}

func onSQLite(t testing.TB) store.Store {
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	return migrated(t, db, err)
}

func migrated(t testing.TB, db store.Store, err error) store.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func newWorld(t testing.TB, db store.Store, change ...func(*api.Parts)) *world {
	t.Helper()
	w := &world{TB: t, db: db, clock: clock.NewStill(noon), registry: prometheus.NewRegistry()}
	data, findings := booking.LoadClinic(clinic.Files())
	keys, err := api.ParseKeys(secret)
	if err != nil || data == nil {
		t.Fatal(err, findings)
	}
	p := api.Parts{
		Store: db, Reception: &booking.Reception{Clinic: data, IDs: w.id}, Keys: keys, Clock: w.clock,
		Log: slog.New(slog.NewTextHandler(&w.log, nil)), Register: w.registry, Working: func() bool { return true },
	}
	for _, c := range change {
		c(&p)
	}
	w.events = api.New(p)
	return w
}

func (w *world) id() string { return fmt.Sprintf("id-%d", w.ids.Add(1)) }

func (w *world) do(f func(ctx context.Context, tx store.Tx) error) {
	w.Helper()
	if err := w.db.Tx(w.Context(), func(tx store.Tx) error { return f(w.Context(), tx) }); err != nil {
		w.Fatal(err)
	}
}

// books gives Anna a visit that begins so long after noon; the clinic's own system calls it so.
func (w *world) books(external string, after time.Duration) store.Appointment {
	w.Helper()
	start := noon.Add(after)
	a := store.Appointment{
		ID: w.id(), PatientID: "anna", Service: "dentist_consult", Branch: "moscow", Status: store.StatusBooked, Start: start, End: start.Add(30 * time.Minute),
		Parts:     []store.Part{{Practitioner: "sokolova", Start: start, End: start.Add(30 * time.Minute)}},
		CreatedAt: noon.Add(-24 * time.Hour), UpdatedAt: noon.Add(-24 * time.Hour), StatusAt: noon.Add(-24 * time.Hour), External: external,
	}
	w.do(func(ctx context.Context, tx store.Tx) error {
		anna := store.Patient{ID: "anna", FullName: "Анна Каренина", Phone: "+79123456789", External: "P-7", CreatedAt: noon}
		if err := tx.SavePatients(ctx, []store.Patient{anna}); err != nil {
			return err
		}
		return tx.Book(ctx, a, w.clock.Now())
	})
	return a
}

func (w *world) visit(id string) (a store.Appointment) {
	w.Helper()
	w.do(func(ctx context.Context, tx store.Tx) error {
		list, err := tx.AppointmentsByID(ctx, []string{id})
		if err == nil {
			a = list[0]
		}
		return err
	})
	return a
}

// said is what an event was answered with.
type said struct {
	Status int
	Result string
	Code   string
	Detail string
	body   string
	header http.Header
}

// body of an event that came to be so long after noon.
func body(kind string, after time.Duration, data string) string {
	return fmt.Sprintf(`{"type": %q, "timestamp": %q, "data": %s}`, kind, noon.Add(after).Format(time.RFC3339), data)
}

// signed is a request as the clinic's own system makes it.
func (w *world) signed(id, body string) *http.Request {
	w.Helper()
	hook, err := webhooks.NewWebhook(secret)
	if err != nil {
		w.Fatal(err)
	}
	now := w.clock.Now()
	signature, err := hook.Sign(id, now, []byte(body))
	if err != nil {
		w.Fatal(err)
	}
	r := httptest.NewRequestWithContext(w.Context(), http.MethodPost, api.Path, bytes.NewBufferString(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("webhook-id", id)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(now.Unix(), 10))
	r.Header.Set("webhook-signature", signature)
	return r
}

func (w *world) posts(r *http.Request) (s said) {
	w.Helper()
	answer := httptest.NewRecorder()
	w.events.ServeHTTP(answer, r)
	content, err := io.ReadAll(answer.Body)
	if err != nil || json.Unmarshal(content, &s) != nil {
		w.Fatalf("the answer is no JSON: %q %v", content, err)
	}
	s.Status, s.body, s.header = answer.Code, string(content), answer.Header()
	return s
}

// tells sends a signed event with an id of its own.
func (w *world) tells(kind string, after time.Duration, data string) said {
	w.Helper()
	return w.posts(w.signed(w.id(), body(kind, after, data)))
}

// takes holds that the event is taken with this result.
func (w *world) takes(result, kind string, after time.Duration, data string) {
	w.Helper()
	if s := w.tells(kind, after, data); s.Status != http.StatusOK || s.Result != result {
		w.Errorf("%s %s: %d %s, want %q", kind, data, s.Status, s.body, result)
	}
}

// refuses holds that the event is refused so.
func (w *world) refuses(status int, code, kind string, after time.Duration, data string) said {
	w.Helper()
	s := w.tells(kind, after, data)
	if s.Status != status || s.Code != code || s.header.Get("Content-Type") != "application/problem+json" {
		w.Errorf("%s %s: %d %s, want %d %s", kind, data, s.Status, s.body, status, code)
	}
	return s
}
