package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"careline/channels"
	"careline/store"
)

// Front is the desk as people at a browser use it. Every change is made in the caller's transaction, so that who made it
// is noted there too, and goes through the patient's inbox: human and bot never speak at the same time, nor two humans.
type Front struct {
	*Desk
	Runs     func(channels.ID) bool // whether the messenger is connected
	Reasons  []string               // why a human was needed: those that Close may name
	HandOver []string               // the dialogs to which a chat may be handed over
}

// Account is who acts.
type Account struct{ ID, Name string }

// Act is something that somebody does about a chat.
type Act struct {
	By Account
	// ID is made by the page that asks for it: the same act once more changes nothing and is a success.
	ID      string
	Contact string // the patient's chat; empty = none: the ticket's patient has no messenger
	Ticket  string // which of the chat's; empty = all of them
}

// Words to a patient.
type Words struct {
	Text  string
	Files []channels.File // as Upload made them
	// Drafts are the refs of files that the author has kept for it (Front.Draft).
	Drafts []string
	// Seen is the last line of the chat on the author's screen (store.Line.Seq).
	Seen int64
}

// longestWords is how many characters one reply may have.
const longestWords = 8000

// Why something is not done.
var (
	ErrErased  = errors.New("the patient was erased")
	ErrClosed  = errors.New("the ticket is closed")
	ErrBlocked = errors.New("the patient does not take our messages")
	ErrOff     = errors.New("the messenger is not connected")
	ErrEmpty   = errors.New("nothing was written")
	ErrTooLong = errors.New("too much was written")
	ErrUnknown = errors.New("the clinic does not have that")
)

// AnsweredError: somebody else has spoken to the patient since the line that the author had seen.
type AnsweredError struct {
	Author string
	Text   string
	Line   int64 // 0 = it is on its way
	At     time.Time
}

func (*AnsweredError) Error() string { return "somebody else has answered already" }

// TakenError: somebody else has it.
type TakenError struct{ By string }

func (*TakenError) Error() string { return "somebody else has it" }

// Reply says words to the patient; from now on the human speaks for the clinic. *AnsweredError when somebody else was
// first, ErrErased, ErrBlocked, ErrOff, ErrEmpty, ErrTooLong, ErrTooMany, ErrNoFile.
func (f *Front) Reply(ctx context.Context, tx store.Tx, a Act, w Words, now time.Time) error {
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	files, err := f.drafted(ctx, tx, a, w.Drafts)
	if err != nil {
		return err
	}
	w.Text, w.Files = strings.TrimSpace(w.Text), append(files, w.Files...)
	switch {
	case w.Text == "" && len(w.Files) == 0:
		return ErrEmpty
	case len(w.Files) > mostFiles:
		return ErrTooMany
	case utf8.RuneCountInString(w.Text) > longestWords:
		return ErrTooLong
	}
	if err := f.reaches(ctx, tx, a.Contact); err != nil {
		return err
	}
	if err := unheard(ctx, tx, a, w.Seen); err != nil {
		return err
	}
	return f.do(ctx, tx, a, Turn{Do: Reply, Text: w.Text, Files: w.Files, Seen: w.Seen}, now)
}

// Take lets the account have the ticket, and the chat, before the first word; *TakenError, ErrClosed.
func (f *Front) Take(ctx context.Context, tx store.Tx, a Act, now time.Time) error {
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	k, err := f.open(ctx, tx, a)
	switch {
	case err != nil:
		return err
	case k.State == "taken" && k.Account != a.By.ID:
		return &TakenError{By: k.TakenBy}
	}
	turns, err := pending(ctx, tx, a.Contact)
	if err != nil {
		return err
	}
	for _, t := range turns {
		if (t.Do == Take && t.Ticket == a.Ticket || t.Do == Reply) && t.Account != a.By.ID {
			return &TakenError{By: t.Author}
		}
	}
	return f.do(ctx, tx, a, Turn{Do: Take}, now)
}

// Return lets the bot go on where it stopped, or with the dialog, one of HandOver; the tickets to keep stay work for a
// human, all others of the act are closed. ErrUnknown.
func (f *Front) Return(ctx context.Context, tx store.Tx, a Act, dialog string, keep []string, now time.Time) error {
	if dialog != "" && !slices.Contains(f.HandOver, dialog) {
		return ErrUnknown
	}
	return f.settle(ctx, tx, a, Turn{Do: Return, Dialog: dialog, Keep: keep}, now)
}

