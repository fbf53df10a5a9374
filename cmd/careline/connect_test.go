package main

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/telegram/telegramtest"
	"careline/store"
	"careline/store/storetest"
)

// walks lets one patient book a visit in Telegram.
func walks(t *testing.T, network *telegramtest.Server, number int) {
	t.Helper()
	walksOn(t, loadtest.Telegram{Server: network}, loadtest.Careline(), number)
}

// walksOn lets one patient book a visit in a messenger.
func walksOn(t *testing.T, network loadtest.Network, walk []loadtest.Step, number int) {
	t.Helper()
	load := loadtest.Load{Network: network, Walk: walk, Patients: 1, Concurrency: 1, First: number, Patience: time.Minute}
	for _, why := range load.Run(t.Context()).Stuck() {
		t.Error(why)
	}
}

// A clinic connects Telegram by nothing but a token: its menu stands there in each language, people from an
// advertisement are known by it, and a patient books. Then the clinic changes to a webhook and back, and goes on.
func TestAClinicConnectsTelegram(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	dir := newPolyclinic(t)
	s := serving(t, dir, onTelegram(network)...)
	s.start()
	if log := s.log.String(); !strings.Contains(log, "channel=web path=/chat/") || !strings.Contains(log, "channel=telegram mode=poll") {
		t.Errorf("the start does not say which channels run:\n%s", log)
	} else if !strings.Contains(log, "CARELINE_PUBLIC_URL is not set") {
		t.Errorf("nobody is told that patients cannot open the texts of consents:\n%s", log)
	}
	walks(t, network, 1)
	_, metrics := s.get("/metrics")
	for _, counted := range []string{
		`careline_received_total{channel="telegram"}`, `careline_sent_total{channel="telegram"}`, "careline_stepped_total",
		"careline_answer_seconds_count", "careline_wait_seconds_count", "careline_delivery_seconds_count",
	} {
		if !strings.Contains(metrics, "\n"+counted+" ") || strings.Contains(metrics, "\n"+counted+" 0\n") {
			t.Errorf("%s did not count a booking", counted)
		}
	}
	for language, want := range map[string]string{"": "Мои визиты", "ru": "Мои визиты", "en": "My visits"} {
		eventually(t, "the menu in "+language, func() bool {
			for _, c := range network.Commands(language + "@all_private_chats") {
				if c.Command == "visits" && c.Description == want {
					return true
				}
			}
			return false
		})
	}
	anna := network.Person(telegramtest.User{})
	anna.Start("yandex")
	greeted(t, anna, "Здравствуйте")

	polling := s.env
	s.stop()
	s.env = append(s.env, byWebhook("http://"+s.address)...)
	s.start()
	if !strings.Contains(s.log.String(), "channel=telegram mode=webhook") {
		t.Errorf("the start does not say that Telegram calls us:\n%s", s.log)
	}
	walks(t, network, 2)

	s.stop()
	s.env = polling
	s.start()
	walks(t, network, 3)
	if code, body := s.get("/readyz?channels"); code != http.StatusOK || !strings.Contains(body, "telegram: works") {
		t.Errorf("/readyz?channels: %d %s", code, body)
	}
	network.Revoke()
	s.until("/readyz?channels", http.StatusServiceUnavailable)
	if code, body := s.get("/readyz"); code != http.StatusOK || !strings.Contains(body, "telegram: does not work") {
		t.Errorf("with a revoked token /readyz: %d %s", code, body)
	}
	if _, metrics := s.get("/metrics"); !strings.Contains(metrics, `careline_channel_healthy{channel="telegram"} 0`) {
		t.Error("no metric tells of a revoked token")
	}
	s.stop()
	if strings.Contains(s.log.String(), strings.SplitN(network.Token(), ":", 2)[1]) {
		t.Error("the token stands in the log")
	}
	err := openSQLite(t, dir).Read(t.Context(), func(tx store.Tx) error {
		visits, err := tx.AppointmentsBetween(t.Context(), "", time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
		if err != nil || len(visits) != 3 {
			t.Errorf("%d visits are booked, %v", len(visits), err)
		}
		contact, err := tx.ContactAt(t.Context(), "telegram", chatOf(anna))
		if contact.Source != "yandex" {
			t.Errorf("Anna came from %q", contact.Source)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Two servers, and the one that polls is killed: within ten seconds the other answers, and each message once.
func TestAKilledPollerIsReplacedInTenSeconds(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{})
	dir, database := newPolyclinic(t), storetest.Postgres(t)
	fleet := []*server{serving(t, dir, append(onTelegram(network), onPostgres(database)...)...), serving(t, dir, append(onTelegram(network), onPostgres(database)...)...)}
	polls := func(s *server) bool {
		_, metrics := s.get("/metrics")
		return strings.Contains(metrics, `careline_lease_held{name="channel:telegram"} 1`)
	}
	fleet[0].start()
	eventually(t, "the first polls", func() bool { return polls(fleet[0]) })
	fleet[1].start()
	walks(t, network, 1)
	if polls(fleet[1]) {
		t.Error("both poll")
	}
	killed := time.Now()
	fleet[0].kill()
	boris := network.Person(telegramtest.User{First: "Борис"})
	boris.Start("")
	greeted(t, boris, "Здравствуйте, Борис")
	if took := time.Since(killed); took > 10*time.Second {
		t.Errorf("Boris was answered %v after the kill", took)
	} else {
		t.Logf("answered %v after the kill", took)
	}
	fleet[0].start()
	walks(t, network, 2)
	if polls(fleet[0]) {
		t.Error("the first took the lease from one that lives")
	}
	fleet[1].stop()
	walks(t, network, 3)
	fleet[0].stop()
	if n := strings.Count(strings.Join(boris.Shown(), "\n"), "Здравствуйте, Борис"); n != 1 {
		t.Errorf("Boris was greeted %d times", n)
	}
}

func greeted(t *testing.T, p *telegramtest.Person, with string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := p.AwaitText(ctx, with); err != nil {
		t.Fatal(err)
	}
}

func chatOf(p *telegramtest.Person) string { return strconv.FormatInt(p.ChatID(), 10) }
