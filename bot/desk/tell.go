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
	Urgency string               `json:"urgency,omitempty"` // a level of triage.yaml
	Was     *dialogs.MomentValue `json:"was,omitempty"`     // when a visit that was moved had begun
	Author  string               `json:"author,omitempty"`  // the administrator whom it is about
	Reply   *channels.Incoming   `json:"reply,omitempty"`   // what an administrator wrote in the room
}

// What has happened.
type What string

// The kinds of news.
const (
	Opened      What = "opened"       // a ticket
	Late        What = "late"         // nobody has answered a ticket in time
	Changed     What = "changed"      // a ticket was taken or closed: its buttons are others now
	Wrote       What = "wrote"        // a patient, to the human who owns the chat
	Booked      What = "booked"       // a visit, like the next two
	Moved       What = "moved"        //
	Cancelled   What = "cancelled"    //
	TakenBefore What = "taken_before" // who pressed «take» came second, after Author
	Lost        What = "lost"         // an administrator's words did not reach the patient
	Replied     What = "replied"      // a while ago, to a message that nobody knew then
)

// IsRoom tells whether the chat is one of the administrators'.
func (d *Desk) IsRoom(chat channels.Address) bool { return slices.Contains(d.Rooms, chat) }

// Tell lets every room know.
func (d *Desk) Tell(ctx context.Context, tx store.Tx, n News, now time.Time) error {
	tx.Wake(store.DeskTopic)
	rooms, err := d.rooms(ctx, tx, now)
	if err != nil {
		return err
	}
	return d.tell(ctx, tx, rooms, n, now)
}

// rooms are the contacts of Rooms, by their ids.
func (d *Desk) rooms(ctx context.Context, tx store.Tx, now time.Time) ([]string, error) {
	if len(d.Rooms) == 0 {
		return nil, nil
	}
	met := make([]store.Contact, len(d.Rooms))
	for i, a := range d.Rooms {
		met[i] = store.Contact{ID: d.IDs(), PatientID: d.IDs(), Channel: string(a.Channel), Chat: a.Chat, CreatedAt: now}
	}
	rooms, err := tx.Meet(ctx, met)
	if err != nil {
		return nil, fmt.Errorf("meeting the administrators' chats: %w", err)
	}
	ids := make([]string, len(rooms))
	for i, r := range rooms {
		ids[i] = r.ID
	}
	return ids, nil
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