// Close settles the matter. The reason is one of the clinic's or empty, the resolution a note for colleagues or empty.
func (f *Front) Close(ctx context.Context, tx store.Tx, a Act, reason, resolution string, now time.Time) error {
	resolution = strings.TrimSpace(resolution)
	switch {
	case reason != "" && !slices.Contains(f.Reasons, reason):
		return ErrUnknown
	case utf8.RuneCountInString(resolution) > longestWords:
		return ErrTooLong
	}
	return f.settle(ctx, tx, a, Turn{Do: Close, Reason: reason, Text: resolution}, now)
}

// settle submits a turn that ends something, unless it is ended.
func (f *Front) settle(ctx context.Context, tx store.Tx, a Act, t Turn, now time.Time) error {
	done, err := f.begin(ctx, tx, a, now)
	if done || err != nil {
		return err
	}
	if a.Ticket != "" {
		if _, err := f.open(ctx, tx, a); err != nil {
			return err
		}
	}
	return f.do(ctx, tx, a, t, now)
}

// begin keeps the chat for the transaction and tells whether the act was done before.
func (f *Front) begin(ctx context.Context, tx store.Tx, a Act, now time.Time) (done bool, err error) {
	if a.Contact != "" {
		if err := tx.LockChats(ctx, []string{a.Contact}); errors.Is(err, store.ErrNotFound) {
			return false, ErrErased
		} else if err != nil {
			return false, fmt.Errorf("keeping a chat: %w", err)
		}
		if _, err := living(ctx, tx, a.Contact); err != nil {
			return false, err
		}
	}
	mark := store.Input{Channel: "front", ExternalID: a.key(), ContactID: a.Contact, Kind: store.DeskInput, ReceivedAt: now, EndedAt: now}
	n, err := tx.Accept(ctx, []store.Input{mark})
	return n == 0, wrap("noting what somebody does", err)
}

// key is unique for who acts and where, whatever ids their page makes.
func (a Act) key() string { return keyOf("act", a.By.ID+" "+a.Contact, a.ID) }

// do submits the turn.
func (f *Front) do(ctx context.Context, tx store.Tx, a Act, t Turn, now time.Time) error {
	t.Author, t.Account, t.Ticket = a.By.Name, a.By.ID, a.Ticket
	return Submit(ctx, tx, a.Contact, a.key(), t, now)
}

// living is the contact; ErrErased.
func living(ctx context.Context, tx store.Tx, contact string) (store.Contact, error) {
	found, err := tx.Contacts(ctx, []string{contact})
	if err != nil {
		return store.Contact{}, fmt.Errorf("reading a contact: %w", err)
	}
	if len(found) == 0 {
		return store.Contact{}, ErrErased
	}
	owners, err := tx.Patients(ctx, []string{found[0].PatientID})
	if err != nil {
		return store.Contact{}, fmt.Errorf("reading a patient: %w", err)
	}
	if len(owners) == 0 || !owners[0].ErasedAt.IsZero() {
		return store.Contact{}, ErrErased
	}
	return found[0], nil
}

// reaches tells why words would not reach the patient.
func (f *Front) reaches(ctx context.Context, tx store.Tx, contact string) error {
	c, err := living(ctx, tx, contact)
	switch {
	case err != nil:
		return err
	case !c.BlockedAt.IsZero():
		return ErrBlocked
	case !f.Runs(channels.ID(c.Channel)):
		return ErrOff
	}
	return nil
}

// open is the act's ticket; ErrClosed when it is no more.
func (f *Front) open(ctx context.Context, tx store.Tx, a Act) (store.Ticket, error) {
	open, err := f.unclosed(ctx, tx, a.Contact, a.Ticket)
	if err != nil {
		return store.Ticket{}, err
	}
	i := slices.IndexFunc(open, func(k store.Ticket) bool { return k.ID == a.Ticket })
	if i < 0 {
		return store.Ticket{}, ErrClosed
	}
	return open[i], nil
}
