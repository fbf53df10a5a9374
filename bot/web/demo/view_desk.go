package demo

import (
	"encoding/json"

	"careline/channels"
)

// ticket as the desk lists it.
type ticket struct {
	Kind, Priority, State string
	Patient               string
	Deadline              string
	Alarm, Late, Shown    bool
}

// Tickets that are open.
func (v *view) Tickets() (all []ticket) {
	for _, t := range v.scene.tickets {
		shown := ticket{
			Kind: v.Ticket(t.Kind), Priority: v.Name("priority", t.Priority), State: v.Name("state", t.State),
			Patient: v.scene.patients[t.PatientID].FullName, Alarm: t.Priority != "normal",
			Shown: t.ContactID == v.scene.atDesk,
		}
		if !t.Deadline.IsZero() {
			shown.Deadline = v.moment(t.Deadline)
			shown.Late = t.State == "open" && t.Deadline.Before(v.scene.now)
		}
		all = append(all, shown)
	}
	return all
}

// Anybody tells that somebody has written.
func (v *view) Anybody() bool { return v.scene.contact != "" }

// Contact whose chat the desk shows; empty when nobody has written.
func (v *view) Contact() string { return v.scene.atDesk }

// Escalated tells that a human is called to that chat, or speaks in it.
func (v *view) Escalated() bool { return v.Operator() || len(v.scene.tickets) > 0 }

// said is one line of a chat.
type said struct {
	Who  string // patient, bot, desk
	Text string
}

// Lines are the last ones of the chat, those with words or a file.
func (v *view) Lines() (all []said) {
	for _, l := range v.scene.lines {
		s := said{Who: "bot"}
		var m struct {
			Text  string          `json:"text"`
			Files []channels.File `json:"files"`
		}
		if err := json.Unmarshal(l.Payload, &m); err != nil || l.State == "dropped" {
			continue
		}
		switch {
		case l.Incoming:
			s.Who = "patient"
		case l.Author != "":
			s.Who = "desk"
		}
		if s.Text = m.Text; s.Text == "" && len(m.Files) > 0 {
			s.Text = m.Files[0].Name
		}
		if s.Text != "" {
			all = append(all, s)
		}
	}
	return all
}
