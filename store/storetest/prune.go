package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// pruning: what was said long ago goes, what still waits stays, and the chat is numbered on.
func pruning(t *testing.T, s *stage) {
	anna := s.met()
	old, young := s.now, s.after(48*time.Hour)
	at := func(when time.Time, id string) store.Input {
		in := s.message(anna, id)
		in.ReceivedAt = when
		return in
	}
	timer := store.Input{Channel: store.TimerChannel, ExternalID: "t", ContactID: anna.ID, Kind: store.TimerInput, ReceivedAt: old}
	turn := store.Input{Channel: "desk", ExternalID: "1", ContactID: anna.ID, Kind: store.DeskInput, Payload: []byte(`"x"`), ReceivedAt: old}
	s.accept(at(old, "a"), timer, at(young, "b"), turn, at(old, "waits"))
	answer, forgotten := s.reply(anna, "c"), s.reply(anna, "never sent")
	late := s.reply(anna, "d")
	late.CreatedAt = young
	ticket := func(id, state string) store.Ticket {
		return store.Ticket{ID: id, ContactID: anna.ID, PatientID: anna.PatientID, Kind: "asked", Priority: "normal", State: state, CreatedAt: old}
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		in, err := tx.Waiting(ctx, []string{anna.ID}, 10)
		for _, err := range []error{
			err,
			tx.Done(ctx, []int64{in[0].Seq, in[1].Seq}, old),
			tx.Done(ctx, []int64{in[2].Seq}, young),
			tx.Park(ctx, in[3].Seq, "unreadable", old),
			tx.Put(ctx, []store.Output{answer, forgotten, late}),
			sent(ctx, tx, store.Delivery{ID: answer.ID, At: old}),
			tx.KeepAnswers(ctx, []store.Answer{{ContactID: anna.ID, PatientID: anna.PatientID, Name: "why", Mark: "health", Value: []byte(`1`), At: old}}),
			tx.PutFile(ctx, store.File{Ref: "f", Channel: anna.Channel, Chat: anna.Chat, Data: []byte("x"), CreatedAt: old}),
			tx.OpenTickets(ctx, []store.Ticket{ticket("over", "closed"), ticket("open", "open")}),
			tx.AddToTicket(ctx, []store.TicketNote{{TicketID: "over", Text: "x", At: old}, {TicketID: "open", Text: "x", At: old}}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	prune := func(talk, signals time.Time) (n int) {
		s.do(func(ctx context.Context, tx store.Tx) (err error) {
			n, err = tx.Prune(ctx, talk, signals, 10)
			return err
		})
		return n
	}
	equal(t, "nothing is old", prune(old, old), 0)
	equal(t, "the timer's signal", prune(old, young), 1)
	equal(t, "a message, a parked turn, two answers of ours, an answer, a file, a note", prune(young, young), 7)
	equal(t, "once", prune(young, young), 0)
	lines := get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
		return tx.History(ctx, anna.ID, 0, 0, 10)
	})
	equal(t, "lines left", len(lines), 3)
	waiting := get(s, func(ctx context.Context, tx store.Tx) ([]store.Input, error) {
		return tx.Waiting(ctx, []string{anna.ID}, 10)
	})
	equal(t, "still waiting", len(waiting), 1)
}
