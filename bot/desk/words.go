package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"careline/channels"
	"careline/store"
)

// How much of a patient's words stands on a card, in characters, and how far back the last ones are looked for.
const (
	wordsShown = 500
	linesBack  = 20
)

// lastWords are what the patient wrote last, on one line; a command is no words.
func (t *talk) lastWords(chat string) (string, error) {
	lines, err := t.tx.History(t.ctx, chat, 0, 0, linesBack)
	if err != nil {
		return "", fmt.Errorf("reading a patient's last words: %w", err)
	}
	for _, l := range slices.Backward(lines) {
		var m channels.Incoming
		if !l.Incoming || json.Unmarshal(l.Payload, &m) != nil || m.Text == "" || strings.HasPrefix(m.Text, "/") {
			continue
		}
		return clip(m.Text), nil
	}
	return "", nil
}

// clip brings words on one line and cuts them.
func clip(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > wordsShown {
		return string(letters[:wordsShown]) + "…"
	}
	return string(letters)
}

// wordsOf is what the news tell of: words in a ticket, and its patient. The patient is nil when they are erased.
func (t *talk) wordsOf(n News) (store.TicketNote, *person, error) {
	_, p, err := t.ticket(n.Ticket)
	if err != nil || p == nil {
		return store.TicketNote{}, nil, err
	}
	notes, err := t.tx.TicketNotes(t.ctx, n.Ticket)
	if err != nil {
		return store.TicketNote{}, nil, fmt.Errorf("reading a ticket's notes: %w", err)
	}
	if n.Note >= len(notes) {
		return store.TicketNote{}, nil, nil
	}
	return notes[n.Note], p, nil
}

// wrote forwards what the patient wrote to the human who owns the chat.
func (t *talk) wrote(n News) error {
	note, p, err := t.wordsOf(n)
	if err != nil || p == nil {
		return err
	}
	text, files, err := t.attached(note, p.chat.Channel == t.room.Channel)
	if err != nil {
		return err
	}
	head := "💬 " + t.name(p) + "\n"
	first := channels.Outgoing{Text: head + text}
	if len(files) > 0 {
		first.Files = files[:1]
	} else if joined, err := t.join(p.chat.ID, head, text); joined || err != nil {
		return err
	}
	if err := t.say(first, post{about: p.chat.ID}); err != nil {
		return err
	}
	for i := 1; i < len(files); i++ { // each a message of its own, so that each can be replied to
		if err := t.say(channels.Outgoing{Files: files[i : i+1]}, post{about: p.chat.ID}); err != nil {
			return err
		}
	}
	return nil
}

// longestJoined is how many bytes one message of joined words may have.
const longestJoined = 3000

// join adds words to those of the same patient that the room was told last, if there are any: somebody who writes
// thirty lines at once is not to take the group's minute from everybody else.
func (t *talk) join(about, head, text string) (bool, error) {
	if len(t.said) == 0 {
		return false, nil
	}
	last := &t.said[len(t.said)-1]
	var m channels.Outgoing
	if err := json.Unmarshal(last.Payload, &m); err != nil {
		return false, fmt.Errorf("reading what was told: %w", err)
	}
	if last.Ref != about || !t.sameTopic(m.Topic) || len(m.Files)+len(m.Choices) > 0 || !strings.HasPrefix(m.Text, head) || len(m.Text)+len(text) > longestJoined {
		return false, nil
	}
	m.Text += "\n" + text
	payload, err := json.Marshal(m)
	if err != nil {
		return false, fmt.Errorf("writing to the administrators: %w", err)
	}
	last.Payload = payload
	return true, nil
}

// attached are the words of a note and the files that can be shown here. What cannot be shown is named.
func (t *talk) attached(note store.TicketNote, same bool) (text string, shown []channels.File, err error) {
	var all []channels.File
	if len(note.Files) > 0 {
		if err := json.Unmarshal(note.Files, &all); err != nil {
			return "", nil, fmt.Errorf("reading the files of a note: %w", err)
		}
	}
	lines := []string{note.Text}
	for _, f := range all {
		if f.Ref != "" && same {
			shown = append(shown, f)
			continue
		}
		lines = append(lines, strings.TrimSpace("📎 "+t.kindOf(f)+" "+f.Name))
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), shown, nil
}

// kindOf names what somebody sent: a photo, a voice message, a sticker.
func (t *talk) kindOf(f channels.File) string {
	if name := t.word("desk.room.kind." + string(f.Kind)); name != "" {
		return name
	}
	return t.word("desk.room.kind.other")
}

// noted shows in a ticket's topic what somebody left there for colleagues.
func (t *talk) noted(n News) error {
	note, p, err := t.wordsOf(n)
	if err != nil || p == nil || t.topic == nil {
		return err
	}
	topic := t.inTopic(nil)
	topic.Only = true
	return t.say(channels.Outgoing{Text: "📝 " + note.Author + "\n" + note.Text, Topic: topic}, post{about: p.ref()})
}
