package thread

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"careline/bot/desk"
	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/store"
)

// chat is what a page shows, as one transaction saw it.
type chat struct {
	contact      store.Contact
	patient      store.Patient
	contacts     []store.Contact // all of the patient, this one first
	lines        []line
	from, before place          // where the lines begin, and where older ones end; an empty before = there are none
	after        place          // where later ones begin; empty = there are none
	read         place          // how far the reader had read when they came; a chat that is new to them is left out
	seen         int64          // the last line of this contact's chat
	tickets      []store.Ticket // that are not closed, the most urgent first
	over         *store.Ticket  // that was closed last
	notes        []store.TicketNote
	conversation dialogs.Conversation
	writing      []store.Presence
	colleagues   []store.Account // who may have a ticket
}

// read reads the chat; lines after from, or the last ones when it is empty.
func (p *Pages) read(ctx context.Context, tx store.Tx, q *page.Request, contact string, from place) (c *chat, err error) {
	c = &chat{}
	if err := p.readPeople(ctx, tx, c, contact); err != nil {
		return nil, err
	}
	if err := p.readTickets(ctx, tx, q, c); err != nil {
		return nil, err
	}
	if err := c.readLines(ctx, tx, from); err != nil {
		return nil, err
	}
	rows, err := tx.Conversations(ctx, []string{contact})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if len(row.State) == 0 {
			continue
		}
		if err := json.Unmarshal(row.State, &c.conversation); err != nil {
			return nil, fmt.Errorf("reading where a chat stands: %w", err)
		}
		c.conversation.Owner = dialogs.Owner(row.Owner)
	}
	c.writing, err = tx.Writing(ctx, c.ids(), q.Now)
	c.writing = slices.DeleteFunc(c.writing, func(w store.Presence) bool { return w.AccountID == q.Account.ID })
	return c, err
}

// readPeople finds whose chat it is; store.ErrNotFound also for one that is the clinic's own.
func (p *Pages) readPeople(ctx context.Context, tx store.Tx, c *chat, contact string) error {
	found, err := tx.Contacts(ctx, []string{contact})
	if err != nil {
		return err
	}
	if len(found) == 0 || inbox.IsRoom(p.Clinic.Desk, found[0]) {
		return store.ErrNotFound
	}
	c.contact = found[0]
	patients, err := tx.Patients(ctx, []string{c.contact.PatientID})
	if err != nil {
		return err
	}
	if len(patients) == 0 || !patients[0].ErasedAt.IsZero() {
		return store.ErrNotFound
	}
	c.patient = patients[0]
	c.contacts, err = tx.ContactsOf(ctx, c.patient.ID)
	slices.SortStableFunc(c.contacts, func(a, b store.Contact) int {
		return first(b.ID == contact) - first(a.ID == contact)
	})
	return err
}

func first(is bool) int {
	if is {
		return 1
	}
	return 0
}

var urgent = map[string]int{desk.Alarm: 2, desk.High: 1}

func (p *Pages) readTickets(ctx context.Context, tx store.Tx, q *page.Request, c *chat) (err error) {
	if c.tickets, err = tx.TicketsOf(ctx, c.contact.ID); err != nil {
		return err
	}
	slices.SortStableFunc(c.tickets, func(a, b store.Ticket) int { return urgent[b.Priority] - urgent[a.Priority] })
	last, err := tx.LastClosed(ctx, c.contact.ID)
	if err == nil {
		c.over = &last
	} else if !isNotFound(err) {
		return err
	}
	about := slices.Clone(c.tickets)
	if c.over != nil {
		about = append(about, *c.over)
	}
	for _, k := range about {
		notes, err := tx.TicketNotes(ctx, k.ID)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if n.Internal && (!k.Health || mayReadHealth(q)) {
				c.notes = append(c.notes, n)
			}
		}
	}
	c.colleagues, err = p.whoAnswers(ctx, tx)
	return err
}

func (c *chat) ids() []string {
	ids := make([]string, len(c.contacts))
	for i, o := range c.contacts {
		ids[i] = o.ID
	}
	return ids
}

// main is the ticket that is acted on; nil when nobody was called.
func (c *chat) main() *store.Ticket {
	if len(c.tickets) == 0 {
		return nil
	}
	return &c.tickets[0]
}

// staysOpen: such work is not done with by the talk in the chat.
func staysOpen(k store.Ticket) bool {
	return k.Task == 0 && slices.Contains([]string{desk.CallBack, desk.Unconfirmed, desk.Task}, k.Kind)
}

// noted is the ticket that a note is added to.
func (c *chat) noted() *store.Ticket {
	if k := c.main(); k != nil {
		return k
	}
	return c.over
}

// byHuman: a human speaks for the clinic.
func (c *chat) byHuman() bool { return c.conversation.Owner == dialogs.Operator }

// mine: the reader has it.
func (c *chat) mine(q *page.Request) bool {
	k := c.main()
	return k != nil && k.State == "taken" && k.Account == q.Account.ID
}

func (c *chat) who(q *page.Request) string {
	return inbox.Who(q, c.patient.FullName, c.contact.Name, c.patient.Phone)
}

// path of something about the chat; the list beside it stays as it is.
func (c *chat) path(q *page.Request, what string) string {
	return "/desk/chats/" + c.contact.ID + what + inbox.ViewOf(q).Query()
}
