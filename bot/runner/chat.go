package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// chat is one contact while its inputs are stepped: what was read, and what is to be written.
type chat struct {
	*Runner
	tx           store.Tx
	now          time.Time
	row          store.Contact
	me           *person
	contact      *dialogs.Contact // row as scripts see it
	conversation *dialogs.Conversation
	met          map[string]*person // others of the family, as far as asked for
	beside       map[string]*chat   // those of the same transaction, by contact
	forgotten    bool               // the person was erased: the first words after that clear the chat
	broken       error              // what was stored of it cannot be read

	said       []engine.Said
	authored   []authored
	passed     []passed       // from another chat of the person
	posted     []store.Output // into an administrators' chat
	waiting    []store.Timer  // plans that are to be judged again
	wake       time.Time      // when the engine wants to be woken
	set        time.Time      // when the timer that is set is due
	events     []store.Event
	told       []store.Answer
	ended      []int
	rowChanged bool
	stepped    bool      // the engine has said when it wants to wake up
	judged     bool      // and what waits in the chat has said it too
	heard      bool      // the person wrote something
	arrived    time.Time // when the first of that came
	asked      bool      // the step is not only a timer's
	taken      int       // inputs
	touched    bool      // another chat of the person has changed it
	full       bool      // it takes no more in this transaction
}

// authored is a message that a human wrote.
type authored struct {
	author  string
	account string // at the desk, or the contact of their chat
	channels.Outgoing
}

// take steps one input of the inbox and marks one whose words came before consent. A panic is an error of this
// input, not the end of everybody's work.
func (c *chat) take(ctx context.Context, in *store.Input) (err error) {
	defer recovered(&err)
	if c.isRoom(c.row) {
		return c.inRoom(ctx, in)
	}
	c.notBefore(in)
	switch in.Kind {
	case store.TimerInput:
		c.set = time.Time{}
	case store.PlanInput, store.MissedInput:
	default:
		c.asked = true
	}
	if c.contact == nil {
		var wrong error
		if c.contact, wrong = c.asContact(); wrong != nil {
			c.broken = wrong
		}
	}
	if in.Kind == store.DeskInput {
		return c.turn(ctx, in)
	}
	if err := c.unreadable(); err != nil {
		return err
	}
	switch in.Kind {
	case store.PlanInput:
		return c.planned(ctx, in)
	case store.MissedInput:
		return c.missed(ctx, in)
	}
	input, err := c.input(in)
	if err != nil {
		return err
	}
	if m := input.Message; m != nil {
		if m.Clinic || m.Permit != "" {
			return c.noticed(ctx, in, m)
		}
		c.heard = true
		if c.arrived.IsZero() {
			c.arrived = in.ReceivedAt
		}
		c.meet(m)
		if err := c.join(ctx, m); err != nil {
			return err
		}
		if done, err := c.linked(ctx, m); done || err != nil {
			return err
		}
	}
	if in.Unkept, err = c.step(ctx, input); err != nil {
		return err
	}
	if input.Message != nil {
		return c.offer(ctx, input.Message)
	}
	return c.silent(ctx)
}

// notBefore lets a timer be taken when it fired, if that was by another process's clock: by ours it would be early, and
// not set again.
func (c *chat) notBefore(in *store.Input) {
	if (in.Kind == store.TimerInput || in.Kind == store.PlanInput) && in.ReceivedAt.After(c.now) {
		c.now = in.ReceivedAt
	}
}

// unreadable is why what is stored of the chat or the person cannot be read.
func (c *chat) unreadable() error {
	if c.broken != nil {
		return c.broken
	}
	return c.me.broken
}

// input decodes a row of the inbox.
func (c *chat) input(in *store.Input) (input engine.Input, err error) {
	switch in.Kind {
	case store.MessageInput:
		input.Message = &channels.Incoming{}
		err = json.Unmarshal(in.Payload, input.Message)
	case store.TimerInput:
		input.Timeout = &engine.Timeout{}
	default:
		err = fmt.Errorf("unknown kind %q", in.Kind)
	}
	if err != nil {
		return input, fmt.Errorf("reading an input: %w", err)
	}
	return input, nil
}

// meet learns from a message what the messenger tells of the person.
func (c *chat) meet(m *channels.Incoming) {
	if c.row.Name == "" && m.Profile.Name != "" {
		c.row.Name, c.contact.Name, c.rowChanged = m.Profile.Name, m.Profile.Name, true
	}
	if c.row.Zone == "" && m.Profile.Zone != "" {
		c.row.Zone, c.contact.Zone, c.rowChanged = m.Profile.Zone, m.Profile.Zone, true
	}
	if !m.Opened { // who writes does not block us
		c.permit(channels.Allowed)
		if hour := c.now.UTC().Truncate(time.Hour); c.row.HeardAt.Before(hour) {
			c.row.HeardAt, c.rowChanged = hour, true
		}
	}
	c.prove(m)
	c.understand(m)
	if c.contact.FirstText == "" && m.Text != "" && c.conversation.NextID == 0 {
		c.contact.FirstText = m.Text
	}
}

// step lets the engine answer one input and keeps what it says; unkept tells that the input's own words may
// not be kept.
func (c *chat) step(ctx context.Context, in engine.Input) (unkept bool, err error) {
	sprint, err := c.engine.Step(ctx, c.conversation, in, c.scene())
	if err != nil {
		return false, fmt.Errorf("stepping a dialog: %w", err)
	}
	c.said = append(c.said, sprint.Say...)
	c.wake, c.stepped, c.judged = sprint.Wake, true, false
	c.ended = append(c.ended, sprint.Ended...)
	for _, e := range sprint.Events {
		c.events = append(c.events, store.Event{
			At: c.now, Name: e.Name, ContactID: c.row.ID, PatientID: c.row.PatientID, Channel: c.row.Channel,
			Task: e.Task, Dialog: e.Dialog, State: e.State, Value: e.Value,
		})
	}
	if err := c.keep(sprint.Told); err != nil {
		return false, err
	}
	for _, d := range sprint.Desk {
		if err := c.toDesk(ctx, d); err != nil {
			return false, err
		}
	}
	c.shape(sprint)
	return sprint.Unkept, nil
}

// keep remembers answers for the desk.
func (c *chat) keep(told []engine.Told) error {
	for _, t := range told {
		value, err := json.Marshal(t.Value)
		if err != nil {
			return fmt.Errorf("writing the answer %s.%s: %w", t.Dialog, t.Name, err)
		}
		c.told = append(c.told, store.Answer{
			ContactID: c.row.ID, PatientID: c.row.PatientID, Task: t.Task, Dialog: t.Dialog, Name: t.Name, Value: value, Mark: t.Mark, At: c.now,
		})
	}
	return nil
}
