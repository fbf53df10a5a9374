package numbers

import (
	"context"
	"encoding/json"
	"fmt"

	"careline/store"
)

// Whereabouts tell where in the scripts people are now, and where they left in a span.
type Whereabouts struct {
	Standing  map[Place]int  // chats whose matter of the moment stands there; beneath a dialog that another one runs, too
	People    map[string]int // the same by dialog
	Questions []Question
	Dialogs   []Dialog
	Timelines []Timeline
}

// Place is a state of a dialog.
type Place struct{ Dialog, State string }

// Look makes them from one picture of the store.
func Look(ctx context.Context, db store.Store, a Ask) (*Whereabouts, error) {
	var w *Whereabouts
	err := db.Read(ctx, func(tx store.Tx) error {
		w = &Whereabouts{Standing: map[Place]int{}, People: map[string]int{}}
		if err := tx.EachStanding(ctx, w.stand); err != nil {
			return err
		}
		var r Report
		for _, part := range []func(context.Context, store.Tx, Ask) error{r.questions, r.dialogs, r.timelines} {
			if err := part(ctx, tx, a); err != nil {
				return err
			}
		}
		w.Questions, w.Dialogs, w.Timelines = r.Questions, r.Dialogs, r.Timelines
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking where people are: %w", err)
	}
	return w, nil
}

// standing is as much of a dialogs.Conversation as is needed: what people have said is not even read.
type standing struct {
	Tasks []struct {
		Frames []struct {
			Dialog string `json:"d"`
			State  string `json:"s"`
		} `json:"frames"`
	} `json:"tasks"`
}

// stand counts a chat. A dialog may run twice in one matter, and the person is one.
func (w *Whereabouts) stand(state json.RawMessage) {
	var s standing
	if err := json.Unmarshal(state, &s); err != nil || len(s.Tasks) == 0 {
		return // who stands nowhere is not counted
	}
	in, at := map[string]bool{}, map[Place]bool{}
	for _, f := range s.Tasks[len(s.Tasks)-1].Frames {
		in[f.Dialog], at[Place{f.Dialog, f.State}] = true, true
	}
	for dialog := range in {
		w.People[dialog]++
	}
	for place := range at {
		w.Standing[place]++
	}
}

// Left is how many of those who were asked at the place fell silent there, whoever began the matter.
func (w *Whereabouts) Left(at Place) (left Part) {
	for _, q := range w.Questions {
		if q.Dialog == at.Dialog && q.State == at.State {
			left.plus(q.Left.Count, q.Left.Of)
		}
	}
	return left
}

// LeftIn is the question of the dialog after which most fell silent; false when nobody did.
func (w *Whereabouts) LeftIn(dialog string) (worst Question, found bool) {
	for _, q := range w.Questions {
		if q.Dialog == dialog && q.Left.Count > worst.Left.Count {
			worst, found = q, true
		}
	}
	return worst, found
}

// Timeline is what the timeline did: of all its classes.
func (w *Whereabouts) Timeline(name string) (all Timeline, found bool) {
	for _, t := range w.Timelines {
		if t.Name != name {
			continue
		}
		if !found {
			all, found = t, true
			continue
		}
		all.Sent += t.Sent
		all.Answered.plus(t.Answered.Count, t.Answered.Of)
		all.Stopped.plus(t.Stopped.Count, t.Stopped.Of)
		all.Booked.plus(t.Booked.Count, t.Booked.Of)
	}
	return all, found
}
