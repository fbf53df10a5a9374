package inbox

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/channels"
	"careline/locales"
	"careline/store"
)

// Who is a name for whoever writes.
func Who(q *page.Request, name, called, phone string) string {
	switch known := cmp.Or(name, called); {
	case known != "":
		return known
	case phone != "":
		return locales.Phone(phone)
	}
	return q.Word("desk.inbox.nameless")
}

// Messenger is a channel's name.
func Messenger(q *page.Request, id string) string {
	return q.Name("desk.room.channel", cmp.Or(id, "none"))
}

// Said is what a patient sent, in one line of words.
func Said(q *page.Request, m channels.Incoming) string {
	words := []string{strings.Join(strings.Fields(m.Text), " ")}
	for _, f := range m.Files {
		words = append(words, "📎 "+cmp.Or(f.Name, q.Word("desk.thread.file."+string(cmp.Or(f.Kind, channels.Document)))))
	}
	switch {
	case m.Shared != nil:
		words = append(words, q.Word("desk.thread.shared", "phone", locales.Phone(m.Shared.Phone)))
	case m.Place != nil:
		words = append(words, q.Word("desk.thread.place"))
	case m.Other != "":
		words = append(words, q.Word("desk.thread.other"))
	case m.Choice != "" && m.Text == "":
		words = append(words, q.Word("desk.thread.pressed"))
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " · ")
}

// who of the line.
func (r row) who(q *page.Request) string {
	if r.ContactID == "" && r.PatientID == "" {
		return q.Word("desk.inbox.clinic")
	}
	return Who(q, r.Name, r.Called, r.Phone)
}

// about is what the line is about: the ticket's note, or else what the patient wrote last.
func (r row) about(q *page.Request) string {
	if r.Health && !q.May(access.ReadHealth) {
		return q.Word("desk.inbox.health")
	}
	switch {
	case r.Kind == desk.ChannelDown:
		return Messenger(q, r.Note)
	case r.Note != "":
		return firstLine(r.Note)
	}
	var m channels.Incoming
	if len(r.Words) == 0 || json.Unmarshal(r.Words, &m) != nil {
		return ""
	}
	return Said(q, m)
}

func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// whose it is, in words.
func (r row) whose(q *page.Request) string {
	switch {
	case r.mine:
		return q.Word("desk.inbox.yours")
	case r.TakenBy != "":
		return r.TakenBy
	}
	return q.Word("desk.inbox.nobodys")
}

// href opens the line.
func (l list) href(r row) string {
	if r.ContactID == "" {
		return "/desk/tickets/" + r.ID + l.Query()
	}
	return "/desk/chats/" + r.ContactID + l.Query()
}

func (l list) isOpen(r row) bool {
	return l.open != "" && (r.ContactID == l.open || r.ContactID == "" && r.ID == l.open)
}

// Kind of a ticket in words.
func Kind(q *page.Request, kind string) string { return q.Name("desk.ticket", kind) }

// priorities are the classes of badges.
var priorities = map[string]string{desk.Alarm: "alarm", desk.High: "high"}

// Urgency is the class of a ticket's badge.
func Urgency(k store.Ticket) string { return priorities[k.Priority] }

// Mark stands before the kind of an urgent ticket: colour alone tells nothing.
func Mark(q *page.Request, k store.Ticket) string {
	if Urgency(k) == "" {
		return ""
	}
	return q.Word("desk.inbox.urgent." + k.Priority)
}

// count of a tab; -1 = it is not counted.
func (l list) count(show string) int {
	switch show {
	case All:
		return l.counted.open
	case Mine:
		return l.counted.mine
	case Nobodys:
		return l.counted.nobodys
	}
	return -1
}
