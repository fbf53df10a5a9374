// Package store keeps careline's records. One SQL text serves PostgreSQL and SQLite; what differs
// stands in a Dialect, which store/postgres and store/sqlite provide.
//
// Times are UTC microseconds in the database and time.Time here. Methods take and return batches, so
// that one transaction can serve many contacts.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Errors that callers act on. Others are wrapped with what was being done.
var (
	ErrNotFound = errors.New("not found")
	ErrTaken    = errors.New("the time is taken") // two things would overlap in one practitioner's day
)

// Store is a database.
type Store interface {
	// Tx runs f in one read-write transaction: nil commits, an error rolls back and is returned.
	// It is repeated when the database asks for it (serialization, deadlock, busy), so f has no
	// effects outside.
	Tx(ctx context.Context, f func(Tx) error) error
	// Read runs f on one consistent picture; writing in it is an error.
	Read(ctx context.Context, f func(Tx) error) error
	// Wake tells of work that any process committed: it sends (and never blocks) after a commit that
	// called Tx.Wake with the topic. Lost signals are possible after a broken connection, so a sleeper
	// also looks once in a while.
	Wake(topic Topic) (signals <-chan struct{}, stop func())
	Migrate(ctx context.Context) error
	Ping(ctx context.Context) error
	Close() error
}

// Topic of a wake-up.
type Topic string

// The topics.
const (
	InboxTopic  Topic = "inbox"
	OutboxTopic Topic = "outbox"
	TimerTopic  Topic = "timer"
	WebTopic    Topic = "web"  // something was sent to a web chat
	DeskTopic   Topic = "desk" // tickets or owners changed
	DayTopic    Topic = "day"  // visits changed
	// SaidTopic: somebody said something, or it is known whether it arrived. Other processes hear of it a little later, and
	// not if this one dies at once: a signal in each of these transactions would make them wait for each other.
	SaidTopic Topic = "said"
)

// Tx is one transaction: the ports, one per subject.
type Tx interface {
	Inbox
	Outbox
	OptOut
	Timers
	Touches
	Steps
	Marks
	Memories
	Presences
	Links
	Points
	Invitations
	Contacts
	Patients
	Imports
	Joins
	Segments
	Search
	Cards
	Conversations
	Files
	Consents
	Appointments
	Waitlist
	Tickets
	Rooms
	Events
	Leases
	Queues
	Numbers
	Accounts
	SignIns
	Audit
	Chores
	Watching
	Lists
	// Savepoint runs f so that its error undoes only f.
	Savepoint(ctx context.Context, f func() error) error
	// Wake sends the topic's signal when (and only when) the transaction commits.
	Wake(t Topic)
	// Changed are the things that this transaction has changed so far.
	Changed() Changes
	// PlanAgain names patients among the Changes of whom the transaction has written nothing itself. By now their
	// moment has come, whatever other clocks show.
	PlanAgain(now time.Time, patients ...string)
}

// Changes are things whose timelines may have changed, by their ids.
type Changes struct {
	Patients []string  // themselves, their visits, chats, courses or places in the waitlist
	Visits   []string  // of which no more is known than that they changed
	At       time.Time // it is no earlier; zero = not known
}

