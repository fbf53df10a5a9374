package dialogs

// Kind of a value; language §6.
type Kind string

// The kinds. A word's allowed values stand in Type.Words; Several is a list of them.
const (
	Text     Kind = "text"     // string
	Story    Kind = "story"    // *StoryValue
	Word     Kind = "word"     // string
	Several  Kind = "words"    // []string
	Number   Kind = "number"   // float64
	YesNo    Kind = "yesno"    // bool
	Date     Kind = "date"     // words.Date
	Time     Kind = "time"     // words.Clock
	Period   Kind = "period"   // *words.Period
	Moment   Kind = "moment"   // MomentValue
	Duration Kind = "duration" // time.Duration
	Phone    Kind = "phone"    // string, E.164
	Email    Kind = "email"    // string
	Name     Kind = "name"     // string, the full name
	Rating   Kind = "rating"   // float64
	Photo    Kind = "photo"    // *channels.File
	File     Kind = "file"     // *channels.File
	Money    Kind = "money"    // MoneyValue
	Calendar Kind = "calendar" // *channels.File, text/calendar
	Place    Kind = "place"    // *channels.Place

	PatientKind      Kind = "patient"      // *Patient
	ContactKind      Kind = "contact"      // *Contact
	ServiceKind      Kind = "service"      // *Service
	PractitionerKind Kind = "practitioner" // *Practitioner
	BranchKind       Kind = "branch"       // *Branch
	SlotKind         Kind = "slot"         // *Slot
	VisitKind        Kind = "visit"        // *Visit
	OfferKind        Kind = "offer"        // *Offer
	WaitingKind      Kind = "waiting"      // *Waiting
	CourseStepKind   Kind = "course_step"  // *CourseStep
	FlagKind         Kind = "flag"         // *Flag
	GroupKind        Kind = "group"        // *Group
	PriceKind        Kind = "price"        // *Price
	ReviewKind       Kind = "review"       // *Review
	ClinicKind       Kind = "clinic"       // *Clinic
	DeskKind         Kind = "desk"         // *Desk
	ConsentKind      Kind = "consent"      // *ConsentDocument
	PartKind         Kind = "part"         // *Part

	ListKind Kind = "list" // []any of Type.Elem
	Nothing  Kind = "nil"
)

// Type of a value: its kind, the words it may be, the elements of a list, the range of a number.
type Type struct {
	Kind     Kind     `json:"kind"`
	Words    []string `json:"words,omitempty"`
	Elem     *Type    `json:"elem,omitempty"`
	Min, Max float64  `json:"-"`
	Past     bool     `json:"-"` // date past
	Future   bool     `json:"-"` // date future
}

// Param is a named value that a dialog or an action takes or gives.
type Param struct {
	Name     string
	Type     Type
	Optional bool
	Default  any // of Type; nil = none
	About    string
}

// ListOf is the type of a list.
func ListOf(k Kind) Type { return Type{Kind: ListKind, Elem: &Type{Kind: k}} }

// Action is what the language knows of a name that stands behind `call:`.
type Action struct {
	Name     string
	Does     string // one line for the manual
	With     []Param
	Gives    []Param
	Outcomes []string // the good one first; `failed` is always possible
	Needs    []string // consents: personal, health
	Effect   bool     // changes something outside the dialog: «назад» cannot cross it
	Later    bool     // the dialog rests in this state and the outcome comes through the inbox
}
