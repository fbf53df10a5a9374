package main

import (
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/telegram/telegramtest"
	"careline/store"
	"careline/store/storetest"
)

// With Telegram's own limits, a crowd at once, and an outage in between that lets the answers pile up: nobody waits in
// vain, and not one message comes faster than Telegram allows.
func TestTelegramsLimitsAreKept(t *testing.T) {
	t.Parallel()
	network := telegramtest.Start(t, telegramtest.Options{Floods: telegramtest.RealFloods})
	s := serving(t, newPolyclinic(t), append(onTelegram(network), "CARELINE_TELEGRAM_LIMITS=30,1,20")...)
	s.start()
	asked(t, network, s)
	out := make(chan *loadtest.Outcome)
	load := loadtest.Load{Network: loadtest.Telegram{Server: network}, Walk: loadtest.Careline()[:4], Patients: 60, Concurrency: 60, Patience: time.Minute}
	go func() { out <- load.Run(t.Context()) }()
	eventually(t, "the crowd is greeted", func() bool { return network.Counts()["sendMessage"] > 60 })
	network.SetFaults(telegramtest.Faults{ServerError: 1})
	<-time.After(2 * time.Second)
	network.SetFaults(telegramtest.Faults{})
	o := <-out
	for _, why := range o.Stuck() {
		t.Error(why)
	}
	if n := network.Violations(); n > 0 {
		t.Errorf("%d messages came faster than Telegram takes them", n)
	}
	if o.Repeated() > 0 || o.Disorder() > 0 {
		t.Errorf("%d messages repeated, %d out of order", o.Repeated(), o.Disorder())
	}
	s.stop()
}

// The database goes away again and again while patients book. Nothing is confirmed to Telegram meanwhile, and when it
// is back everybody goes on.
func TestADatabaseThatGoesAwayUnderLoadOnTelegram(t *testing.T) {
	t.Parallel()
	for _, webhook := range []bool{false, true} {
		network := telegramtest.Start(t, telegramtest.Options{})
		database := storetest.Postgres(t)
		w, address := wireTo(t, database)
		s := serving(t, newPolyclinic(t), append(onTelegram(network), onPostgres(address)...)...)
		if webhook {
			s.env = append(s.env, byWebhook("http://"+s.address)...)
		}
		w.join()
		s.start()
		asked(t, network, s)
		out := make(chan *loadtest.Outcome)
		load := loadtest.Load{Network: loadtest.Telegram{Server: network}, Walk: loadtest.Careline(), Patients: 20, Concurrency: 20, Think: 200 * time.Millisecond, Patience: time.Minute}
		go func() { out <- load.Run(t.Context()) }()
		for range 3 {
			<-time.After(300 * time.Millisecond)
			w.cut()
			s.until("/readyz", 503)
			<-time.After(500 * time.Millisecond)
			w.join()
			s.until("/readyz", 200)
		}
		survived(t, storms{"telegram", network.Pending}, []*server{s}, func() store.Store { return openPostgres(t, database) }, <-out)
	}
}
