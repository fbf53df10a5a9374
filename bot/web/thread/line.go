package thread

import (
	"encoding/json"
	"fmt"
	"time"

	"careline/bot/desk"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

// line is one message as the page shows it.
type line struct {
	store.Line
	contact store.Contact
	in      channels.Incoming // when Incoming
	out     channels.Outgoing // when not
	pressed string            // label of the button that the patient pressed
	chosen  map[string]bool   // of the buttons that were offered, those that were pressed
}

func lineOf(contact store.Contact, l store.Line) (line, error) {
	one := line{Line: l, contact: contact}
	var err error
	switch {
	case len(l.Payload) == 0:
	case l.Incoming:
		err = json.Unmarshal(l.Payload, &one.in)
	default:
		err = json.Unmarshal(l.Payload, &one.out)
	}
	if err != nil {
		return one, fmt.Errorf("reading line %d of a chat: %w", l.Seq, err)
	}
	return one, nil
}

// press finds to each button that was pressed the message that offered it.
func press(lines []line) {
	offered := map[string]int{} // contact and data → line
	for i := range lines {
		l := &lines[i]
		for _, c := range l.out.Choices {
			offered[l.contact.ID+" "+c.Data] = i
		}
		if l.in.Choice == "" {
			continue
		}
		at, ok := offered[l.contact.ID+" "+l.in.Choice]
		if !ok {
			continue
		}
		asked := &lines[at]
		if asked.chosen == nil {
			asked.chosen = map[string]bool{}
		}
		asked.chosen[l.in.Choice] = true
		for _, c := range asked.out.Choices {
			if c.Data == l.in.Choice {
				l.pressed = c.Label
			}
		}
	}
}

// shows: there is something to see. A message may only take buttons away.
func (l *line) shows() bool {
	if l.Incoming {
		return l.in.Permit == ""
	}
	return l.out.Text != "" || len(l.out.Files) > 0 || l.out.Place != nil
}

// side is the class of the line: who speaks.
func (l *line) side() string {
	switch {
	case l.Incoming && !l.in.Clinic:
		return "patient"
	case l.Author != "" || l.in.Clinic:
		return "human"
	}
	return "bot"
}

func (l *line) author(q *page.Request, c *chat) string {
	switch {
	case l.side() == "patient":
		return c.who(q)
	case l.Author != "" && l.Account != "" && l.Account == q.Account.ID:
		return q.Word("desk.thread.you")
	case l.Author != "":
		return l.Author
	case l.side() == "human":
		return q.Word("desk.thread.in_messenger", "messenger", inbox.Messenger(q, l.contact.Channel))
	}
	return q.Word("desk.thread.bot")
}

func (l *line) text(q *page.Request) string {
	if !l.Incoming {
		return l.out.Text
	}
	switch {
	case l.in.Text != "":
		return l.in.Text
	case l.pressed != "":
		return l.pressed
	case len(l.in.Files) > 0:
		return ""
	case l.in.Opened:
		return q.Word("desk.thread.opened")
	}
	return inbox.Said(q, l.in)
}

// isTap: the patient pressed a button.
func (l *line) isTap() bool { return l.Incoming && l.in.Choice != "" && l.in.Text == "" }

func (l *line) files() []channels.File {
	if l.Incoming {
		return l.in.Files
	}
	return l.out.Files
}

func (l *line) place() *channels.Place {
	if l.Incoming {
		return l.in.Place
	}
	return l.out.Place
}

// delivery is what became of the line, in words, and whether that is bad.
func (l *line) delivery(q *page.Request) (words string, bad bool) {
	if l.Incoming {
		if l.State == "parked" {
			return q.Word("desk.thread.parked"), true
		}
		return "", false
	}
	words = desk.DeliveryWords(q.Scripts.Catalogue(), q.Language, l.Line)
	switch desk.DeliveryOf(l.Line) {
	case desk.Sent:
		return "✓ " + words, false
	case desk.Queued:
		return words, false
	}
	return "✕ " + words, true
}

// fileHref opens a file of the line.
func (l *line) fileHref(n int) string {
	return fmt.Sprintf("/desk/chats/%s/files/%d/%d", l.contact.ID, l.Seq, n)
}

// event is a line, or a colleague's note between two.
type event struct {
	line *line
	note *store.TicketNote
	day  string // it begins
	news bool   // what follows was not read before
	at   time.Time
}

// events are the lines with notes and days between them.
func (c *chat) events(q *page.Request) (all []event) {
	notes, day, known := c.notes, "", false
	add := func(e event) {
		if d := e.at.In(q.Zone).Format(time.DateOnly); d != day {
			day, e.day = d, dayName(q, e.at)
		}
		all = append(all, e)
	}
	until := func(at time.Time) {
		for len(notes) > 0 && notes[0].At.Before(at) {
			add(event{note: &notes[0], at: notes[0].At})
			notes = notes[1:]
		}
	}
	for i := range c.lines {
		l := &c.lines[i]
		if i == 0 {
			for len(notes) > 0 && notes[0].At.Before(l.At) && len(c.before) > 0 {
				notes = notes[1:] // it stands among older lines
			}
		}
		if !l.shows() {
			continue
		}
		until(l.At)
		news := !known && c.isNews(l)
		known = known || news
		add(event{line: l, at: l.At, news: news})
	}
	until(q.Now.Add(time.Hour))
	return all
}
