package web_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/bot/web/largetest"
	"careline/channels"
)

const (
	desksOpen     = 50
	stepsASecond  = 200
	probesASecond = 10
	warmUp        = 3 * time.Second
	measured      = 15 * time.Second
)

// probed are the tickets whose patients are watched: they stand on the first page of the inbox, and show what was written last.
var probed = []int{8, 608, 1208, 1808, 2408}

// crowd is the first of those who write beside the probes: none of them is probed, or their next word would stand in the
// inbox before a desk has looked.
const crowd = 50_000

// writer is the number of the patient of a ticket.
func writer(ticket int) int { return ticket * 19 % largetest.Large.Patients }

// watched are what the desks have open: the inbox, what nobody has taken, a chat; and chats, where a line is soon pushed off
// the first page, so that they only take their part of the work.
func watched(desk int) (path string, told bool) {
	switch desk % 10 {
	case 0, 1, 2, 3:
		return "/desk/inbox/live", true
	case 4, 5, 6:
		return "/desk/inbox/live?show=nobody", true
	case 7:
		return "/desk/inbox/live?show=chats", false
	}
	return "/desk/chats/" + largetest.Contact(writer(probed[desk%len(probed)])) + "/live", true
}

// arrival measures how long a patient's message takes from the moment it arrives until each desk has the piece of the page
// that shows it.
func arrival(b *testing.B, o *largetest.Office) {
	for b.Loop() {
		ctx, stop := context.WithCancel(b.Context())
		var all sync.WaitGroup
		all.Go(func() { _ = o.Runner.Run(ctx) })
		a := &arrivals{run: strconv.FormatInt(time.Now().UnixNano(), 36), begun: map[probe]time.Time{}}
		for i := range desksOpen {
			c, d := o.SignIn(b, 1+i), &watching{run: a.run, seen: map[probe]time.Time{}}
			path, told := watched(i)
			if told {
				a.desks = append(a.desks, d)
			}
			answer, err := c.Get(o.URL + path)
			if err != nil || answer.StatusCode != http.StatusOK {
				b.Fatal(answer, err)
			}
			all.Go(func() {
				defer answer.Body.Close()
				d.read(bufio.NewReaderSize(answer.Body, 1<<16))
			})
			context.AfterFunc(ctx, func() { _ = answer.Body.Close() })
		}
		time.Sleep(warmUp)
		busy, own := loadtest.Busy(), loadtest.OwnCPU()
		began := time.Now()
		steps := a.load(ctx, b, o)
		wall := time.Since(began)
		busy, own = loadtest.Busy()-busy, loadtest.OwnCPU()-own
		time.Sleep(warmUp)
		stop()
		all.Wait()
		a.report(b)
		b.ReportMetric(float64(steps)/wall.Seconds(), "steps/s")
		b.ReportMetric(own.Seconds()/wall.Seconds(), "cpus-own")
		b.ReportMetric((busy-own).Seconds()/wall.Seconds(), "cpus-others")
	}
}

// probe is a message that is looked out for: the n-th of a patient.
type probe struct{ patient, n int }

type arrivals struct {
	run   string // among those over the same database
	begun map[probe]time.Time
	desks []*watching
}

// load lets patients write for a while.
func (a *arrivals) load(ctx context.Context, b *testing.B, o *largetest.Office) (steps int) {
	var writing sync.WaitGroup
	for began := time.Now(); time.Since(began) < measured; steps++ {
		time.Sleep(time.Until(began.Add(time.Duration(steps) * time.Second / stepsASecond))) // who is late does not wait
		who, text := crowd+steps%5000, []string{"цены", "меню"}[steps/5000%2]
		if steps%(stepsASecond/probesASecond) == 0 {
			n := steps / (stepsASecond / probesASecond)
			p := probe{writer(probed[n%len(probed)]), n / len(probed)}
			who, text = p.patient, fmt.Sprintf("проба %s-%d-%d", a.run, p.patient, p.n)
			a.begun[p] = time.Now()
		}
		m := channels.Incoming{From: o.Address(who), ID: fmt.Sprint(a.run, steps), At: o.Clock.Now(), Text: text, Profile: channels.Profile{Language: "ru"}}
		writing.Go(func() {
			if err := o.Runner.Accept(ctx, m); err != nil {
				b.Error(err)
			}
		})
	}
	writing.Wait()
	return steps
}

// watching is a desk that is open.
type watching struct {
	run  string
	seen map[probe]time.Time // where a later one shows, an earlier one needs no room any more
}

var probeText = regexp.MustCompile(`проба (\w+)-(\d+)-(\d+)`)

func (d *watching) read(events *bufio.Reader) {
	for {
		line, err := events.ReadBytes('\n')
		if err != nil {
			return
		}
		if !bytes.Contains(line, []byte("проба ")) {
			continue
		}
		now := time.Now()
		for _, found := range probeText.FindAllSubmatch(line, -1) {
			if string(found[1]) != d.run {
				continue
			}
			patient, _ := strconv.Atoi(string(found[2]))
			n, _ := strconv.Atoi(string(found[3]))
			for p := (probe{patient, n}); p.n >= 0 && d.seen[p].IsZero(); p.n-- {
				d.seen[p] = now
			}
		}
	}
}

func (a *arrivals) report(b *testing.B) {
	var took []time.Duration
	missed := 0
	for _, d := range a.desks {
		for p, begun := range a.begun {
			if seen := d.seen[p]; !seen.IsZero() {
				took = append(took, seen.Sub(begun))
			} else {
				missed++
			}
		}
	}
	slices.Sort(took)
	if len(took) == 0 {
		b.Fatal("no desk has seen a message")
	}
	for name, share := range map[string]float64{"ms-p50": 0.5, "ms-p99": 0.99, "ms-max": 1} {
		b.ReportMetric(took[int(share*float64(len(took)-1))].Seconds()*1000, name)
	}
	b.ReportMetric(float64(missed), "missed")
	b.ReportMetric(0, "ns/op")
}
