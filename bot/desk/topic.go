package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"careline/channels"
	"careline/store"
)

// Topics: where a room has them, each ticket somebody works on has its own. What is news without being work stands in
// the room as such.

// topicOf is the topic of a ticket; nil = it has none.
func (t *talk) topicOf(k store.Ticket, p *person) *channels.Topic {
	if p == nil || untimed[k.Kind] {
		return nil
	}
	return &channels.Topic{Key: k.ID, Title: t.topicTitle(k, p), Closed: k.State == "closed"}
}

// icons of the kinds of tickets that come often; others have the mark of how urgent they are.
var icons = map[string]string{
	"low_rating": "⭐", "rating_3": "⭐", "dissatisfied": "⭐", CallBack: "📞", Unconfirmed: "❔", "late_arrival": "⏱", "price_question": "💰",
	"undelivered": "✉️", Talk: "💬", Task: "📌", "poison": "⚙️", "failed": "⚙️",
}

// topicTitle tells at a glance what it is, whom it is about, and who has it.
func (t *talk) topicTitle(k store.Ticket, p *person) string {
	icon := cmp.Or(icons[k.Kind], marks[k.Priority])
	if k.Priority == Alarm {
		icon = marks[Alarm]
	}
	name := t.word("desk.room.nameless")
	if known := cmp.Or(p.owner.FullName, p.chat.Name); known != "" {
		name = initialled(known)
	}
	switch {
	case k.State == "closed":
		return "✔️ " + name
	case k.TakenBy != "":
		return icon + " " + name + " · " + short(k.TakenBy)
	}
	return icon + " " + name
}

// initialled is a name as people who know each other write it: its first word, and of the second the first letter.
func initialled(name string) string {
	words := strings.Fields(name)
	switch len(words) {
	case 0:
		return "—"
	case 1:
		return short(words[0])
	}
	letter, _ := utf8.DecodeRuneInString(words[1])
	return short(words[0]) + " " + string(letter) + "."
}

// place puts a message into the topic of the ticket that it is about. What can be found by nothing when the patient is
// erased does not name them: the topic keeps its title.
func (t *talk) place(m *channels.Outgoing, found bool) {
	if m.Topic != nil || t.topic == nil {
		return
	}
	topic := *t.topic
	if m.Topic = &topic; !found {
		topic.Title = ""
	}
}

// inTopic are the buttons of a ticket in its topic.
func (t *talk) inTopic(choices []channels.Choice) *channels.Topic {
	if t.topic == nil {
		return nil
	}
	topic := *t.topic
	topic.Choices = choices
	return &topic
}

// sameTopic: an earlier message stands where the next one will.
func (t *talk) sameTopic(was *channels.Topic) bool {
	if was == nil || t.topic == nil {
		return was == t.topic
	}
	return was.Key == t.topic.Key && !was.Only
}

// matter is where something about a chat belongs: the topic of its newest ticket.
func (t *talk) matter(contact string) error {
	open, err := t.tx.TicketsOf(t.ctx, contact)
	if err != nil {
		return fmt.Errorf("reading open tickets: %w", err)
	}
	if len(open) > 0 {
		_, _, err = t.ticket(open[len(open)-1].ID)
	}
	return err
}

// Begun lets a room have the card of a ticket in the topic that was made for the message, unless it was the card: the
// topic before it was deleted, or the room had none.
func (d *Desk) Begun(ctx context.Context, tx store.Tx, o store.Output, now time.Time) error {
	var m channels.Outgoing
	if err := json.Unmarshal(o.Payload, &m); err != nil {
		return fmt.Errorf("reading what was told: %w", err)
	}
	if m.Topic == nil || len(m.Choices) > 0 {
		return nil
	}
	return d.tell(ctx, tx, []string{o.ContactID}, News{What: Carded, Ticket: m.Topic.Key}, now)
}

// again shows a ticket's card once more: from now on it is the one that changes.
func (t *talk) again(id string) error {
	before := len(t.said)
	show := t.escalated
	if t.isRoom() {
		show = t.card
	}
	if err := show(id); err != nil || len(t.said) == before {
		return err
	}
	last := t.said[len(t.said)-1]
	known, err := t.tx.Again(t.ctx, last)
	if known {
		t.said = t.said[:len(t.said)-1]
	}
	return wrap("showing a card again", err)
}

// erased lets the topic of a ticket go whose patient wishes to be forgotten.
func (t *talk) erased(ticket string) error {
	gone := &channels.Topic{Key: ticket, Title: t.word("desk.room.topic_gone"), Gone: true}
	return t.say(channels.Outgoing{Topic: gone}, post{})
}
