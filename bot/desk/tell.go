package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// News is something that the rooms are told. It goes into the inbox of each of them in the transaction in
// which it happened, and is put into words by the step that takes it: a patient's step waits for no room. It
// names records and holds no words of a patient.
type News struct {
	What    What                 `json:"what"`
	Ticket  string               `json:"ticket,omitempty"`
	Note    int                  `json:"note,omitempty"` // which of the ticket's notes
	Visit   string               `json:"visit,omitempty"`
	Contact string               `json:"contact,omitempty"` // the patient's chat
	Task    int                  `json:"task,omitempty"`
	Branch  string               `json:"branch,omitempty"`  // whose day begins
	Urgency string               `json:"urgency,omitempty"` // a level of triage.yaml
	Was     *dialogs.MomentValue `json:"was,omitempty"`     // when a visit that was moved had begun
	Author  string               `json:"author,omitempty"`  // the administrator whom it is about
	Line    int64                `json:"line,omitempty"`    // of the chat
	Channel channels.ID          `json:"channel,omitempty"` // the messenger that it is about
	Reply   *channels.Incoming   `json:"reply,omitempty"`   // what an administrator wrote in the room
}

// What has happened.
type What string

// The kinds of news.
const (
	Opened      What = "opened"       // a ticket
	Late        What = "late"         // nobody has answered a ticket in time
	Escalated   What = "escalated"    // nobody has answered even then: the managers are told
	Morning     What = "morning"      // a branch's day begins
	Changed     What = "changed"      // a ticket was taken or closed: its buttons are others now
	Wrote       What = "wrote"        // a patient, to the human who owns the chat
	Booked      What = "booked"       // a visit, like the next two
	Moved       What = "moved"        //
	Cancelled   What = "cancelled"    //
	Spoke       What = "spoke"        // an administrator, elsewhere than in the room
	Answered    What = "answered"     // somebody was before Author, who replied to Contact and knew of what stands up to Line
	TakenBefore What = "taken_before" // who pressed «take» came second, after Author
	Lost        What = "lost"         // an administrator's words did not reach the patient
	Replied     What = "replied"      // a while ago, to a message that nobody knew then
	Reopened    What = "reopened"     // a ticket, because the patient wrote again
	Mended      What = "mended"       // a messenger works again
	Carded      What = "carded"       // a topic has no card of its ticket
	Noted       What = "noted"        // somebody left words for colleagues in a ticket
	Erased      What = "erased"       // a ticket's patient
)

// IsRoom tells whether the chat is not a patient's but the administrators' or a manager's.
func (d *Desk) IsRoom(chat channels.Address) bool {
	return slices.Contains(d.Rooms, chat) || slices.Contains(d.Managers, chat)
}

// Tell lets every room know.
func (d *Desk) Tell(ctx context.Context, tx store.Tx, n News, now time.Time) error {
	tx.Wake(store.DeskTopic)
	rooms, _, err := d.chats(ctx, tx, now)
	if err != nil {
		return err
	}
	return d.tell(ctx, tx, rooms, n, now)
}

// tellOf lets everybody know who knows of the ticket: every room, and the managers once it has come to them;
// but not the rooms where it happened.
func (d *Desk) tellOf(ctx context.Context, tx store.Tx, k store.Ticket, n News, now time.Time, but ...string) error {
	tx.Wake(store.DeskTopic)
	to, managers, err := d.chats(ctx, tx, now)
	if err != nil {
		return err
	}
	if !k.EscalatedAt.IsZero() {
		to = union(to, managers)
	}
	to = slices.DeleteFunc(to, func(room string) bool { return slices.Contains(but, room) })
	return d.tell(ctx, tx, to, n, now)
}

// union of the two, each once.
func union(rooms, managers []string) []string {
	for _, m := range managers {
		if !slices.Contains(rooms, m) {
			rooms = append(rooms, m)
		}
	}
	return rooms
}

// chats are the contacts of Rooms and Managers, by their ids.
func (d *Desk) chats(ctx context.Context, tx store.Tx, now time.Time) (rooms, managers []string, err error) {
	all := slices.Concat(d.Rooms, d.Managers)
	if len(all) == 0 {
		return nil, nil, nil
	}
	met := make([]store.Contact, len(all))
	for i, a := range all {
		met[i] = store.Contact{ID: d.IDs(), PatientID: d.IDs(), Channel: string(a.Channel), Chat: a.Chat, CreatedAt: now}
	}
	known, err := tx.Meet(ctx, met)
	if err != nil {
		return nil, nil, fmt.Errorf("meeting the administrators' chats: %w", err)
	}
	for i, c := range known {
		if i < len(d.Rooms) {
			rooms = append(rooms, c.ID)
		} else {
			managers = append(managers, c.ID)
		}
	}
	return rooms, managers, nil
}

func (d *Desk) tell(ctx context.Context, tx store.Tx, rooms []string, n News, now time.Time) error {
	if len(rooms) == 0 {
		return nil
	}
	payload, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("writing news: %w", err)
	}
	inputs := make([]store.Input, len(rooms))
	for i, room := range rooms {
		inputs[i] = store.Input{Channel: "desk", ExternalID: d.IDs(), ContactID: room, Kind: store.DeskInput, Payload: payload, ReceivedAt: now}
	}
	if _, err := tx.Accept(ctx, inputs); err != nil {
		return fmt.Errorf("telling the administrators' chats: %w", err)
	}
	tx.Wake(store.InboxTopic)
	return nil
}
