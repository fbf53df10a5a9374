package store

import (
	"encoding/json"
	"time"
)

// Input is a row of the inbox.
type Input struct {
	Seq        int64 // order of arrival, given by the database
	Channel    string
	ExternalID string // unique within Channel
	ContactID  string
	Kind       string // message, timer, desk, plan, event
	Payload    json.RawMessage
	ReceivedAt time.Time
	EndedAt    time.Time // zero = it waits for its step
	Unkept     bool      // a message whose words may not be stored once it has ended
	Attempts   int
}

// Kinds of Input.
const (
	MessageInput = "message"
	TimerInput   = "timer"
	DeskInput    = "desk"   // an administrator did something to the conversation
	PlanInput    = "plan"   // the moment of a timeline has come
	MissedInput  = "missed" // what a timeline said did not reach the person in this chat
	EventInput   = "event"  // the clinic's own system told something; it ends as it is stored
)

// Output is a row of the outbox.
type Output struct {
	ID        string // also the idempotency key on the wire
	Seq       int64  // order within the chat, as a Line's; given by the database
	ContactID string
	Channel   string
	Chat      string
	Class     string          // service, care, advertising; operator for a human's words
	Author    string          // empty = the bot, else the administrator
	Account   string          // of the author: at the desk, or the contact of their chat; empty = somebody else
	Payload   json.RawMessage // channels.Outgoing
	CreatedAt time.Time
	NotBefore time.Time // zero = at once
	NotAfter  time.Time // zero = always worth sending
	Attempts  int
	Priority  int    // 0 = an answer; higher goes later when the network is slow
	Done      int    // network messages of it that went through before a Send failed
	Ref       string // what it is about: in an administrators' chat the contact of the patient, whom a reply to it goes to
	// Changes is the id of an earlier message that this one only changes; empty = it says something.
	Changes string
	// Holder has it in hand until Until; empty = nobody.
	Holder string
	Until  time.Time
	// AnswersAt is when the message came to which this is the first answer. It is not kept: only the process that
	// made the answer knows it.
	AnswersAt time.Time
}

// Priorities of an Output: who goes first when the network is slow.
const (
	AnswerFirst  = 0 // to what the person just wrote, and everything urgent
	FollowUpNext = 1 // what happens by itself: a reminder, a question after the visit
	CampaignLast = 2 // advertising, and messages to many
)

// ProcessLease begins the name of the lease that a process holds while it lives; what it holds things by follows.
const ProcessLease = "process:"

// Delivery is an Output that the network took.
type Delivery struct {
	ID      string
	Receipt string // the network's id
	At      time.Time
}

// Queue is what waits on one channel.
type Queue struct {
	Channel string
	Waiting int
	Since   time.Time // since when the oldest has waited
}

// Line is one message of a chat, either way.
type Line struct {
	Seq      int64 // order within the chat, both ways
	Incoming bool
	Author   string
	Account  string          // as Output's
	Payload  json.RawMessage // channels.Incoming or channels.Outgoing
	State    string          // in: waiting, done, parked; out: waiting, sent, dropped
	Reason   string          // why it was not sent, for engineers: it begins with the channels.Kind
	Receipt  string
	At       time.Time
}

// Timer is an input at a later moment.
type Timer struct {
	Key       string // unique
	ContactID string // may be empty for timers that are about no contact
	Due       time.Time
	Kind      string // Input kind when it fires; TimerInput
	Payload   json.RawMessage
	About     string // the thing that a plan is about, as Touch.About; empty for other timers
}

// Touch is what a timeline did at a moment of its, or why it did nothing. There is one of each (About, Timeline, Moment).
type Touch struct {
	Seq       int64
	Timeline  string
	About     string // the thing: visit/ID, patient/ID, contact/ID, step/ID, wait/ID, branch/ID
	Moment    time.Time
	ContactID string
	PatientID string
	Channel   string
	Class     string // service, care, advertising
	Variant   string // of the test that chose the moment; empty = none
	Outcome   string // Sent, or why not
	At        time.Time
}

// Sent is the outcome of a Touch that did what its timeline says; every other is a reason why it did not.
const Sent = "sent"

