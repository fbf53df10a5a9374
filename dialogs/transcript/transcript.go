// Package transcript reads conversations that must go so: what the patient does, what the bot answers,
// how time passes. It only reads; the rehearsal performs them.
package transcript

import (
	"time"

	"careline/channels"
	"careline/dialogs/source"
)

// Transcript is one conversation that must go so.
type Transcript struct {
	Pos      source.Pos
	Title    string
	Now      time.Time   // when it begins, in the zone that the file names
	Channel  channels.ID // web when nothing is said
	Clinic   string      // sample when nothing is said
	Language string      // of the messenger; empty = as the channel says
	Patient  *Card       // nil = somebody new
	Tests    map[string]string
	TestsAt  source.Pos
	Lines    []Line
}

// Card is a patient whom the clinic knows already.
type Card struct {
	Name       string // the full name
	Phone      string // as written
	Birth      string // 2006-01-02
	Consents   []string
	Tags       []string
	Visits     []Visit // those of the past took place
	Courses    []Course
	Prevention []Visit // when the doctor said to come again
	Family     []Relative
}

// Course of treatment, and by when each of its visits should be.
type Course struct {
	Title string
	Steps []Visit
}

// Relative is somebody whom the patient speaks for.
type Relative struct {
	Name   string
	Kin    string // child, adult
	Birth  string
	Visits []Visit
}

// Visit that somebody has when the conversation begins, or should have.
type Visit struct {
	Pos     source.Pos
	At      Moment
	Service string // id; empty = the clinic's first
}

// Does says what happens in a line.
type Does string

// What a line may do. The patient's doings come first.
const (
	Writes   Does = "patient" // Text
	Taps     Does = "tap"     // Text is a label under the question that stands
	Presses  Does = "press"   // Text is a label of an older message
	Forges   Does = "forged"  // Text is a button's data that we never gave out
	Photo    Does = "photo"   // Text is its name
	File     Does = "file"    // Text is its name
	Sticker  Does = "sticker"
	Voice    Does = "voice"
	Contact  Does = "contact"    // Shared
	Answers  Does = "bot"        // Text of the next message, … stands for anything; Buttons
	Attaches Does = "attachment" // Text: calendar, place, photo, file
	Silent   Does = "silent"     // the bot says nothing
	Passes   Does = "pass"       // Pass
	Next     Does = "next"       // time passes until the bot writes by itself
	Down     Does = "down"       // Pass: the program does not run meanwhile
	Clock    Does = "clock"      // At
	Taken    Does = "taken"      // At: somebody else books this time
	Booked   Does = "booked"     // Visit: the desk books it
	Moved    Does = "moved"      // At: the desk gives the visit this time
	Operator Does = "operator"   // Text
	Desk     Does = "desk"       // Text: return, close, arrived, done, noshow, cancelled
	Expects  Does = "expect"     // Expect
)

// Line is one thing that happens.
type Line struct {
	Pos     source.Pos
	Does    Does
	Text    string
	Buttons []string // nil = not looked at; labels of all buttons in order
	Twice   bool     // the patient's doing comes a second time at once
	Pass    time.Duration
	At      Moment
	Shared  *channels.Shared
	Visit   Visit
	Expect  *Expect
}

// Expect is what must be true now.
type Expect struct {
	Not   bool     // it must not be true
	What  string   // visit, event, answer, consent, ticket, hold, state, owner, touch, plan, balance
	Name  string   // a visit's status, an event, an answer, given | refused | withdrawn, a ticket's reason, DIALOG.STATE, bot | operator, a timeline, points
	Value string   // of the answer; kind of the consent; outcome of the touch, empty = any
	At    *Moment  // start of the visit or the hold, moment of the plan; nil = any
	With  []string // ids of the practitioners; nil = any
}
