package runner

import "github.com/prometheus/client_golang/prometheus"

// Metrics count the way of messages. Labels hold channels and kinds, never a person.
type Metrics struct {
	Received  *prometheus.CounterVec // by channel
	Duplicate prometheus.Counter
	Stepped   prometheus.Counter
	Failed    *prometheus.CounterVec // steps, by what became of them: retried, parked
	Sent      *prometheus.CounterVec // by channel
	Unsent    *prometheus.CounterVec // by channel and kind of error
	StepTime  prometheus.Histogram   // seconds of a transaction of steps
	Delivery  prometheus.Histogram   // seconds from the outbox to the network
}

// NewMetrics registers the counters.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	buckets := prometheus.ExponentialBuckets(0.0005, 2, 16)
	m := &Metrics{
		Received:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "careline_received_total", Help: "Messages taken from a channel, repeated ones too."}, []string{"channel"}),
		Duplicate: prometheus.NewCounter(prometheus.CounterOpts{Name: "careline_duplicate_total", Help: "Messages that a network delivered again."}),
		Stepped:   prometheus.NewCounter(prometheus.CounterOpts{Name: "careline_stepped_total", Help: "Inputs stepped and committed."}),
		Failed:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "careline_step_failures_total", Help: "Steps undone, by what became of the input."}, []string{"fate"}),
		Sent:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "careline_sent_total", Help: "Messages that a network took."}, []string{"channel"}),
		Unsent:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "careline_send_failures_total", Help: "Failed sends by kind."}, []string{"channel", "kind"}),
		StepTime:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "careline_step_seconds", Help: "Time of one transaction of steps.", Buckets: buckets}),
		Delivery:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "careline_delivery_seconds", Help: "Time from the commit of a message to its delivery.", Buckets: buckets}),
	}
	reg.MustRegister(m.Received, m.Duplicate, m.Stepped, m.Failed, m.Sent, m.Unsent, m.StepTime, m.Delivery)
	return m
}
