package bot

import (
	"context"
	"time"

	"careline/bot/clock"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	measureWithin = 2 * time.Second
	// deepest is where counting ends: a queue so deep is an accident whatever its length.
	deepest = 50_000
)

// depths measures the queues when somebody asks.
type depths struct {
	store    store.Store
	clock    clock.Clock
	channels []channels.Channel
}

var (
	byChannel    = []string{"channel"}
	inboxDepth   = prometheus.NewDesc("careline_inbox_depth", "Inputs that wait for their step, counted to 50000.", byChannel, nil)
	inboxAge     = prometheus.NewDesc("careline_inbox_age_seconds", "How long the oldest input has waited for its step.", byChannel, nil)
	outboxDepth  = prometheus.NewDesc("careline_outbox_depth", "Messages that could be sent and are not yet, counted to 50000.", byChannel, nil)
	outboxAge    = prometheus.NewDesc("careline_outbox_age_seconds", "How long the oldest message has waited to be sent.", byChannel, nil)
	databaseUp   = prometheus.NewDesc("careline_database_up", "Whether the database answers.", nil, nil)
	parkedDepth  = prometheus.NewDesc("careline_parked", "Inputs that failed for good and wait for an engineer.", nil, nil)
	timerOverdue = prometheus.NewDesc("careline_timer_overdue_seconds", "How late the earliest timer is that has not fired.", nil, nil)
)

// Describe implements prometheus.Collector.
func (d depths) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{databaseUp, inboxDepth, inboxAge, outboxDepth, outboxAge, parkedDepth, timerOverdue} {
		to <- desc
	}
}

// Collect leaves the queues out while the database does not answer.
func (d depths) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), measureWithin)
	defer cancel()
	now := d.clock.Now()
	var in, out []store.Queue
	var parked int
	var timer time.Time
	err := d.store.Read(ctx, func(tx store.Tx) (err error) {
		if in, err = tx.InQueues(ctx, deepest); err != nil {
			return err
		}
		if out, err = tx.OutQueues(ctx, now, deepest); err != nil {
			return err
		}
		if parked, err = tx.Parked(ctx); err != nil {
			return err
		}
		timer, err = tx.NextTimer(ctx)
		return err
	})
	if err != nil {
		gauge(to, databaseUp, 0)
		return
	}
	gauge(to, databaseUp, 1)
	d.queues(to, inboxDepth, inboxAge, in, store.TimerChannel)
	d.queues(to, outboxDepth, outboxAge, out)
	gauge(to, parkedDepth, float64(parked))
	gauge(to, timerOverdue, age(now, timer))
}

// queues tells of each channel, those on which nothing waits too.
func (d depths) queues(to chan<- prometheus.Metric, depth, oldest *prometheus.Desc, waiting []store.Queue, more ...string) {
	now := d.clock.Now()
	all := map[string]store.Queue{}
	for _, c := range d.channels {
		all[string(c.ID())] = store.Queue{}
	}
	for _, name := range more {
		all[name] = store.Queue{}
	}
	for _, q := range waiting {
		all[q.Channel] = q
	}
	for name, q := range all {
		gauge(to, depth, float64(q.Waiting), name)
		gauge(to, oldest, age(now, q.Since), name)
	}
}

// age of what began then, in seconds; of nothing, or of what lies ahead, 0.
func age(now, then time.Time) float64 {
	if then.IsZero() {
		return 0
	}
	return max(0, now.Sub(then).Seconds())
}

func gauge(to chan<- prometheus.Metric, desc *prometheus.Desc, value float64, labels ...string) {
	to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
}