// Inbox is what waits to be stepped, in order per contact.
type Inbox interface {
	// Arrived locks the chats of the inputs until the transaction ends, waiting for whoever steps them now,
	// and tells which of the inputs are not in the inbox yet, and behind which contacts' chats others wait.
	Arrived(ctx context.Context, in []Input) (fresh []bool, behind map[string]bool, err error)
	// Accept stores inputs; one whose (channel, external id) is known already is left out. It returns
	// how many were new. A message of a contact that a worker is stepping waits for that step's end, so
	// that the chat's lines are numbered in the order in which they can be seen. One that has ended is kept
	// as Done would keep it.
	Accept(ctx context.Context, in []Input) (int, error)
	// Ready locks up to limit contacts that have input due, oldest input first, skipping those that another
	// transaction works on and those whose oldest input is delayed. The lock lasts until the transaction
	// ends. The contact "" stands for inputs that are about no contact.
	Ready(ctx context.Context, now time.Time, limit int) ([]string, error)
	// Waiting returns the inputs of the contacts, oldest first, at most perContact each.
	Waiting(ctx context.Context, contacts []string, perContact int) ([]Input, error)
	// Done ends inputs. A message keeps its payload for History, every other input loses it.
	Done(ctx context.Context, seqs []int64, at time.Time) error
	// Failed counts a failure, delays the contact's next try until again, and returns the count.
	Failed(ctx context.Context, seq int64, reason string, again time.Time) (int, error)
	// Forget blanks messages and takes them out of History: words that may not be kept.
	Forget(ctx context.Context, seqs []int64) error
	// Park takes the input out of the way for good; it stays readable.
	Park(ctx context.Context, seq int64, reason string, at time.Time) error
	// NextTry is the earliest moment at which delayed input becomes due; zero = none.
	NextTry(ctx context.Context) (time.Time, error)
}

// Outbox is what waits to be sent, in order per contact.
type Outbox interface {
	// Put adds messages; an ID that exists is ErrDuplicate. One with Changes ends those of the same that wait in nobody's
	// hands. One with a Holder is claimed for it until Until,
	// unless it has a NotBefore or something of its contact that goes before it is in nobody's or another's
	// hands: then Put takes the Holder from it.
	Put(ctx context.Context, out []Output) error
	// Claim takes up to limit messages that may go now, by priority and then by age, only the oldest unsent of
	// each contact, and marks them for holder until the claim ends. channels narrows it to those; none = all. A
	// message with a NotBefore stands in the contact's queue from that moment on: it holds up nothing that may
	// go earlier.
	Claim(ctx context.Context, channels []string, holder string, now, until time.Time, limit int) ([]Output, error)
	// Sent notes what the networks took; behind: something of these contacts is in nobody's hands.
	Sent(ctx context.Context, done []Delivery) (behind bool, err error)
	// Yield gives back all that holder has in hand of the contacts, and returns the ids of it.
	Yield(ctx context.Context, holder string, contacts []string) (ids []string, err error)
	// Later lets a failed message that was given back rest until again; done is how much of it went through.
	Later(ctx context.Context, id string, done int, reason string, again time.Time) error
	// Drop ends a message that will not be sent: rejected, blocked, too old.
	Drop(ctx context.Context, id string, reason string, at time.Time) error
	// Divert ends what waits of all that a timeline said together with the message o: it is to be said in another chat.
	Divert(ctx context.Context, o Output, at time.Time) error
	// Diverted is what Divert ended of what a timeline said about a thing at that moment, in its order; only once.
	Diverted(ctx context.Context, contact, ref string, created time.Time) ([]Output, error)
	// SaidAbout is what was said about a thing since the moment, in all chats: the newest last.
	SaidAbout(ctx context.Context, ref string, since time.Time) ([]Line, error)
	// Stranded are messages of timelines that wait for channels that are down, to people who have a chat in another:
	// those that are worth nothing at the moment before, or all when it is zero.
	Stranded(ctx context.Context, down []string, before time.Time, limit int) ([]Output, error)
	// Receipts are the network's ids of messages that were sent, by our own ids.
	Receipts(ctx context.Context, ids []string) (map[string]string, error)
	// About is what the message with that receipt in the contact's chat is about (Output.Ref); empty when it is
	// none of ours, or about nothing.
	About(ctx context.Context, contact, receipt string) (string, error)
	// Release gives back what holder claimed and did not send: at a stop.
	Release(ctx context.Context, holder string) error
	// Reclaim gives back what is in the hands of processes that do not hold their ProcessLease at the
	// moment now, tells the senders if there is any, and returns how much.
	Reclaim(ctx context.Context, now time.Time) (int, error)
	// NextSend is the earliest moment at which something unsent of these channels (none = all) may go; zero =
	// none. What waits for a messenger that was turned off wakes nobody.
	NextSend(ctx context.Context, channels []string) (time.Time, error)
	// History returns the last limit messages of a contact's chat, both ways, with seq > after and, with
	// before > 0, seq < before, oldest first. Whoever reads on after the last seq that it saw misses nothing.
	History(ctx context.Context, contact string, after, before int64, limit int) ([]Line, error)
	// Spoken are the first lines, up to limit, with seq > after that humans have said in the contact's chat.
	Spoken(ctx context.Context, contact string, after int64, limit int) ([]Line, error)
	// SeenIn is the last line that a human has said in the contact's chat and of which the room knew by the moment: it
	// was said in the room itself before `own`, or before the last message about the contact that the room had got, or
	// that a reply names by its receipt. 0 = none.
	SeenIn(ctx context.Context, room, contact, receipt string, by, own time.Time) (int64, error)
}

