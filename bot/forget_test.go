package bot

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// library is a channel that keeps something of people; sometimes it cannot forget.
type library struct {
	channels.Channel
	away bool
	gone []string
}

func (*library) ID() channels.ID { return "whatsapp" }

func (l *library) Forget(_ context.Context, to channels.Address) error {
	if l.away {
		return errors.New("its database is away")
	}
	l.gone = append(l.gone, to.Chat)
	return nil
}

// A channel is asked to forget who was erased until it has, and not again.
func TestAChannelForgetsWhoWasErased(t *testing.T) {
	ctx, db := t.Context(), bottest.SQLite(t)
	err := db.Tx(ctx, func(tx store.Tx) error {
		met, err := tx.Meet(ctx, []store.Contact{{ID: "c", PatientID: "p", Channel: "whatsapp", Chat: "1@lid", CreatedAt: bottest.Monday}})
		if err != nil {
			return err
		}
		return tx.Erase(ctx, met[0].PatientID, bottest.Monday)
	})
	if err != nil {
		t.Fatal(err)
	}
	b, l := &Bot{Parts: Parts{Store: db, Log: slog.New(slog.DiscardHandler)}}, &library{away: true}
	if err := b.forget(ctx, l); err == nil {
		t.Error("that it has not forgotten is not told")
	}
	l.away = false
	for range 2 {
		if err := b.forget(ctx, l); err != nil {
			t.Error(err)
		}
	}
	if len(l.gone) != 1 || l.gone[0] != "1@lid" {
		t.Errorf("forgot %q", l.gone)
	}
}
