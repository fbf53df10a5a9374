package bot

import (
	"context"

	"careline/channels"

	"github.com/prometheus/client_golang/prometheus"
)

// watch tells which rights this process holds and which of its channels work.
type watch struct{ *Bot }

var (
	leaseHeld      = prometheus.NewDesc("careline_lease_held", "Whether this process holds the lease; process is the one that says that it lives.", []string{"name"}, nil)
	channelHealthy = prometheus.NewDesc("careline_channel_healthy", "Whether the channel works in this process.", byChannel, nil)
)

// Describe implements prometheus.Collector.
func (w watch) Describe(to chan<- *prometheus.Desc) {
	to <- leaseHeld
	to <- channelHealthy
}

// Collect implements prometheus.Collector.
func (w watch) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), measureWithin)
	defer cancel()
	gauge(to, leaseHeld, truth(w.life.Held()), "process")
	for _, l := range w.leases {
		gauge(to, leaseHeld, truth(l.Held()), l.name)
	}
	for _, c := range w.Channels {
		h, tells := c.(channels.Health)
		gauge(to, channelHealthy, truth(!tells || h.Healthy(ctx) == nil), string(c.ID()))
	}
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
