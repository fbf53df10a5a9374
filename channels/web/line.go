package web

import (
	"strings"
	"time"

	"careline/channels"
)

// line is a Line as the page reads it.
type line struct {
	Seq     int64            `json:"seq"`
	At      time.Time        `json:"at"`
	Mine    string           `json:"mine,omitempty"`   // the page's id of a message from here
	Choice  string           `json:"choice,omitempty"` // the button that was pressed
	Author  string           `json:"author,omitempty"`
	Key     string           `json:"key,omitempty"`     // what a later `closes` or `redraws` names
	Closes  string           `json:"closes,omitempty"`  // whose buttons are closed
	Clears  bool             `json:"clears,omitempty"`  // what stands above was erased
	Redraws string           `json:"redraws,omitempty"` // whose buttons become those of Shown
	Ask     channels.Ask     `json:"ask,omitempty"`
	Shown   []channels.Shown `json:"shown"`
}

// start is what the page says when it is opened; it is not shown.
const start = "/start"

// view is nil for what is not shown.
func (w *Web) view(l Line) *line {
	v := &line{Seq: l.Seq, At: l.At, Author: l.Author}
	if l.Out != nil {
		v.Key, v.Closes, v.Clears, v.Redraws, v.Ask = l.Out.Key, l.Out.Closes, l.Out.Clears, l.Out.Redraws, l.Out.Ask
		v.Shown = w.render(*l.Out)
		return v
	}
	if l.In == nil || l.In.Text == start {
		return nil
	}
	_, v.Mine, _ = strings.Cut(l.In.ID, "/")
	v.Choice = l.In.Choice
	said := channels.Outgoing{Text: l.In.Text, Files: l.In.Files, Place: l.In.Place}
	v.Shown = w.render(said)
	return v
}

// render also gives every place its map link.
func (w *Web) render(o channels.Outgoing) []channels.Shown {
	shown := channels.Render(o, w.Caps(), w.options.Words)
	for i, s := range shown {
		if s.Place != nil {
			place := *s.Place
			place.URL = place.Link()
			shown[i].Place = &place
		}
	}
	return shown
}