// Unreachable is the outcome of a Touch whose patient has no chat in which they could be written to.
const Unreachable = "unreachable"

// Step is what a doctor has set for a patient: a visit of a course of treatment, or a date of prevention.
type Step struct {
	ID        string
	PatientID string
	Course    string // those of one course share it; empty = a date of prevention
	Number    int    // in the course, from 1
	Title     string
	Service   string
	Doctor    string
	Due       time.Time
	State     string // active, completed, revoked: names of HL7 FHIR R4 requests
	External  string // id in the clinic's own system; empty = none
	CreatedAt time.Time
	Visit     string    // that completed it; empty = none did
	Postponed time.Time // the patient wants to be asked again then; zero = said nothing of the kind
}

// States of a Step.
const (
	StepActive    = "active"
	StepCompleted = "completed"
	StepRevoked   = "revoked"
)

// Reach is a chat in which a patient can be written to: their own, or that of somebody who speaks for them.
type Reach struct {
	PatientID string // whom it reaches
	Own       bool
	Contact
}

// Contact is a person on one channel.
type Contact struct {
	ID        string
	Channel   string
	Chat      string
	PatientID string
	Name      string // as the messenger tells it
	Language  string
	Zone      string
	Source    string
	Memory    json.RawMessage
	CreatedAt time.Time
	BlockedAt time.Time // zero = reachable
	Phone     string    // E.164, proven to be the writer's own; empty = none is
	HeardAt   time.Time // when they wrote last, to the hour
}

// Patient is a person of the clinic.
type Patient struct {
	ID        string
	FullName  string
	Phone     string // E.164
	Birth     string // 2006-01-02
	Tags      []string
	Memory    json.RawMessage
	CreatedAt time.Time
	ErasedAt  time.Time
	Channel   string // where they like to be written to; empty = where they last booked
	External  string // id in the clinic's own system; empty = none
	// SnoozedUntil is until when campaigns leave the patient alone. Snooze alone writes it.
	SnoozedUntil time.Time
}

// Kinship lets Guardian speak for Ward.
type Kinship struct {
	Guardian string
	Ward     string
	Kin      string // child, adult
	Since    time.Time
}

// Conversation is a row of conversations; State is a dialogs.Conversation.
type Conversation struct {
	ContactID string
	State     json.RawMessage
	Owner     string
	Dialog    string // bottom dialog of the top task, for lists and campaigns
	UpdatedAt time.Time
	Wake      time.Time // when the timer that wakes it is due; zero = none is set
}

// File is what somebody attached in a chat.
type File struct {
	Ref       string // unique
	Channel   string
	Chat      string
	Name      string
	Kind      string // channels.FileKind
	MIME      string
	Data      []byte
	Size      int64 // in bytes, where Data stays behind
	CreatedAt time.Time
}

// Consent is one «yes» or «no» to one document.
type Consent struct {
	PatientID string
	Kind      string // personal, health, advertising, care
	Given     bool
	Version   string // of the document
	Language  string
	Channel   string // or "desk" for one on paper
	ContactID string
	At        time.Time
	Account   string // of the desk, that has recorded it
}

// BusyKind is why time is taken; names of HL7 FHIR R4 slot statuses.
type BusyKind string

// The kinds.
const (
	Booked      BusyKind = "busy"
	Held        BusyKind = "busy-tentative"
	Unavailable BusyKind = "busy-unavailable"
)

// Busy is a stretch of a practitioner's day that is taken: [Start, End).
type Busy struct {
	ID           string
	Practitioner string
	Start, End   time.Time
	Kind         BusyKind
	Appointment  string
	Hold         string
	Until        time.Time // of a hold
}

// Part is one practitioner's share of an appointment or a hold.
type Part struct {
	Practitioner string    `json:"practitioner"`
	Start        time.Time `json:"start"`
	End          time.Time `json:"end"`
}

// Hold keeps time for a task of a conversation, or for a place in the waitlist, until it expires.
type Hold struct {
	ID        string
	ContactID string
	Task      int
	Service   string
	Branch    string
	Parts     []Part
	Until     time.Time
	Place     string // Waiting.ID; empty = for the task
}

