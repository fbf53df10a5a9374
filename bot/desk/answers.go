package desk

import (
	"fmt"
	"strings"

	"careline/channels"
)

// answer takes a reply to one of our messages to the patient whom that message is about.
func (t *talk) answer(m channels.Incoming) error {
	chat, err := t.tx.About(t.ctx, t.room.ID, m.ReplyTo)
	if err != nil || chat == "" {
		return wrap("looking for what a reply is about", err)
	}
	p, err := t.person(chat, "")
	switch {
	case err != nil:
		return err
	case p == nil:
		return t.phrase("desk.room.gone", nil)
	case m.Edited:
		return t.phrase("desk.room.edited", nil)
	}
	files := m.Files
	if p.chat.Channel != t.room.Channel && len(files) > 0 { // only the messenger that has a file can show it
		files = nil
		if err := t.phrase("desk.room.file_stays", facts{"channel": t.who(p)["channel"]}); err != nil {
			return err
		}
	}
	text := strings.TrimSpace(m.Text)
	if text == "" && len(files) == 0 {
		if len(m.Files) > 0 {
			return nil
		}
		return t.phrase("desk.room.no_words", nil)
	}
	return t.submit(chat, Turn{Do: Reply, Author: t.author(m), Text: text, Files: files})
}

// lost tells that what an administrator wrote did not reach the patient.
func (t *talk) lost(chat string) error {
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