// Timers are inputs of the future. A key is unique: setting it again moves the timer.
type Timers interface {
	SetTimers(ctx context.Context, t []Timer) error
	CancelTimers(ctx context.Context, keys []string) error
	// Fire moves up to limit due timers into the inbox (channel TimerChannel, external id key@due in
	// microseconds, and what it carries if it is about a thing) and returns how many.
	Fire(ctx context.Context, now time.Time, limit int) (int, error)
	// NextTimer is when the earliest timer is due; zero = none.
	NextTimer(ctx context.Context) (time.Time, error)
	// TimersAbout are the timers about things, by due time.
	TimersAbout(ctx context.Context, about []string) ([]Timer, error)
	// CancelNamed ends up to limit timers whose key begins so, and returns how many.
	CancelNamed(ctx context.Context, prefix string, limit int) (int, error)
}

// Touches are what timelines did. They are appended and never changed.
type Touches interface {
	// Touch notes what timelines did, and tells which of it was noted for the first time.
	Touch(ctx context.Context, t []Touch) (first []bool, err error)
	// TouchesAbout are those about things, oldest first.
	TouchesAbout(ctx context.Context, about []string) ([]Touch, error)
	// TouchesOf are those of a patient since then, oldest first.
	TouchesOf(ctx context.Context, patient string, since time.Time) ([]Touch, error)
	// Unreached counts the patients whose newest visit is one of the branch's and whom timelines of the class could
	// not reach since then, for they have no chat.
	Unreached(ctx context.Context, branch, class string, since time.Time) (int, error)
}

// Steps are what doctors have set: courses of treatment, dates of prevention.
type Steps interface {
	// SaveSteps makes or changes steps.
	SaveSteps(ctx context.Context, s []Step) error
	StepsByID(ctx context.Context, ids []string) ([]Step, error)
	// StepsNamed are those that the clinic's own system calls so.
	StepsNamed(ctx context.Context, external []string) ([]Step, error)
	// StepsOf are the patients' steps, by due date.
	StepsOf(ctx context.Context, patients []string) ([]Step, error)
}

// Marks are what the program notes for itself.
type Marks interface {
	// Mark is the value under a name; empty = none.
	Mark(ctx context.Context, name string) (string, error)
	SetMark(ctx context.Context, name, value string) error
}

