package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels"
	"careline/channels/telegram/telegramtest"
	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// storm is how much goes wrong and how many have to live through it.
type storm struct {
	patients, kills int
	polled, called  [2]time.Duration // shortest and longest pause between two kills, by long polling and by webhook
}

// A poller that was killed leaves a lease behind, so by polling a kill costs some seconds in which nobody is served.
func stormToday() storm {
	if os.Getenv("CARELINE_CHAOS") != "" {
		return storm{patients: 200, kills: 100, polled: [2]time.Duration{4 * time.Second, 12 * time.Second}, called: [2]time.Duration{0, 1600 * time.Millisecond}}
	}
	return storm{patients: 12, kills: 4, polled: [2]time.Duration{0, time.Second}, called: [2]time.Duration{0, 700 * time.Millisecond}}
}

// trouble is what one call in a hundred meets, a quarter of it with the answer lost after the call had its effect; and
// one update in twenty comes twice.
var trouble = telegramtest.Faults{Throttled: 0.0025, ServerError: 0.002, HTML: 0.0005, Reset: 0.0025, ResetAfter: 0.002, Half: 0.0005, Again: 0.05}

// Patients book in Telegram while processes are killed and calls fail. Nobody is lost or stuck, everybody is booked
// once at a time of their own, words stay in order, and a chat sees at most one message again for each kill.
func TestChaosOnTelegram(t *testing.T) {
	for _, c := range []struct {
		name              string
		webhook, postgres bool
	}{
		{"polling, SQLite", false, false},
		{"polling, two replicas on PostgreSQL", false, true},
		{"webhook, SQLite", true, false},
		{"webhook, two replicas on PostgreSQL", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			network := telegramtest.Start(t, telegramtest.Options{})
			fleet, db := house(t, network, c.webhook, c.postgres)
			for _, s := range fleet {
				s.start()
			}
			asked(t, network, fleet[0])
			faults := trouble
			faults.Seed = seed
			network.SetFaults(faults)
			today := stormToday()
			pause := today.polled
			if c.webhook {
				pause = today.called
			}
			lasts := (pause[0] + pause[1]) / 2 * time.Duration(today.kills)
			load := loadtest.Load{
				Network: loadtest.Telegram{Server: network}, Walk: loadtest.Careline(), Patients: today.patients, Concurrency: today.patients, Seed: seed,
				Patience: 2 * time.Minute, Think: lasts / time.Duration(2*len(loadtest.Careline())), // the slowest walks as long as the kills last
			}
			killed := make(chan []time.Time, 1)
			go func() { killed <- kills(fleet, today.kills, pause, rand.New(rand.NewPCG(seed, seed))) }()
			out := load.Run(t.Context())
			when := <-killed
			network.SetFaults(telegramtest.Faults{})
			survived(t, storms{"telegram", network.Pending}, fleet, db, out)
			repeatedWithCause(t, network, out, when)
		})
	}
}

// house is a clinic with its servers, not yet started, and a look into its database.
func house(t *testing.T, network *telegramtest.Server, webhook, onPG bool) ([]*server, func() store.Store) {
	t.Helper()
	dir := newPolyclinic(t)
	fleet, db := fleetOf(t, dir, onTelegram(network), onPG)
	if webhook {
		front := before(t, fleet)
		for _, s := range fleet {
			s.env = append(s.env, byWebhook(front)...)
		}
	}
	return fleet, db
}

// fleetOf is one server of the clinic on SQLite, or two on PostgreSQL.
func fleetOf(t *testing.T, dir string, settings []string, onPG bool) ([]*server, func() store.Store) {
	t.Helper()
	if !onPG {
		return []*server{serving(t, dir, settings...)}, func() store.Store { return openSQLite(t, dir) }
	}
	database := storetest.Postgres(t)
	settings = append(settings, onPostgres(database)...)
	return []*server{serving(t, dir, settings...), serving(t, dir, settings...)}, func() store.Store { return openPostgres(t, database) }
}

// before is the address of a balancer before the servers.
func before(t *testing.T, fleet []*server) string {
	t.Helper()
	var addresses []string
	for _, s := range fleet {
		addresses = append(addresses, s.address)
	}
	front := loadtest.Balancer(addresses...)
	t.Cleanup(front.Close)
	return front.URL
}

