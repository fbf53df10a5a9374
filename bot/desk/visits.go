package desk

import (
	"encoding/json"
	"fmt"
	"slices"

	"careline/channels"
	"careline/dialogs"
)

// visit shows a visit that a patient has booked, moved or cancelled.
func (t *talk) visit(n News) error {
	visits, err := t.Reception.ByID(t.ctx, t.tx, t.view.Language, []string{n.Visit}, t.now)
	if err != nil || len(visits) == 0 {
		return err
	}
	v := visits[0]
	p, err := t.person(n.Contact, v.Patient.ID)
	if err != nil {
		return err
	}
	f, about := facts{"name": t.word("desk.room.erased")}, ""
	if p != nil {
		f, about = t.who(p), p.chat.ID
		if f["complaint"], err = t.complaint(n, p); err != nil {
			return err
		}
	}
	f["visit"], f["was"] = v, ""
	if n.Was != nil {
		f["was"] = t.view.Label(*n.Was)
	}
	f["urgency"] = t.word("desk.room.urgency." + n.Urgency)
	if v.First && n.What == Booked {
		f["first"] = t.word("desk.room.first")
	}
	text, err := t.text("desk.room."+string(n.What), f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{about: about, calm: true})
}

// answersBack is how many of the last answers are looked through for a complaint.
const answersBack = 100

// complaint is what the patient told of it, where the clinic shows it and the patient has agreed that health is
// spoken of in messengers.
func (t *talk) complaint(n News, p *person) (string, error) {
	if !t.Clinic.Desk.ShowComplaint {
		return "", nil
	}
	consents, err := t.tx.ConsentsOf(t.ctx, []string{p.owner.ID})
	if err != nil {
		return "", fmt.Errorf("reading consents: %w", err)
	}
	agreed := false
	for _, c := range consents {
		agreed = agreed || c.Kind == "health" && c.Given
	}
	if !agreed {
		return "", nil
	}
	answers, err := t.tx.AnswersOf(t.ctx, p.chat.ID, answersBack)
	if err != nil {
		return "", fmt.Errorf("reading answers: %w", err)
	}
	for _, a := range slices.Backward(answers) {
		var story dialogs.StoryValue
		if a.Task == n.Task && a.Mark == "health" && json.Unmarshal(a.Value, &story) == nil && story.Text != "" {
			return clip(story.Text), nil
		}
	}
	return "", nil
}
