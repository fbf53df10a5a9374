package journey

import (
	"time"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// Reader is the chat in which a plan is judged, as the step knows it.
type Reader struct {
	Contact      store.Contact // empty = the plan is about nobody who can be written to
	Me           *booking.Person
	Conversation *dialogs.Conversation
}

// Verdict is what becomes of a plan whose moment has come.
type Verdict struct {
	// Happens is what is to be done now; nil = nothing.
	Happens *engine.Happening
	// NotAfter is when the message is worth nothing any more; zero = never.
	NotAfter time.Time
	// Again is when the plan is to be judged again; zero = it is settled. Contact is where; empty = here.
	Again   time.Time
	Contact string
	// Touches are what is to be noted when the plan is settled.
	Touches []store.Touch
	// Patients are to be planned for again.
	Patients []string
}

// Outcomes of a touch beside store.Sent: why nothing was done.
const (
	Unreachable = store.Unreachable // there is no chat
	Blocked     = "blocked"         // the person has blocked us
	Refused     = "consent"         // a consent is missing, or was withdrawn
	Late        = "late"            // it came too late
	Overtaken   = "overtaken"       // a later message about the same has come due
	Unless      = "if"              // the condition is not true (any more)
	Stopped     = "until"           // the series has reached its end
	Capped      = "cap"             // enough was written to the person
	OneADay     = "one_campaign_a_day"
	Quiet       = "quiet" // it is quiet until it would be too late
	Busy        = "busy"  // the person was in the middle of something until it would be too late
	WithHuman   = "operator"
	Snoozed     = "snoozed"
)
