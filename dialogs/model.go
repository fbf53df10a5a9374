// Package dialogs is the script language: it loads what a marketer wrote, finds every mistake in it,
// and compiles it to what the engine runs. docs/language.md is its manual.
package dialogs

import (
	"slices"
	"time"

	"careline/dialogs/source"
	"careline/dialogs/words"
)

// Set is a clinic's scripts, checked and compiled. It is immutable and safe for concurrent use.
type Set struct {
	Dialogs    map[string]*Dialog
	Everywhere *Everywhere
	Triage     *Triage
	Memory     *Memory
	Journey    *Journey
	Actions    map[string]*Action
	Languages  []string      // the scripts' own first
	Files      []*ScriptFile // as they were written, in the order of their names
	Texts      []*ScriptText // every text of the scripts, in the order of the files
	texts      *texts
}

// Unread reports whether the clinic's file of that kind cannot be read: what stands in it is not known.
func (s *Set) Unread(kind string) bool {
	return slices.ContainsFunc(s.Files, func(f *ScriptFile) bool { return f.Kind == kind && f.Root == nil })
}

// Class of a message: what consent it needs and when it may be sent.
type Class string

// The classes, weakest first.
const (
	ServiceClass     Class = "service"
	CareClass        Class = "care"
	AdvertisingClass Class = "advertising"
)

// Dialog is one conversation about one matter.
type Dialog struct {
	Pos      source.Pos
	Name     string
	Title    string
	Needs    []string // consents: personal, health
	Class    Class
	Takes    []Param
	Ends     []string // the good one first
	Gives    []string
	Expires  time.Duration
	On       map[string]Target // expired, quit, no_consent, failed
	Formerly string
	Renamed  map[string]string
	States   []*State // in the order of the file; the first is the start
	Answers  map[string]Type
	Version  string // hash of everything that a conversation depends on
	Machine  *Machine
	Scope    Scope // what its expressions and texts can name
	byName   map[string]*State
}

// State by its name; nil when there is none.
func (d *Dialog) State(name string) *State { return d.byName[name] }

// Target of an edge: a state of this dialog, or one of its ends.
type Target struct {
	State string // empty = End
	End   string
}

// Doing is the one thing that a state does.
type Doing string

// The kinds of state.
const (
	Says  Doing = "say"
	Asks  Doing = "ask"
	Calls Doing = "call"
	Runs  Doing = "run"
	Forks Doing = "fork"
)

// State is one step of a dialog.
type State struct {
	Pos   source.Pos
	Name  string
	Index int
	Doing Doing
	If    *Expr // nil = always
	Set   []Assign
	Say   []*Message
	Ask   *Question
	Call  *Call // action and its values
	Run   *Call // dialog and its values
	Wait  time.Duration
	On    map[string]Target
	Else  *Target // on: {else: …}
	Next  []Way   // one unconditional way, or forks ending with an unconditional one

	passable bool // has `if`, compiled or not
}

// Way is one line of `next`: Event is the machine's event (next, next.1, …, next.else).
type Way struct {
	Pos   source.Pos
	If    *Expr // nil = always
	Event string
	To    Target
}

// Assign gives Name (an answer, or me.x, patient.x, contact.x) the value; a nil Value forgets it.
type Assign struct {
	Pos   source.Pos
	Name  string
	Value *Value
}

// Call names an action or a dialog and what is handed to it.
type Call struct {
	Pos  source.Pos
	Name string
	With map[string]*Value
}

// Value is the right side of `with` and `set`, read by the type of what it fills: a text, a literal,
// or an expression. Exactly one of the three is set.
type Value struct {
	Type    Type
	Literal any
	Text    *Message
	Expr    *Expr
}

// Message is one item of `say`. Its texts live in the catalogue under ids made from the place.
type Message struct {
	Pos      source.Pos
	ID       string            // of the text; empty when there is none
	Count    string            // value that chooses the plural form
	CountOf  *Expr             // Count, compiled; nil when there are no forms
	Test     string            // A/B test
	Variants map[string]string // variant → id
	Attach   string            // path of a value, or media/…
	If       *Expr
	Else     bool
}

// Question is what `ask` waits for.
type Question struct {
	Pos     source.Pos
	Answer  string // name, or me.x, patient.x, contact.x, or `patient`
	Type    Type
	Again   bool
	List    string // answer that holds the list
	Choices []*Choice
	Also    []Also
	Retry   string // message id; empty = the type's own
}

// Choice is a button that the script names.
type Choice struct {
	Pos   source.Pos
	Value string
	Label string // message id
	Words []string
	If    *Expr
	Link  string // message id of the address
}

// Also is another reading of an answer that was not understood as asked.
type Also struct {
	Answer string
	Type   Type
}

// Everywhere is what is heard at any moment.
type Everywhere struct {
	Reactions    []*Reaction
	UnclearAfter int
	Unclear      *Call
	Unknown      *Call
}

// Reaction to words, wherever they are said. Exactly one of Run, Say, Do.
type Reaction struct {
	Pos      source.Pos
	Name     string
	Flags    bool
	Says     []string
	Mentions []string
	Title    string // message id, of what stands beside the command in a messenger's list; empty = not listed
	If       *Expr
	Run      *Call
	Say      []*Message
	Do       string // cancel, back
}

// Memory is what is kept of a person beyond what the clinic always knows.
type Memory struct {
	Patient map[string]*Remembered
	Contact map[string]*Remembered
}

// Remembered is one thing kept; Keep is how long, zero = for good.
type Remembered struct {
	Pos   source.Pos
	Name  string
	Title string
	Type  Type
	Mark  string // health, personal, plain
	Keep  time.Duration
}

// Triage is the red flags, the urgency rules and who treats what.
type Triage struct {
	Levels   []*Level // most urgent first
	Flags    []*RedFlag
	Rules    []*Rule
	Routes   []*Route
	Approved struct{ By, On string }
}

// Level of urgency.
type Level struct {
	Name       string
	Within     time.Duration // what is free so soon is offered, later times only when nothing is
	TodayFirst bool          // the times kept for acute patients are open
}

// RedFlag is a danger sign.
type RedFlag struct {
	Pos      source.Pos
	Name     string
	Title    string
	TitleID  string // message id triage.NAME.title
	Advice   string // message id triage.NAME.advice
	Mentions []string
	Unless   []string
	Source   string
}

// Rule raises a level, and maybe a flag, when If is true. If nil = otherwise.
type Rule struct {
	Pos    source.Pos
	Name   string
	If     *Expr
	Level  string
	Flag   string
	Source string
}

// Route says which service fits. If and Mentions both empty = otherwise.
type Route struct {
	Pos      source.Pos
	Name     string
	Mentions []string
	If       *Expr
	Service  string
	Together bool
	patterns []words.Pattern // of Mentions
}

// Hears reports whether a message mentions what the route is for; one that names no words hears everything.
func (r *Route) Hears(m *words.Message) bool {
	return len(r.patterns) == 0 || slices.ContainsFunc(r.patterns, func(p words.Pattern) bool { return p.In(m) })
}
