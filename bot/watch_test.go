package bot

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/runner"
	"careline/channels"
	"careline/dialogs/clinic"
	"careline/store"

	"github.com/goccy/go-yaml"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

// idle is a Bot that does not run, on a store where something waits.
func idle(t *testing.T) *Bot {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	b, err := New(Parts{
		Settings: Settings{Secret: []byte("a secret of the tests")}, Folder: f, Store: bottest.SQLite(t), Clock: clock.NewStill(bottest.Monday), IDs: sequence(),
		Log: slog.New(slog.DiscardHandler), Channels: []channels.Channel{receiver{&line{t: t, moved: make(chan struct{})}, "a"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sequence() func() string {
	n := 0
	return func() string { n++; return "id" + string(rune('a'+n)) }
}

func scrape(t *testing.T, b *Bot) string {
	t.Helper()
	answer := httptest.NewRecorder()
	b.server.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	body, err := io.ReadAll(answer.Result().Body)
	if err != nil || answer.Code != http.StatusOK {
		t.Fatalf("/metrics: %d %v", answer.Code, err)
	}
	return string(body)
}

func TestMetricsTellWhatWaitsAndWhoHoldsWhat(t *testing.T) {
	b := idle(t)
	early := bottest.Monday.Add(-30 * time.Second)
	err := b.Store.Tx(t.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "anna", Channel: "test", Chat: "Anna Petrova", PatientID: "anna", Name: "Anna", CreatedAt: early}})
		if err != nil {
			return err
		}
		in := store.Input{Channel: "test", ExternalID: "1", ContactID: met[0].ID, Kind: store.MessageInput, Payload: []byte(`{"text":"my tooth hurts"}`), ReceivedAt: early}
		if _, err := tx.Accept(t.Context(), []store.Input{in}); err != nil {
			return err
		}
		if err := tx.SetTimers(t.Context(), []store.Timer{{Key: "t", ContactID: met[0].ID, Due: early, Kind: store.TimerInput}}); err != nil {
			return err
		}
		return tx.Put(t.Context(), []store.Output{
			{ID: "1", ContactID: met[0].ID, Channel: "test", Chat: "1", Class: "service", Payload: []byte("{}"), CreatedAt: early},
			{ID: "2", ContactID: met[0].ID, Channel: "off", Chat: "1", Class: "service", Payload: []byte("{}"), CreatedAt: early},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	page := scrape(t, b)
	for _, want := range []string{
		`careline_database_up 1`,
		`careline_inbox_depth{channel="test"} 1`, `careline_inbox_depth{channel="timer"} 0`, `careline_inbox_age_seconds{channel="test"} 30`,
		`careline_outbox_depth{channel="test"} 1`, `careline_outbox_depth{channel="off"} 1`, `careline_outbox_age_seconds{channel="test"} 30`,
		`careline_timer_overdue_seconds 30`, `careline_parked 0`,
		`careline_lease_held{name="process"} 0`, `careline_lease_held{name="channel:test"} 0`, `careline_channel_healthy{channel="test"} 1`,
	} {
		if !strings.Contains(page, "\n"+want+"\n") {
			t.Errorf("%s is not told", want)
		}
	}
	for _, person := range []string{"anna", "Anna", "tooth"} {
		if strings.Contains(page, person) {
			t.Errorf("%q is told", person)
		}
	}
	problems, err := promlint.New(strings.NewReader(page)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "careline_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

func TestMetricsTellThatTheDatabaseIsGone(t *testing.T) {
	b := idle(t)
	if err := b.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if page := scrape(t, b); !strings.Contains(page, "\ncareline_database_up 0\n") || strings.Contains(page, "careline_inbox_depth") {
		t.Errorf("/metrics says\n%s", page)
	}
}

// described collects the names of metrics.
type described struct {
	prometheus.Registerer
	names []string
}

var fullName = regexp.MustCompile(`fqName: "(\w+)"`)

func (d *described) MustRegister(all ...prometheus.Collector) {
	descs := make(chan *prometheus.Desc, 100)
	for _, c := range all {
		c.Describe(descs)
	}
	close(descs)
	for desc := range descs {
		d.names = append(d.names, fullName.FindStringSubmatch(desc.String())[1])
	}
}

// The dashboard and the alerts ask for nothing that is not there, and show everything that is.
func TestTheDashboardAndTheAlertsKnowTheMetrics(t *testing.T) {
	var real described
	runner.NewMetrics(&real)
	real.MustRegister(depths{}, watch{})
	files := map[string]func([]byte, any) error{"../docs/grafana.json": json.Unmarshal, "../docs/alerts.yaml": func(b []byte, v any) error { return yaml.Unmarshal(b, v) }}
	shown := map[string]bool{}
	for name, parse := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var whole map[string]any
		if err := parse(content, &whole); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, metric := range regexp.MustCompile(`\bcareline_\w+`).FindAllString(string(content), -1) {
			metric = strings.TrimSuffix(metric, "_bucket")
			shown[metric] = true
			if !slices.Contains(real.names, metric) {
				t.Errorf("%s asks for %s, which there is not", name, metric)
			}
		}
	}
	for _, metric := range real.names {
		if !shown[metric] {
			t.Errorf("nothing shows %s", metric)
		}
	}
}