// Contacts are people on channels.
type Contacts interface {
	// Meet finds or makes the contact of each address (Channel, Chat), in the order asked. ID, PatientID
	// and the rest of c are those of a new contact and of its own new patient; a known one stays as it is.
	Meet(ctx context.Context, c []Contact) ([]Contact, error)
	Contacts(ctx context.Context, ids []string) ([]Contact, error)
	// ContactAt finds the contact behind an address; ErrNotFound when nobody wrote from there.
	ContactAt(ctx context.Context, channel, chat string) (Contact, error)
	SaveContacts(ctx context.Context, c []Contact) error
	// Blocked notes that the contact cannot be written to, and nothing else of it: whoever steps the contact
	// meanwhile loses nothing.
	Blocked(ctx context.Context, contact string, at time.Time) error
	// Continue numbers the lines of a chat on from those of the contact that was erased there.
	Continue(ctx context.Context, contact, erased string) error
	// ContactsOwning are the chats whose writers have proven that the phone is theirs, the newest first.
	ContactsOwning(ctx context.Context, phone string) ([]Contact, error)
	// LockChats lets nobody else step the chats until the transaction ends. Two that lock more than one, in whatever
	// order, may have to be repeated.
	LockChats(ctx context.Context, contacts []string) error
	// ContactsOf are the chats of a patient, the newest first.
	ContactsOf(ctx context.Context, patient string) ([]Contact, error)
}

// Patients are people of the clinic.
type Patients interface {
	Patients(ctx context.Context, ids []string) ([]Patient, error)
	SavePatients(ctx context.Context, p []Patient) error
	// Family returns those the guardian may speak for.
	Family(ctx context.Context, guardian string) ([]Patient, error)
	AddFamily(ctx context.Context, k Kinship) error
	// RemoveFamily: the guardian speaks for the ward no more.
	RemoveFamily(ctx context.Context, guardian, ward string) error
	// Snooze notes until when campaigns leave the patient alone, if not for longer already, and nothing else: whoever
	// steps a chat of the patient meanwhile loses nothing.
	Snooze(ctx context.Context, patient string, until time.Time) error
	// Erase removes everything of the patient that the law does not oblige the clinic to keep: names, phones,
	// words, answers, chats, tickets' texts. Appointments of the past stay without a person, coming ones are
	// cancelled; the consents stay as proof under the id of an empty patient. Wards whom nobody else speaks
	// for, themselves neither, are erased too. What the transaction writes of the person afterwards is left out, except messages: a last word may be Put, and
	// it goes too when it is sent. Who writes again is a new contact.
	Erase(ctx context.Context, patient string, at time.Time) error
	// LockPatients lets nobody else plan for the patients until the transaction ends.
	LockPatients(ctx context.Context, ids []string) error
	// PatientsAfter are the ids of patients who were not erased, in their order, after that one.
	PatientsAfter(ctx context.Context, after string, limit int) ([]string, error)
	// Reach are the chats in which the patients can be written to, blocked ones too, the newest first.
	Reach(ctx context.Context, patients []string) ([]Reach, error)
	// Everything that is kept of the patient, for an export: table → rows.
	Everything(ctx context.Context, patient string) (map[string][]map[string]any, error)
}

// Conversations are where people stand. Rows are written with the step that changed them.
type Conversations interface {
	Conversations(ctx context.Context, contacts []string) ([]Conversation, error)
	SaveConversations(ctx context.Context, c []Conversation) error
	// EachStanding tells f of the state of each conversation in which a dialog runs, in no order.
	EachStanding(ctx context.Context, f func(state json.RawMessage)) error
	// MoveTasks hands what tasks of the conversation from have to the conversation to, where they have other numbers:
	// held times, tickets with their notes, answers.
	MoveTasks(ctx context.Context, from, to string, tasks map[int]int) error
}

// Files are what people attached, for channels that keep no files of their own.
type Files interface {
	// PutFile keeps the file; one with the same ref is kept already and stays.
	PutFile(ctx context.Context, f File) error
	// FileIn opens a file of the chat; ErrNotFound when it is not there, or another chat's.
	FileIn(ctx context.Context, channel, chat, ref string) (File, error)
	// Draft notes that a kept file waits to be sent by the account to the contact; a file that waits already stays.
	Draft(ctx context.Context, account, contact, ref string, now time.Time) error
	// Drafts are the files that wait so, the first one first. Their Data stays behind; Size tells how long it is.
	Drafts(ctx context.Context, account, contact string) ([]File, error)
	// Undraft ends the waiting; a file that was not sent is removed.
	Undraft(ctx context.Context, account, contact, ref string, sent bool) error
}

