package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"careline/store"
)

// patience between two attempts to listen again.
const patience = time.Second

// topics are all of them: after a break anything may have happened.
var topics = []store.Topic{store.InboxTopic, store.OutboxTopic, store.TimerTopic, store.WebTopic, store.DeskTopic, store.DayTopic, store.SaidTopic}

// listen passes the notifications of all processes on, over a connection of its own that it renews
// when it breaks. stop returns when it has ended.
func listen(config *pgx.ConnConfig, signal func(store.Topic)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			hear(ctx, config.Copy(), signal)
			select {
			case <-ctx.Done():
			case <-time.After(patience):
			}
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}

// hear listens until the connection breaks or ctx ends.
func hear(ctx context.Context, config *pgx.ConnConfig, signal func(store.Topic)) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return
	}
	for _, t := range topics {
		signal(t)
	}
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return
		}
		for t := range strings.SplitSeq(n.Payload, ",") {
			signal(store.Topic(t))
		}
	}
}
