package demo

import (
	"encoding/json"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
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

// visit as the list shows it.
type visit struct {
	When, Service, Practitioners, Patient, Status string
	Off                                           bool // it does not take place any more, or has taken place
}

// Visits by their time, those to come first.
func (v *view) Visits() (all []visit) {
	local := v.demo.Clinic.In(v.Lang)
	var past []visit
	for _, a := range v.scene.visits {
		shown := visit{
			When: v.When(a.Start, v.scene.now, v.zoneOf(a.Branch)), Patient: v.scene.patients[a.PatientID].FullName,
			Status: v.Name("status", a.Status), Off: a.Status != store.StatusBooked && a.Status != store.StatusPending,
		}
		if s := local.Service(a.Service); s != nil {
			shown.Service = s.Title
		}
		for _, part := range a.Parts {
			if p := local.Practitioner(part.Practitioner); p != nil {
				if shown.Practitioners != "" {
					shown.Practitioners += ", "
				}
				shown.Practitioners += p.Name
			}
		}
		if a.End.Before(v.scene.now) {
			shown.Off = true
			past = append(past, shown)
			continue
		}
		all = append(all, shown)
	}
	slices.Reverse(past)
	return append(all, past...)
}

func (v *view) zoneOf(branch string) *time.Location {
	if b := v.demo.Clinic.Branch(branch); b != nil {
		return b.Zone
	}
	return v.zone()
}
