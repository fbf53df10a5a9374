// Package engine is the interpreter of dialogs: a conversation and one input lead to a sprint. It does
// no I/O of its own, reads no clock and draws no random numbers; what it needs of the world stands in
// a Scene, so a step can be replayed.
package engine

import (
	"context"
	"time"

	"careline/channels"
	"careline/dialogs"
)

// Input is one thing that happened to a conversation: exactly one field is set.
type Input struct {
	Message  *channels.Incoming // the person wrote or pressed
	Start    *Start             // something runs a dialog on top
	Happens  *Happening         // the moment of a timeline has come
	Timeout  *Timeout           // the wake-up that an earlier Sprint asked for
	Returned *Returned          // a later action has answered
	Leaves   *Leaving           // the person goes on elsewhere, or begins anew
}

// Start runs a dialog on top of the conversation as a task of its own. Whoever starts one sees to
// politeness first: not at night, not into an open question, not while a human speaks for the clinic.
type Start struct {
	Dialog  string
	With    map[string]any // by the dialog's takes
	Patient string         // whom it is about; empty = the contact's own
	Origin  string         // for the funnel: "timeline NAME", "start"
	// Beside: the open question is not repeated when the dialog ends, for its answer is just coming.
	Beside bool
}

// Leaving quits dialogs behind the person's back: what they do then is done, what they would say or ask is not. The
// buttons of an open question close.
type Leaving struct {
	Dialog string // only the tasks that began with it; empty = all
}

// Timeout says that Sprint.Wake has come; the engine finds by the scene's clock what is due.
type Timeout struct{}

// Returned is the outcome of an action that answers later.
type Returned struct {
	Task    int    // the task that waits; 0 = a human who spoke without being called hands back
	Action  string // its name, to be sure
	Outcome string
	Gives   map[string]any
	// Owner changes who speaks for the clinic; nil leaves it.
	Owner *dialogs.Owner
}

// Scene is the world as one step sees it. Contact and Me are changed in place when a dialog remembers
// something of them; after a step that failed they are to be read again, like the conversation.
type Scene struct {
	Now     time.Time
	Contact *dialogs.Contact
	Me      *dialogs.Patient // the contact's own patient
	Clinic  *dialogs.Clinic
	Catalog dialogs.Catalog // of the clinic, in the contact's language
	Desk    *dialogs.Desk
	// Consent tells whether the contact's own patient has given the kind: personal, health, advertising. It
	// is asked again after an action, so that a consent given in this step counts.
	Consent func(kind string) bool
	// Document is the text behind a consent, in the contact's language.
	Document func(kind string) *dialogs.ConsentDocument
	// Patient finds somebody the contact may speak for; nil when there is none.
	Patient func(ctx context.Context, id string) (*dialogs.Patient, error)
	// Unchanged reports whether visits still have the status and the time that they had; nil = they have.
	Unchanged func(ctx context.Context, visits []*dialogs.Visit) (bool, error)
	// Call performs an action inside the step's transaction.
	Call func(ctx context.Context, c Call) (Result, error)
	// Remember writes into memory: scope is "patient" (id tells whose) or "contact"; nil forgets. The record
	// in this Scene has been changed already, with a full_name its given name too.
	Remember func(ctx context.Context, scope, id, name string, value any) error
	// Variant chooses the variant of an A/B test for this patient.
	Variant func(test string) string
	Sealer  Sealer
	// Human is asked about words that nobody has understood: true = a human who spoke with the person lately speaks for
	// the clinic again and takes them; nil = there is none.
	Human func(ctx context.Context) (bool, error)
	// Passed is told of every state that does its work; nil = nobody wants to know.
	Passed func(dialog, state string)
}

// Sealer keeps words unreadable while consent is missing.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Call is an action that a dialog performs.
type Call struct {
	Name    string
	With    map[string]any
	Task    int
	Dialog  string
	Origin  string           // what began the task: "reaction NAME", "timeline NAME"
	Patient *dialogs.Patient // whom the task is about
	Health  bool             // the dialog's free answers are about health
	Depth   int              // number of tasks in the stack
}

// Result of an action. Waits: the outcome comes later as Returned.
type Result struct {
	Outcome string
	Gives   map[string]any
	Waits   bool
	// Owner changes who speaks for the clinic; nil leaves it.
	Owner *dialogs.Owner
	// Cancels ends the task below with `quit` (dialog.cancel).
	Cancels bool
	// Forgets drops every other task and answer (privacy.erase).
	Forgets bool
	// Brings are tasks that go on here from another chat, below the one that asked for them. Their ids are
	// this conversation's.
	Brings []*dialogs.Task
}

// Sprint is what one input led to. The conversation was changed in place.
type Sprint struct {
	Say    []Said
	Wake   time.Time // when the engine wants a Timeout; zero = never
	Events []Event
	Told   []Told   // answers to be kept for the desk
	Desk   []ToDesk // words that join the operator's ticket
	Ended  []int    // tasks that ended: their holds are freed unless booked
	Closes string   // key of the message whose buttons are closed (Conversation.Shown.Key), empty = none
	// Unkept: the words of this input came before consent. They are sealed in the conversation; nothing of
	// them may stay anywhere in the clear.
	Unkept bool
	// Redraw is the buttons of the message Conversation.Shown.Key as they look now, marks changed: for
	// channels that can change a message already shown. nil = as they were.
	Redraw []channels.Choice
}

// Said is a message to the person and its class.
type Said struct {
	channels.Outgoing
	Class dialogs.Class
	// About is what a timeline said it about; empty = it answers, or goes with a talk. NotAfter is when it is worth
	// nothing any more. Whoever lets the timeline happen fills them in.
	About    string
	NotAfter time.Time
}

// Event is a line of the funnel: what happened, where. It never holds words of a patient.
type Event struct {
	Name   string // one of events.go
	Task   int
	Dialog string
	State  string
	Value  string // an outcome, a choice, a flag's name
}

// Told is an answer for the desk: dialog.name, its value and its mark (plain, personal, health).
type Told struct {
	Task   int
	Dialog string
	Name   string
	Value  any
	Mark   string
}

// ToDesk is an incoming message that belongs to the operator.
type ToDesk struct {
	Text   string
	Files  []channels.File // one that has only a Kind is something that cannot be shown: a sticker, a poll
	Flag   string          // red flag heard in it
	Edited bool            // it changes what was written before
}
