package desk

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"careline/channels"
	"careline/store"
)

// answer takes a reply to one of our messages to the patient whom that message is about; false when we know no
// such message.
func (t *talk) answer(m channels.Incoming) (known bool, err error) {
	chat, err := t.tx.About(t.ctx, t.room.ID, m.ReplyTo)
	if err != nil || chat == "" {
		return false, wrap("looking for what a reply is about", err)
	}
	patient, chatless := strings.CutPrefix(chat, ofPatient)
	if chatless {
		chat = ""
	}
	p, err := t.person(chat, patient)
	switch {
	case err != nil:
		return true, err
	case p != nil && chatless:
		return true, t.phrase("desk.room.no_chat", t.who(p))
	case p == nil:
		return true, t.phrase("desk.room.gone", nil)
	case m.Edited:
		return true, t.phrase("desk.room.edited", nil)
	}
	return true, t.passOn(m, p)
}

// passOn lets the patient have what an administrator wrote, as far as it can be shown there.
func (t *talk) passOn(m channels.Incoming, p *person) error {
	text, files := strings.TrimSpace(m.Text), m.Files
	if p.chat.Channel != t.room.Channel && len(files) > 0 { // only the messenger that has a file can show it
		files = nil
		if err := t.phrase("desk.room.file_stays", facts{"channel": t.who(p)["channel"]}); err != nil || text == "" {
			return err
		}
	}
	if text == "" && len(files) == 0 {
		return t.phrase("desk.room.no_words", nil)
	}
	seen, err := t.tx.SeenIn(t.ctx, t.room.ID, p.chat.ID, m.ReplyTo, m.At, m.At.Add(-glance))
	if err != nil {
		return fmt.Errorf("looking for what the administrators have seen: %w", err)
	}
	return t.submit(p.chat.ID, Turn{Do: Reply, Author: t.author(m), Text: text, Files: files, Seen: seen, Ticket: m.Topic})
}

// glance is how long it takes to see what a colleague has just written in the same chat.
const glance = 5 * time.Second

// recorded is how soon after a message was shown it is known by the network's id.
const recorded = 3 * time.Second

// later looks again: who answers at once may be faster than the record of what they answer.
func (t *talk) later(m channels.Incoming) error {
	payload, err := json.Marshal(News{What: Replied, Reply: &m})
	if err != nil {
		return fmt.Errorf("putting a reply aside: %w", err)
	}
	aside := store.Timer{Key: "reply:" + t.IDs(), ContactID: t.room.ID, Due: t.now.Add(recorded), Kind: store.DeskInput, Payload: payload}
	t.tx.Wake(store.TimerTopic)
	return wrap("putting a reply aside", t.tx.SetTimers(t.ctx, []store.Timer{aside}))
}

// lost tells that what an administrator wrote did not reach the patient.
func (t *talk) lost(chat string) error {
	if err := t.matter(chat); err != nil {
		return err
	}
	p, err := t.person(chat, "")
	if err != nil {
		return err
	}
	if p == nil {
		return t.phrase("desk.room.gone", nil)
	}
	text, err := t.text("desk.room.lost", t.who(p))
	if err != nil {
		return fmt.Errorf("telling of lost words: %w", err)
	}
	return t.say(channels.Outgoing{Text: text}, post{about: chat})
}

// asksForHelp knows the command, in groups also with the bot's name behind it.
func asksForHelp(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	command, _, _ := strings.Cut(strings.ToLower(first), "@")
	return command == "/help" || command == "/помощь"
}
