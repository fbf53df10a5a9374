// Package actions is what a script's `call:` names mean. An action is one file: its name, what it takes
// and gives, its outcomes, and what it does inside the transaction of a step.
package actions

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// Action is a name of the script language and its meaning.
type Action struct {
	dialogs.Action
	// Changes of what is known of the person.
	Changes Changes
	// Do performs the action. Outcomes that people can meet are results; an error undoes the whole step.
	Do func(ctx context.Context, s *Scene) (engine.Result, error)
}

// Changes are what an action changes of a person.
type Changes int

// The changes.
const (
	Consents Changes = 1 << iota
	Visits
)

// House is the parts that actions work with.
type House struct {
	Scripts   *dialogs.Set
	Clinic    *booking.Clinic
	Reception *booking.Reception
	Desk      *desk.Desk
	Journey   *journey.Planner
	IDs       func() string
	// Invite is the link by which somebody comes into a channel with the source; "" = there is no way in. nil = nowhere.
	Invite func(channel, source string) string
	// TriageRules: the urgency rules are on; without a clinician's signature everybody is seen soon.
	TriageRules bool
}

// Scene is one call: who asks for what, inside which transaction.
type Scene struct {
	engine.Call
	*House
	Tx      store.Tx
	Now     time.Time
	Contact *dialogs.Contact
	Me      *dialogs.Patient
	View    dialogs.View
	// Remember writes what the action learned of a person or a chat, as a script's `set` does.
	Remember func(ctx context.Context, scope, id, name string, value any) error
	Talks    Talks
}

// All is every action; a new one is a new file and a line here.
func All() Table {
	table := Table{}
	for _, a := range []Action{
		bookingServices(), bookingPriceGroups(), bookingPrices(), bookingOffer(), bookingDays(), bookingDoctors(),
		bookingHold(), bookingBook(), bookingMove(), bookingCancel(),
		visitsComing(), visitsStill(), visitsConfirm(), visitsFeeling(),
		waitlistJoin(), waitlistClaim(), waitlistPass(), waitlistLeave(),
		courseSteps(), coursePostpone(), courseDone(),
		triageAssess(), peopleFamily(), peopleAdd(), consentRecord(), consentStop(), contactPrefer(), patientsTag(),
		reviewPlace(), loyaltyBalance(), referralLink(),
		ratingSave(), offersIssue(), campaignSnooze(),
		deskTask(), deskOperator(), deskCame(), deskDigest(), dialogCancel(),
		talkElsewhere(), talkBring(), talkLeave(), codeSend(), codeShow(), codeTry(), codeRefuse(), privacyExport(), privacyErase(),
	} {
		table[a.Name] = a
	}
	return table
}

// Table finds actions by name.
type Table map[string]Action

// Signatures are what scripts are checked against, by name.
func (t Table) Signatures() []dialogs.Action {
	list := make([]dialogs.Action, 0, len(t))
	for _, name := range slices.Sorted(maps.Keys(t)) {
		list = append(list, t[name].Action)
	}
	return list
}

// matter is on whose behalf the reception acts.
func (s *Scene) matter() booking.Matter {
	return booking.Matter{
		Contact: s.Contact.ID, Task: s.Task, Patient: s.Patient.ID, Channel: s.Contact.Channel, Language: s.View.Language, Zone: s.Contact.Zone,
		Known: []*dialogs.Patient{s.Me, s.Patient},
	}
}

// ends is a result without gives.
func ends(outcome string) engine.Result { return engine.Result{Outcome: outcome} }

// gives is a result with one value.
func gives(outcome, name string, value any) engine.Result {
	return engine.Result{Outcome: outcome, Gives: map[string]any{name: value}}
}

// tell appends a line to the funnel; value and ref never hold a patient's words.
func (s *Scene) tell(ctx context.Context, name, value, ref string) error {
	err := s.Tx.AppendEvents(ctx, []store.Event{{
		At: s.Now, Name: name, ContactID: s.Contact.ID, PatientID: s.Patient.ID, Channel: s.Contact.Channel,
		Task: s.Task, Dialog: s.Dialog, Value: value, Ref: ref,
	}})
	if err != nil {
		return fmt.Errorf("telling the funnel of %s: %w", name, err)
	}
	return nil
}
