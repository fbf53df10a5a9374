package runner

import (
	"time"

	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics count the way of messages. Labels hold channels and kinds, never a person.
type Metrics struct {
	Received  *prometheus.CounterVec // by channel
	Duplicate prometheus.Counter
	Stepped   prometheus.Counter
	Failed    *prometheus.CounterVec // steps, by what became of them: retried, parked, refused
	Sent      *prometheus.CounterVec // by channel
	Unsent    *prometheus.CounterVec // by channel and kind of error
	Dropped   *prometheus.CounterVec // by channel and reason: late, stale, rejected, blocked

	// Seconds:
	Answer   prometheus.Histogram // from the arrival of a message to the delivery of its first answer
	Waited   prometheus.Histogram // from the arrival of a message to the end of its step
	StepTime prometheus.Histogram // of a transaction of steps
	Delivery prometheus.Histogram // from the outbox to the network
	Lateness prometheus.Histogram // of the oldest timer of each batch

	funnel
}

// NewMetrics registers the counters.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		reg.MustRegister(c)
		return c
	}
	timed := func(name, help string) prometheus.Histogram {
		h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: prometheus.ExponentialBuckets(0.0005, 2, 19)}) // to two minutes
		reg.MustRegister(h)
		return h
	}
	return &Metrics{
		Received:  counter("careline_received_total", "Messages taken from a channel, repeated ones too.", "channel"),
		Duplicate: counter("careline_duplicate_total", "Messages that a network delivered again.").WithLabelValues(),
		Stepped:   counter("careline_stepped_total", "Inputs stepped and committed.").WithLabelValues(),
		Failed:    counter("careline_step_failures_total", "Steps undone, by what became of the input.", "fate"),
		Sent:      counter("careline_sent_total", "Messages that a network took.", "channel"),
		Unsent:    counter("careline_send_failures_total", "Failed sends by kind.", "channel", "kind"),
		Dropped:   counter("careline_dropped_total", "Messages that will not be sent any more.", "channel", "reason"),
		Answer:    timed("careline_answer_seconds", "Time from the arrival of a message to the delivery of its first answer."),
		Waited:    timed("careline_wait_seconds", "Time from the arrival of a message to the end of its step."),
		StepTime:  timed("careline_step_seconds", "Time of one transaction of steps."),
		Delivery:  timed("careline_delivery_seconds", "Time from the commit of a message to its delivery."),
		Lateness:  timed("careline_timer_lateness_seconds", "How late the oldest timer of a batch fired."),
		funnel: funnel{
			DialogsStarted: counter("careline_dialogs_started_total", "Dialogs that began.", "dialog"),
			DialogsEnded:   counter("careline_dialogs_ended_total", "Dialogs that ended, by outcome.", "dialog", "outcome"),
			Visits:         counter("careline_visits_total", "Changes of visits: booked, moved, confirmed, cancelled, arrived, fulfilled, noshow.", "change"),
			Touches:        counter("careline_touches_total", "Moments of timelines, by what came of them: sent, or why not.", "timeline", "outcome"),
			Ratings:        counter("careline_ratings_total", "Ratings of visits.", "value"),
			TicketsOpened:  counter("careline_tickets_opened_total", "Requests to administrators.", "kind"),
			TicketsLate:    counter("careline_tickets_late_total", "Requests that nobody answered in time.", "kind"),
		},
	}
}

// stepped counts a transaction of steps that stands now.
func (m *Metrics) stepped(b *batch, took time.Duration, now time.Time) {
	m.Stepped.Add(float64(b.ended))
	m.StepTime.Observe(took.Seconds())
	for _, in := range b.inputs {
		if in.Kind == store.MessageInput && !in.EndedAt.IsZero() {
			m.Waited.Observe(max(0, now.Sub(in.ReceivedAt).Seconds()))
		}
	}
}