func openPostgres(t *testing.T, database string) store.Store {
	t.Helper()
	db, err := postgres.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// kills ends one of the servers at random, n times, and starts it again.
func kills(fleet []*server, n int, pause [2]time.Duration, random *rand.Rand) (when []time.Time) {
	for range n {
		<-time.After(pause[0] + time.Duration(random.Int64N(int64(pause[1]-pause[0]))))
		s := fleet[random.IntN(len(fleet))]
		when = append(when, time.Now())
		s.kill()
		s.begin()
	}
	return when
}

// storms are over a network; pending counts what people sent there that careline has not taken.
type storms struct {
	channel string
	pending func() int
}

// survived looks at everything that a storm may not have harmed.
func survived(t *testing.T, where storms, fleet []*server, open func() store.Store, out *loadtest.Outcome) {
	t.Helper()
	for _, why := range out.Stuck() {
		t.Error(why)
	}
	if n := out.Disorder(); n > 0 {
		t.Errorf("%d answers came before those that go first", n)
	}
	eventually(t, "everything is taken from the network", func() bool { return where.pending() == 0 })
	for _, s := range fleet {
		s.until("/readyz", 200)
	}
	for _, s := range fleet {
		s.stop()
	}
	db := open()
	err := db.Read(t.Context(), func(tx store.Tx) error {
		visits, err := tx.AppointmentsBetween(t.Context(), "", time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
		if err != nil {
			return err
		}
		noOverlap(t, visits)
		waiting, parked, err := storetest.InDepth(t.Context(), tx)
		if err != nil || waiting+parked != 0 {
			t.Errorf("%d inputs wait, %d are parked, %v", waiting, parked, err)
		}
		if len(visits) != len(out.Patients) {
			t.Errorf("%d visits of %d patients", len(visits), len(out.Patients))
		}
		for _, p := range out.Patients {
			if err := remembered(t, tx, where.channel, visits, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// remembered holds that the patient has one visit, and that the chat keeps each word once and in order.
func remembered(t *testing.T, tx store.Tx, channel string, visits []store.Appointment, p *loadtest.Patient) error {
	t.Helper()
	contact, err := tx.ContactAt(t.Context(), channel, p.Chat())
	if err != nil {
		return err
	}
	own := slices.DeleteFunc(slices.Clone(visits), func(v store.Appointment) bool { return v.PatientID != contact.PatientID })
	if len(own) != 1 {
		t.Errorf("patient %d has %d visits", p.Number, len(own))
	}
	lines, err := tx.History(t.Context(), contact.ID, 0, 0, 500)
	if err != nil {
		return err
	}
	var said []string
	for _, l := range lines {
		var in channels.Incoming
		if err := json.Unmarshal(l.Payload, &in); err != nil {
			return err
		}
		switch {
		case !l.Incoming:
		case in.Shared != nil:
			said = append(said, in.Shared.Phone)
		default:
			said = append(said, in.Text)
		}
	}
	if !slices.Equal(said, p.Said) {
		t.Errorf("patient %d said %q, the chat has %q", p.Number, p.Said, said)
	}
	return nil
}

// settle is how long after the last answer a message may still wait for being noted as sent.
const settle = time.Second

// repeatedWithCause holds that a chat saw a message again only for a kill, or for an answer of Telegram that was lost:
// it has no key by which a repeated message could be known.
func repeatedWithCause(t *testing.T, network *telegramtest.Server, out *loadtest.Outcome, kills []time.Time) {
	t.Helper()
	lost := map[string]int{}
	for _, c := range network.Calls("") {
		if c.Fault == "reset-after" || c.Fault == "half" {
			lost[c.Params["chat_id"]]++
		}
	}
	for _, p := range out.Patients {
		causes := lost[p.Chat()]
		for _, k := range kills {
			if k.After(p.Begun) && k.Before(p.Ended.Add(settle)) {
				causes++
			}
		}
		if n := p.Repeated(); n > causes {
			t.Errorf("patient %d saw %d messages again, with %d causes", p.Number, n, causes)
		}
	}
	t.Logf("%d kills, %d patients, %d messages shown again; Telegram: %v", len(kills), len(out.Patients), out.Repeated(), network.Counts())
}
