package desk

import (
	"context"
	"slices"
	"time"

	"careline/channels"
	"careline/store"
)

// First tells whether a reply may be said: who wrote it knew all that other humans had said. If not, its room is told
// what was said first. saying are those whose words this transaction is about to write. A reply from the browser was
// looked at when it was accepted.
func (d *Desk) First(ctx context.Context, tx store.Tx, contact string, t Turn, saying []Speaker, now time.Time) (bool, error) {
	if t.Room == "" {
		return true, nil
	}
	before := slices.ContainsFunc(saying, func(s Speaker) bool { return s.Room != t.Room || s.Name != t.Author })
	if !before {
		said, err := spoken(ctx, tx, contact, t.Seen, t.Room, t.Author)
		if err != nil || said == nil {
			return said == nil, err
		}
	}
	return false, d.tell(ctx, tx, []string{t.Room}, News{What: Answered, Contact: contact, Ticket: t.Ticket, Line: t.Seen, Author: t.Author}, now)
}

// second tells who came second what was said first.
func (t *talk) second(n News) (err error) {
	if n.Ticket != "" {
		_, _, err = t.ticket(n.Ticket)
	} else {
		err = t.matter(n.Contact)
	}
	if err != nil {
		return err
	}
	p, err := t.person(n.Contact, "")
	if err != nil || p == nil {
		return err
	}
	said, err := spoken(t.ctx, t.tx, n.Contact, n.Line, t.room.ID, n.Author)
	if err != nil || said == nil {
		return err
	}
	f := t.who(p)
	f["author"], f["words"] = said.Author, clip(said.Text)
	text, err := t.text("desk.room.answered_before", f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{about: n.Contact})
}

// spoke shows what an administrator has said elsewhere.
func (t *talk) spoke(n News) error {
	note, p, err := t.wordsOf(n)
	if err != nil || p == nil {
		return err
	}
	said, files, err := t.attached(note, false)
	if err != nil {
		return err
	}
	head := "✍️ " + note.Author + " → " + t.name(p) + "\n"
	if joined, err := t.join(p.chat.ID, head, said); joined || err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: head + said, Files: files}, post{about: p.chat.ID})
}
