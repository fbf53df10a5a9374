package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
	"careline/store"
	"careline/store/storetest"
)

// rush is how many are to be reminded at one moment, and how often a server is killed meanwhile.
type rush struct {
	guests, kills int
	speed         string        // CARELINE_TELEGRAM_LIMITS: as slow that kills come into the middle of it
	idle          time.Duration // how long a kill waits for reminders to go
}

// many kills show what is usual: one that comes while the disk is slow may repeat a message in several chats.
const many = 10

// What a dead process had in hand rests until its lease is over, some seconds.
func rushToday() rush {
	if os.Getenv("CARELINE_CHAOS") != "" {
		return rush{guests: 300, kills: 20, speed: "30,0,0", idle: 12 * time.Second}
	}
	return rush{guests: 60, kills: 3, speed: "20,0,0", idle: 2 * time.Second}
}

// Reminders of many visits are due at one moment. While they go, servers are killed, one call in a hundred fails, and
// the desk cancels and moves visits. Everybody is reminded, once for each time that they were to come at, and nobody
// of a visit that was gone before; what Telegram was told by a process in the moment of its death comes again.
func TestKilledServersRemindOnce(t *testing.T) {
	for name, onPG := range map[string]bool{"SQLite": false, "two replicas on PostgreSQL": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			today := rushToday()
			network := telegramtest.Start(t, telegramtest.Options{})
			fleet, open := house(t, network, false, onPG)
			d := &frontDesk{t: t, network: network, random: rand.New(rand.NewPCG(seed, seed)), db: open()}
			if err := d.db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			clinic, err := load(os.DirFS(fleet[0].dir), fleet[0].dir, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			d.db = planned(clinic, d.db)
			d.expect(today.guests)
			for _, s := range fleet {
				s.env = append(s.env, "CARELINE_TELEGRAM_LIMITS="+today.speed)
				s.start()
			}
			faults := trouble
			faults.Seed = seed
			network.SetFaults(faults)
			d.killing(fleet, today)
			network.SetFaults(telegramtest.Faults{})
			d.settled()
			for _, s := range fleet {
				s.stop()
			}
			d.remindedOnce(today)
		})
	}
}

// killing ends one of the servers at random and starts it again, so often as told: first about the moment when all are
// due, then while messages go. Meanwhile the desk works.
func (d *frontDesk) killing(fleet []*server, today rush) {
	d.t.Helper()
	<-time.After(time.Until(d.due) - 300*time.Millisecond)
	early := (today.kills + 2) / 3
	for i := range today.kills {
		changes := 1 + today.guests/(16*today.kills)
		if i < early {
			changes = today.guests / (4 * early)
			<-time.After(time.Duration(d.random.Int64N(int64(400 * time.Millisecond))))
		} else {
			d.pass(d.random.IntN(1+2*today.guests/today.kills), today.idle)
		}
		s := fleet[d.random.IntN(len(fleet))]
		s.kill()
		for range changes {
			d.change(d.guests[d.random.IntN(len(d.guests))])
		}
		s.begin()
	}
}

// pass lets so many more messages go, if they do, and then a little time, or every kill would come just after one.
func (d *frontDesk) pass(n int, within time.Duration) {
	enough, end := d.shown()+n, time.Now().Add(within)
	for time.Now().Before(end) && d.shown() < enough {
		<-time.After(2 * time.Millisecond)
	}
	<-time.After(time.Duration(d.random.Int64N(int64(50 * time.Millisecond))))
}

// shown is how many messages Telegram has been told.
func (d *frontDesk) shown() int { return d.network.Counts()["sendMessage"] }

// settled waits until everybody has been reminded and nothing is under way.
func (d *frontDesk) settled() {
	d.t.Helper()
	eventually(d.t, "everybody is reminded", func() bool {
		return !slices.ContainsFunc(d.guests, func(g *guest) bool {
			return g.fate != "gone" && len(g.reminders()) == 0 || g.fate == "later" && d.noted(g) < g.due()
		})
	})
	eventually(d.t, "everything is done", func() (done bool) {
		err := d.db.Read(d.t.Context(), func(tx store.Tx) error {
			waiting, parked, err := storetest.InDepth(d.t.Context(), tx)
			if err != nil {
				return err
			}
			out, err := storetest.OutDepth(d.t.Context(), tx)
			done = waiting+parked+out == 0
			return err
		})
		return err == nil && done
	})
}

// remindedOnce holds everybody's chat, and what is noted of their visit, against what came over it.
func (d *frontDesk) remindedOnce(today rush) {
	d.t.Helper()
	lost := map[int64]int{} // answers of Telegram
	for _, c := range d.network.Calls("") {
		if c.Fault == "reset-after" || c.Fault == "half" {
			chat, _ := strconv.ParseInt(c.Params["chat_id"], 10, 64)
			lost[chat]++
		}
	}
	again, fates := 0, map[string]int{}
	for _, g := range d.guests {
		fates[fmt.Sprint(g.fate, " ", g.put)]++
		more := max(0, len(g.reminders())-g.due()-lost[g.ChatID()])
		if again += more; more > today.kills || more > 0 && g.due() == 0 {
			d.t.Errorf("guest %d (%q, put %t) saw %d reminders, want %d", g.number, g.fate, g.put, len(g.reminders()), g.due())
		}
		if n := d.noted(g); n != g.due() {
			d.t.Errorf("guest %d (%q, put %t) has %d reminders noted as sent, want %d", g.number, g.fate, g.put, n, g.due())
		}
		if at := g.last(); g.fate == "gone" && at.After(g.changed.Add(2*settle)) {
			d.t.Errorf("guest %d was reminded %v after the visit was gone", g.number, at.Sub(g.changed))
		}
	}
	if today.kills >= many && again > today.kills {
		d.t.Errorf("%d reminders came again in %d kills", again, today.kills)
	}
	d.t.Logf("%d kills, %d guests (%v), %d reminders came again; Telegram: %v", today.kills, len(d.guests), fates, again, d.network.Counts())
}