// Appointment statuses, HL7 FHIR R4.
const (
	StatusPending   = "pending"
	StatusBooked    = "booked"
	StatusArrived   = "arrived"
	StatusFulfilled = "fulfilled"
	StatusCancelled = "cancelled"
	StatusNoShow    = "noshow"
)

// Appointment is a visit of a patient.
type Appointment struct {
	ID         string
	PatientID  string
	ContactID  string // the chat it was booked in
	Service    string
	Branch     string
	Status     string
	Start, End time.Time
	Parts      []Part // by start
	Together   bool
	OfferID    string
	Confirmed  bool
	Feeling    string
	First      bool
	Sequence   int    // iCalendar SEQUENCE
	Reason     string // of a cancellation
	CreatedAt  time.Time
	UpdatedAt  time.Time
	StatusAt   time.Time
	External   string // id in the clinic's own system; empty = none
	// Local is what the branch's clock was promised to show at Start: 2027-03-01T10:00; empty = not known.
	Local string
	// Notice is what the patient is to be told of the clinic's last change; nil = nothing.
	Notice *Notice
}

// Notice of a visit that the clinic has booked, moved or cancelled: when, and where the visit stood as the patient knows it;
// a zero Start = they know of no visit.
type Notice struct {
	At     time.Time `json:"at"`
	Start  time.Time `json:"start"`
	Branch string    `json:"branch"`
	Parts  []Part    `json:"parts"`
}

// Rating is one visit's 1–5.
type Rating struct {
	AppointmentID string
	PatientID     string
	Value         int
	At            time.Time
}

// Waiting is a place in the waitlist.
type Waiting struct {
	ID        string
	PatientID string
	ContactID string
	Service   string
	Doctor    string
	Branch    string
	Period    json.RawMessage // words.Period
	Urgency   int             // 0 = most urgent
	State     string          // waiting, offered, booked, left
	Slot      json.RawMessage // the slot that was offered last
	FoundAt   time.Time
	CreatedAt time.Time
	Until     time.Time // Slot is offered until then
	Passed    []Part    // times that did not suit, or were not answered for
}

// Ticket is work for a human.
type Ticket struct {
	ID         string
	ContactID  string
	PatientID  string
	Task       int    // of the conversation that waits for its end; 0 = none waits
	Kind       string // asked, red_flag, low_rating, poison, call_back, …
	Priority   string // normal, high, alarm
	State      string // open, taken, closed
	Health     bool   // the note is about health: care staff only
	Note       string
	Visit      string
	Deadline   time.Time
	CreatedAt  time.Time
	TakenBy    string // whose it is; of an open one, who is to answer it
	Account    string // of TakenBy; empty = somebody in a messenger
	ClosedAt   time.Time
	Resolution string
	Reason     string // why a human was needed: one of the clinic's, said when it was closed
	// EscalatedAt is when the manager was told that nobody answered in time; zero = not.
	EscalatedAt time.Time
}

// Presence is somebody at the desk who is writing to a patient.
type Presence struct {
	ContactID string
	AccountID string
	Name      string
	Until     time.Time
}

// TicketNote is a patient's or a colleague's words in a ticket.
type TicketNote struct {
	TicketID string
	Author   string // patient, or the administrator
	Account  string // of the administrator; empty = of a messenger
	Internal bool   // for colleagues: it was not said to the patient
	Text     string
	Files    json.RawMessage
	At       time.Time
}

// Event is a line of the funnel or the audit. It holds no words of a patient.
type Event struct {
	Seq       int64
	At        time.Time
	Name      string
	ContactID string
	PatientID string
	Channel   string
	Task      int
	Dialog    string
	State     string
	Value     string
	Ref       string // an appointment, a ticket
}

// Answer is what a person said in a dialog, kept for the desk.
type Answer struct {
	ContactID string
	PatientID string
	Task      int
	Dialog    string
	Name      string
	Value     json.RawMessage
	Mark      string // plain, personal, health
	At        time.Time
}
