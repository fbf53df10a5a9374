package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/dialogs"
	"careline/dialogs/transcript"
	"careline/store"
)

// expect checks something that the chat does not show.
func (p *play) expect(ctx context.Context, e *transcript.Expect) error {
	var found bool
	var got string
	err := p.runner.Load().Store.Read(ctx, func(tx store.Tx) error {
		contact, err := p.contact(ctx, tx)
		if err != nil {
			return err
		}
		check := map[string]func(context.Context, store.Tx, store.Contact, *transcript.Expect) (bool, string, error){
			"visit": p.visit, "event": p.event, "answer": p.answer, "consent": p.consent, "ticket": p.ticket,
			"hold": p.hold, "state": p.state, "owner": p.owner, "touch": p.touch, "plan": p.plan, "balance": p.balance,
		}[e.What]
		found, got, err = check(ctx, tx, contact, e)
		return err
	})
	if err != nil {
		return err
	}
	if found == e.Not {
		want := strings.TrimSpace(e.What + " " + e.Name + " " + e.Value)
		if e.At != nil {
			want += " at " + e.At.String()
		}
		if e.Not {
			want = "no " + want
		}
		return p.mistake(want, "there is "+got)
	}
	return nil
}

// people are the contact's patient and those whom they speak for.
func (p *play) people(ctx context.Context, tx store.Tx, c store.Contact) ([]string, error) {
	family, err := tx.Family(ctx, c.PatientID)
	ids := []string{c.PatientID}
	for _, f := range family {
		ids = append(ids, f.ID)
	}
	return ids, err
}

// visits of the contact's patient and family.
func (p *play) visits(ctx context.Context, tx store.Tx, c store.Contact) ([]store.Appointment, error) {
	people, err := p.people(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	return tx.AppointmentsOf(ctx, people, time.Time{}, p.clock.Now().AddDate(5, 0, 0))
}

func (p *play) visit(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	visits, err := p.visits(ctx, tx, c)
	var seen []string
	for _, v := range visits {
		if (v.Status == e.Name || e.Name == "confirmed" && v.Confirmed) && p.fits(v.Start, v.Parts, e) {
			return true, v.Status, nil
		}
		seen = append(seen, v.Status+" "+v.Start.In(p.script.Now.Location()).Format("2006-01-02 15:04"))
	}
	return false, list(seen), err
}

func (p *play) hold(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	conversation, err := p.conversation(ctx, tx, c)
	if err != nil {
		return false, "", err
	}
	var seen []string
	for _, task := range conversation.Tasks {
		holds, err := tx.Holds(ctx, c.ID, task.ID)
		if err != nil {
			return false, "", err
		}
		for _, h := range holds {
			if p.fits(h.Parts[0].Start, h.Parts, e) {
				return true, "", nil
			}
			seen = append(seen, fmt.Sprint(h.Parts))
		}
	}
	return false, list(seen), nil
}

// fits compares the start and the practitioners.
func (p *play) fits(start time.Time, parts []store.Part, e *transcript.Expect) bool {
	if e.At != nil && !start.Equal(e.At.On(p.now())) {
		return false
	}
	for _, want := range e.With {
		if !slices.ContainsFunc(parts, func(part store.Part) bool { return p.is(part.Practitioner, want) }) {
			return false
		}
	}
	return true
}

// is reports whether the practitioner is the one named, or one of the specialty named.
func (p *play) is(practitioner, want string) bool {
	return practitioner == want || slices.Contains(p.Clinic.Practitioner(practitioner).Specialties, want)
}

func (p *play) event(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	events, err := tx.EventsSince(ctx, p.noted, 10_000)
	var seen []string
	for _, ev := range events {
		if ev.Name == e.Name {
			p.noted = ev.Seq
			return true, "", nil
		}
		seen = append(seen, ev.Name)
	}
	return false, list(seen), err
}

func (p *play) answer(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	answers, err := tx.AnswersOf(ctx, c.ID, 1000)
	if err != nil {
		return false, "", err
	}
	var last string
	for _, a := range answers {
		if a.Name == e.Name {
			last = plain(a.Value)
		}
	}
	return last == e.Value, "«" + last + "»", nil
}

// plain is a stored answer as a transcript writes it.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var story struct{ Text string }
	if json.Unmarshal(raw, &story) == nil && story.Text != "" {
		return story.Text
	}
	return string(raw)
}

func (p *play) consent(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	consents, err := tx.ConsentsOf(ctx, []string{c.PatientID})
	for _, row := range consents {
		if row.Kind == e.Value && row.Given == (e.Name == "given") {
			return true, "", nil
		}
	}
	return false, "no such consent", err
}

func (p *play) ticket(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	open, err := tx.TicketsOf(ctx, c.ID)
	var seen []string
	for _, t := range open {
		if e.Name == "" || t.Kind == e.Name {
			return true, t.Kind, nil
		}
		seen = append(seen, t.Kind)
	}
	return false, list(seen), err
}

func (p *play) state(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	conversation, err := p.conversation(ctx, tx, c)
	if err != nil || len(conversation.Tasks) == 0 {
		return false, "no dialog", err
	}
	frames := conversation.Tasks[len(conversation.Tasks)-1].Frames
	at := frames[len(frames)-1].Dialog + "." + frames[len(frames)-1].State
	return at == e.Name, at, nil
}

func (p *play) owner(ctx context.Context, tx store.Tx, c store.Contact, e *transcript.Expect) (bool, string, error) {
	conversation, err := p.conversation(ctx, tx, c)
	if err != nil {
		return false, "", err
	}
	owner := string(conversation.Owner)
	if owner == "" {
		owner = "bot"
	}
	return owner == e.Name, owner, nil
}

func (p *play) conversation(ctx context.Context, tx store.Tx, c store.Contact) (*dialogs.Conversation, error) {
	rows, err := tx.Conversations(ctx, []string{c.ID})
	if err != nil {
		return nil, err
	}
	conversation := &dialogs.Conversation{}
	for _, row := range rows {
		if len(row.State) > 0 {
			err = json.Unmarshal(row.State, conversation)
		}
	}
	return conversation, err
}

func list(seen []string) string {
	if len(seen) == 0 {
		return "nothing of the kind"
	}
	return strings.Join(seen, ", ")
}
