package dialogs

import (
	"fmt"

	"github.com/looplab/fsm"
)

// Graph is a dialog as a picture has it, without a layout.
type Graph struct {
	Dialog string `json:"dialog"`
	Title  string `json:"title"`
	Nodes  []Node `json:"nodes"` // states in the order of the file, then the ends
	Edges  []Edge `json:"edges"`
}

// Node is a state, or an end.
type Node struct {
	Name  string `json:"name"` // as in the machine: pick, "end booked"
	Doing Doing  `json:"doing,omitempty"`
	What  string `json:"what,omitempty"` // the answer, action or dialog
	End   bool   `json:"end,omitempty"`
}

// Edge leads from a state to another or to an end.
type Edge struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Event string `json:"event"`
	Label string `json:"label,omitempty"` // the outcome or the condition; empty when it simply goes on
	// Always: the dialog says it once for all its states.
	Always bool `json:"always,omitempty"`
}

// Graph of the dialog.
func (d *Dialog) Graph() Graph {
	g := Graph{Dialog: d.Name, Title: d.Title}
	for _, s := range d.States {
		g.Nodes = append(g.Nodes, Node{Name: s.Name, Doing: s.Doing, What: s.what()})
	}
	for _, end := range d.Ends {
		g.Nodes = append(g.Nodes, Node{Name: "end " + end, End: true})
	}
	for _, t := range d.Machine.Transitions() {
		from := d.State(t.From)
		_, own := from.On[t.Event]
		_, all := d.On[t.Event]
		g.Edges = append(g.Edges, Edge{From: t.From, To: t.To, Event: t.Event, Label: from.label(t.Event), Always: all && !own})
	}
	return g
}

func (s *State) what() string {
	switch s.Doing {
	case Asks:
		return s.Ask.Answer
	case Calls:
		return s.Call.Name
	case Runs:
		return s.Run.Name
	}
	return ""
}

// label is what a reader of the picture wants to see on an edge.
func (s *State) label(event string) string {
	switch event {
	case "next":
		return ""
	case "next.else":
		return "else"
	}
	for _, w := range s.Next {
		if w.Event == event && w.If != nil {
			return w.If.Source
		}
	}
	return event
}

// Mermaid is the machine as a Mermaid state diagram.
func (d *Dialog) Mermaid() (string, error) {
	f := d.Machine.pool.Get().(*fsm.FSM)
	defer d.Machine.pool.Put(f)
	f.SetState(d.Machine.initial)
	text, err := fsm.VisualizeForMermaidWithGraphType(f, fsm.StateDiagram)
	if err != nil {
		return "", fmt.Errorf("drawing dialog %s: %w", d.Name, err)
	}
	return text, nil
}
