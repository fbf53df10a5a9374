package loadtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Load is many patients on one walk.
type Load struct {
	Network     Network
	Walk        []Step
	Patients    int
	Concurrency int           // patients who walk at the same time
	First       int           // number of the first one: two loads with other numbers never want the same time
	Think       time.Duration // mean pause between two steps, exponential; 0 = none
	Patience    time.Duration // for the answer to one step; default 30 s
	Seed        uint64
}

var firstNames = []string{"Анна", "Иван", "Мария", "Пётр", "Ольга", "Сергей", "Елена", "Дмитрий"}
var lastNames = []string{"Лебеденко", "Коваленко", "Шевчук", "Дорошенко", "Карпенко", "Савченко", "Черных"}

// words are what the walk's {names} stand for.
func words(n int, phone string) []string {
	return []string{
		"{n}", fmt.Sprint(n), "{name}", firstNames[n%len(firstNames)] + " " + lastNames[n%len(lastNames)], "{phone}", phone,
		"{service}", Service(n), "{day}", Day(n, time.Now()),
	}
}

func (l Load) patient(n int) *Patient {
	p := &Patient{Seat: l.Network.Seat(n, firstNames[n%len(firstNames)]), Number: n}
	p.words = strings.NewReplacer(words(n, p.Phone())...)
	return p
}

// Run lets everybody walk and returns when the last one has come to an end.
func (l Load) Run(ctx context.Context) *Outcome {
	if l.Patience == 0 {
		l.Patience = 30 * time.Second
	}
	out := &Outcome{Patients: make([]*Patient, l.Patients)}
	var next atomic.Int64
	var walking sync.WaitGroup
	begun := time.Now()
	for range min(l.Concurrency, l.Patients) {
		walking.Go(func() {
			for {
				k := int(next.Add(1)) - 1
				if k >= l.Patients || ctx.Err() != nil {
					return
				}
				p := l.patient(l.First + k)
				out.Patients[k] = p
				p.walk(ctx, l.Walk, l.Patience, l.thinking(ctx, p.Number))
			}
		})
	}
	walking.Wait()
	out.Wall = time.Since(begun)
	return out
}

// thinking pauses between steps as the patient's own dice say.
func (l Load) thinking(ctx context.Context, n int) func() error {
	dice := rand.New(rand.NewPCG(l.Seed, uint64(n)))
	return func() error {
		if l.Think == 0 {
			return nil
		}
		pause := time.NewTimer(time.Duration(dice.ExpFloat64() * float64(l.Think)))
		defer pause.Stop()
		select {
		case <-pause.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
