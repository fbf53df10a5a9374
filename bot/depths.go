package bot

import (
	"context"
	"time"

	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// depths measures the queues when somebody asks.
type depths struct{ store store.Store }

var (
	inboxDepth  = prometheus.NewDesc("careline_inbox_depth", "Inputs that wait for their step.", nil, nil)
	parkedDepth = prometheus.NewDesc("careline_parked", "Inputs that failed for good and wait for an engineer.", nil, nil)
	outboxDepth = prometheus.NewDesc("careline_outbox_depth", "Messages that wait to be sent.", nil, nil)
)

func (d depths) Describe(to chan<- *prometheus.Desc) {
	to <- inboxDepth
	to <- parkedDepth
	to <- outboxDepth
}

// Collect leaves the queues out while the database does not answer: /readyz tells of that.
func (d depths) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var waiting, parked, unsent int
	err := d.store.Read(ctx, func(tx store.Tx) (err error) {
		if waiting, parked, err = tx.InboxDepth(ctx); err != nil {
			return err
		}
		unsent, err = tx.OutboxDepth(ctx)
		return err
	})
	if err != nil {
		return
	}
	for desc, value := range map[*prometheus.Desc]int{inboxDepth: waiting, parkedDepth: parked, outboxDepth: unsent} {
		to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(value))
	}
}
