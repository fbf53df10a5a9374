package numbers

import (
	"cmp"
	"context"
	"slices"
	"time"

	"careline/store"
)

// Dialog counts how often a dialog began in the span, and how dialogs ended in it.
type Dialog struct {
	Name    string    `json:"name"`
	Started int       `json:"started"`
	Ends    []Outcome `json:"ends"` // the most frequent first
}

// Outcome of a dialog: one of its own, or expired, quit, no_consent.
type Outcome struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (r *Report) dialogs(ctx context.Context, tx store.Tx, a Ask) error {
	counts, err := tx.DialogCounts(ctx, a.spans())
	if err != nil {
		return err
	}
	for _, c := range counts {
		if n := len(r.Dialogs); n == 0 || r.Dialogs[n-1].Name != c.Dialog {
			r.Dialogs = append(r.Dialogs, Dialog{Name: c.Dialog, Ends: []Outcome{}})
		}
		d := &r.Dialogs[len(r.Dialogs)-1]
		if c.Outcome == "" {
			d.Started = c.Count
		} else {
			d.Ends = append(d.Ends, Outcome{c.Outcome, c.Count})
		}
	}
	for _, d := range r.Dialogs {
		slices.SortStableFunc(d.Ends, func(a, b Outcome) int { return cmp.Compare(b.Count, a.Count) })
	}
	slices.SortStableFunc(r.Dialogs, func(a, b Dialog) int { return cmp.Compare(b.Started, a.Started) })
	return nil
}

// Question is a state that asks, and in how many matters it was the last thing said: nobody has answered for an hour.
type Question struct {
	Dialog string `json:"dialog"`
	State  string `json:"state"`
	Ours   bool   `json:"ours"` // a timeline began the matter, and not the person
	Left   Part   `json:"left"`
	Ended  int    `json:"ended"` // of those who left: the dialog has ended since then
}

func (r *Report) questions(ctx context.Context, tx store.Tx, a Ask) error {
	found, err := tx.Unanswered(ctx, a.spans(), a.Now)
	for _, q := range found {
		r.Questions = append(r.Questions, Question{Dialog: q.Dialog, State: q.State, Ours: q.Ours, Left: Part{q.Silent, q.Asked}, Ended: q.Ended})
	}
	return err
}

// Replies tell how long the first message of a chat waited for the first answer.
type Replies struct {
	Chats int     `json:"chats"`
	P50   Seconds `json:"p50_seconds"`
	P95   Seconds `json:"p95_seconds"`
}

// Seconds, to a tenth.
type Seconds float64

func (r *Report) replies(ctx context.Context, tx store.Tx, a Ask) error {
	took, err := tx.FirstReplies(ctx, a.spans())
	for _, t := range took {
		r.Replies.Chats += t.Chats
	}
	r.Replies.P50 = percentile(took, r.Replies.Chats, 50)
	r.Replies.P95 = percentile(took, r.Replies.Chats, 95)
	return err
}

// percentile is the least time in which so many of a hundred chats had their answer; took is in order.
func percentile(took []store.Replied, chats, of100 int) Seconds {
	seen := 0
	for _, t := range took {
		if seen += t.Chats; seen*100 >= chats*of100 {
			return Seconds(t.Took.Round(100 * time.Millisecond).Seconds())
		}
	}
	return 0
}