// Consents are recorded and never changed: the last row of a kind counts.
type Consents interface {
	RecordConsents(ctx context.Context, c []Consent) error
	// ConsentsOf returns the last row of each kind.
	ConsentsOf(ctx context.Context, patients []string) ([]Consent, error)
	ConsentHistory(ctx context.Context, patient string) ([]Consent, error)
}

// Appointments, holds and closed times: everything that takes a practitioner's time. No two of them
// overlap for one practitioner; the schema sees to it and ErrTaken tells.
type Appointments interface {
	// Busy returns what takes the practitioners' time and touches [from, to); expired holds are left out.
	Busy(ctx context.Context, practitioners []string, from, to, now time.Time) ([]Busy, error)
	// HoldTime takes the parts for a while; holds that are over are cleared out of the way first. ErrTaken
	// undoes only the call, here and below: the transaction can go on with another time.
	HoldTime(ctx context.Context, h Hold, now time.Time) error
	// Holds are those of a contact's task, and those of the contact's places in the waitlist.
	Holds(ctx context.Context, contact string, task int) ([]Hold, error)
	// FreeHolds ends the holds of contacts' tasks.
	FreeHolds(ctx context.Context, tasks map[string][]int) error
	// FreePlaces ends the holds of places in the waitlist.
	FreePlaces(ctx context.Context, places []string) error
	// Book inserts the appointment and its parts; ErrTaken when any part is not free. The task's own hold
	// is freed by the caller first, in the same transaction.
	Book(ctx context.Context, a Appointment, now time.Time) error
	// Move changes time, parts, branch and sequence in one go; ErrTaken leaves everything as it was.
	Move(ctx context.Context, a Appointment, now time.Time) error
	// SaveAppointments writes everything but the time; a cancelled, noshow or entered-in-error one frees it,
	// one that comes back from there takes it again or is ErrTaken.
	SaveAppointments(ctx context.Context, a []Appointment) error
	AppointmentsByID(ctx context.Context, ids []string) ([]Appointment, error)
	// AppointmentsNamed are those that the clinic's own system calls so.
	AppointmentsNamed(ctx context.Context, external []string) ([]Appointment, error)
	// LockAppointments lets nobody else change them until the transaction ends: what is read of them afterwards stays so.
	LockAppointments(ctx context.Context, ids []string) error
	// AppointmentsOf returns the appointments of patients with start in [from, to), by start.
	AppointmentsOf(ctx context.Context, patients []string, from, to time.Time) ([]Appointment, error)
	// AppointmentsBetween returns a branch's (empty = all) appointments with start in [from, to), by start.
	AppointmentsBetween(ctx context.Context, branch string, from, to time.Time) ([]Appointment, error)
	// CloseTime takes time off a practitioner's day (holiday, illness); ErrTaken when somebody is booked.
	// Holds give way.
	CloseTime(ctx context.Context, b Busy) error
	OpenTime(ctx context.Context, id string) error
	RateAppointment(ctx context.Context, r Rating) error
	Ratings(ctx context.Context, appointments []string) ([]Rating, error)
}

// Waitlist are patients whom no free time fitted.
type Waitlist interface {
	JoinWaitlist(ctx context.Context, w Waiting) error
	WaitlistByID(ctx context.Context, ids []string) ([]Waiting, error)
	// WaitingFor returns open places for a service (empty = all), by urgency and then by age.
	WaitingFor(ctx context.Context, service string) ([]Waiting, error)
	// PlacesOf are the open places of patients.
	PlacesOf(ctx context.Context, patients []string) ([]Waiting, error)
	// PlacesIn are the open places of a patient, and those that were taken in a chat.
	PlacesIn(ctx context.Context, contact, patient string) ([]Waiting, error)
	// LockPlaces lets nobody else change the places until the transaction ends.
	LockPlaces(ctx context.Context, ids []string) error
	SaveWaitlist(ctx context.Context, w []Waiting) error
	// OfferPlace saves an offer to a place that waits; false when it does not wait any more.
	OfferPlace(ctx context.Context, w Waiting) (bool, error)
}

// Tickets are work for a human.
type Tickets interface {
	OpenTickets(ctx context.Context, t []Ticket) error
	TicketsByID(ctx context.Context, ids []string) ([]Ticket, error)
	// TicketsOf returns the tickets of a contact that are not closed, oldest first.
	TicketsOf(ctx context.Context, contact string) ([]Ticket, error)
	// TicketsAbout returns the tickets of visits that are not closed.
	TicketsAbout(ctx context.Context, visits []string) ([]Ticket, error)
	// TicketList returns tickets in the given states (none = those not closed), most urgent deadline first.
	TicketList(ctx context.Context, states []string, limit int) ([]Ticket, error)
	// LastClosed is the ticket of the contact that was closed last; ErrNotFound when there is none.
	LastClosed(ctx context.Context, contact string) (Ticket, error)
	SaveTickets(ctx context.Context, t []Ticket) error
	AddToTicket(ctx context.Context, n []TicketNote) error
	TicketNotes(ctx context.Context, ticket string) ([]TicketNote, error)
}

// Presences are short-lived: who is writing in a chat.
type Presences interface {
	// Present notes that somebody is writing in the chat until then, and forgets whoever had stopped by now.
	Present(ctx context.Context, p Presence, now time.Time) error
	// Writing are those who write in the chats now.
	Writing(ctx context.Context, contacts []string, now time.Time) ([]Presence, error)
	// Absent ends it.
	Absent(ctx context.Context, contact, account string) error
}

// Events are appended and never changed; the funnel and the audit read them.
type Events interface {
	AppendEvents(ctx context.Context, e []Event) error
	// EventsAbout are the events about a thing (Event.Ref), oldest first.
	EventsAbout(ctx context.Context, ref string) ([]Event, error)
	// EventsSince returns events with seq > after, oldest first. An event shows as soon as no older one
	// can appear any more, so a reader that remembers the last one misses none.
	EventsSince(ctx context.Context, after int64, limit int) ([]Event, error)
	KeepAnswers(ctx context.Context, a []Answer) error
	AnswersOf(ctx context.Context, contact string, limit int) ([]Answer, error)
}

// Chores keep the store from growing for ever.
type Chores interface {
	// Prune deletes what was said before talk (messages both ways, answers, files, notes of closed tickets)
	// and signals without words (timers' and the desk's inputs) that were done before signals; of each table
	// at most limit rows. It returns how many went. Events, visits and consents stay.
	Prune(ctx context.Context, talk, signals time.Time, limit int) (int, error)
}

// Queues tell whoever watches how much waits, by channel. To stay cheap they look at no more than limit rows.
type Queues interface {
	// InQueues are the inputs that wait for their step.
	InQueues(ctx context.Context, limit int) ([]Queue, error)
	// OutQueues are the messages that could be sent at the moment now, under way or not.
	OutQueues(ctx context.Context, now time.Time, limit int) ([]Queue, error)
	// Parked counts the inputs that failed for good.
	Parked(ctx context.Context) (int, error)
}

// Leases say who may do what only one may do.
type Leases interface {
	// Now is the database's own clock. Processes that compete take and judge leases by it, for their
	// machines' clocks differ.
	Now(ctx context.Context) (time.Time, error)
	// Lease takes or renews name for holder until then; false when somebody else has it.
	Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	Unlease(ctx context.Context, name, holder string) error
	// Lapse forgets the leases that were over before then.
	Lapse(ctx context.Context, before time.Time) error
}
