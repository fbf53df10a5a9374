package dialogs

import (
	"time"

	"careline/channels"
)

// The records that scripts see. The expr name of a field is its name in scripts; fields with
// the tag expr:"-" are for the program. The tag type tells the language's type where Go's does not. Records are snapshots: they are stored with the answers.

// MomentValue is an instant shown in Zone (IANA).
type MomentValue struct {
	At   time.Time `json:"at"`
	Zone string    `json:"zone"`
}

// MoneyValue is an amount in the currency's hundredths.
type MoneyValue struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"` // ISO 4217
	From     bool   `json:"from,omitempty"`
	Upto     int64  `json:"upto,omitempty"`
}

// StoryValue is what a person told in one or more messages.
type StoryValue struct {
	Text  string          `json:"text"`
	Files []channels.File `json:"files,omitempty"`
}

// Patient is a person of the clinic.
type Patient struct {
	ID          string         `json:"id" expr:"-"`
	FullName    string         `json:"full_name,omitempty" expr:"full_name" type:"name"`
	Name        string         `json:"name,omitempty" expr:"name"` // given name, how we address them
	Phone       string         `json:"phone,omitempty" expr:"phone" type:"phone"`
	Birth       string         `json:"birth,omitempty" expr:"birth" type:"date"` // 2006-01-02
	Known       bool           `json:"known,omitempty" expr:"known"`             // has a name and a phone or a visit
	Tags        []string       `json:"tags,omitempty" expr:"tags"`
	Channel     string         `json:"channel,omitempty" expr:"channel" type:"word"` // preferred; empty = none was chosen
	Advertising *bool          `json:"advertising,omitempty" expr:"advertising"`     // nil = never asked
	NextVisit   *MomentValue   `json:"next_visit,omitempty" expr:"next_visit"`
	LastVisit   *MomentValue   `json:"last_visit,omitempty" expr:"last_visit"`
	Waiting     []string       `json:"waiting,omitempty" expr:"waiting"` // timelines whose message waits for an answer
	Memory      map[string]any `json:"memory,omitempty" expr:"-"`        // memory.yaml, reached as me.NAME
}

// Contact is a person on one channel.
type Contact struct {
	ID        string           `json:"id" expr:"-"`
	Address   channels.Address `json:"address" expr:"-"`
	PatientID string           `json:"patient_id" expr:"-"`
	Channel   string           `json:"channel" expr:"channel" type:"word"`
	Name      string           `json:"name,omitempty" expr:"name"` // as the messenger tells it
	Language  string           `json:"language,omitempty" expr:"language" type:"word"`
	Zone      string           `json:"zone,omitempty" expr:"zone"`
	Source    string           `json:"source,omitempty" expr:"source"`
	FirstText string           `json:"first_text,omitempty" expr:"first_text"`
	Dialogs   []string         `json:"dialogs,omitempty" expr:"dialogs"` // those of the top task, the one that began it first
	Quiet     *MomentValue     `json:"quiet,omitempty" expr:"quiet"`     // when the person last wrote
	Lead      bool             `json:"lead,omitempty" expr:"lead"`       // has never been booked
	Memory    map[string]any   `json:"memory,omitempty" expr:"-"`
}

// Catalog finds the clinic's own records, in the reader's language; nil when there is none with the id.
// They are stored by id.
type Catalog interface {
	Service(id string) *Service
	Practitioner(id string) *Practitioner
	Branch(id string) *Branch
}

// Service is something the clinic does. Texts may be in several languages: see booking.Clinic.
type Service struct {
	ID        string        `expr:"id"`
	Title     string        `expr:"title"`
	Explain   string        `expr:"explain"`
	Duration  time.Duration `expr:"duration"`
	Price     *MoneyValue   `expr:"price"`
	Bring     string        `expr:"bring"`
	After     string        `expr:"after"`
	Tags      []string      `expr:"tags"`
	Surgical  bool          `expr:"surgical"`
	CheckIn   time.Duration `expr:"check_in"`
	Recall    time.Duration `expr:"recall"`
	RecallWhy string        `expr:"recall_why"`
	RecallTo  *Service      `expr:"recall_to"`
}

// Practitioner performs services.
type Practitioner struct {
	ID    string         `expr:"id"`
	Name  string         `expr:"name"`
	About string         `expr:"about"`
	Photo *channels.File `expr:"photo"`
}

// Branch is a place where patients come.
type Branch struct {
	ID                string          `expr:"id"`
	Title             string          `expr:"title"`
	Address           string          `expr:"address"`
	Entrance          string          `expr:"entrance"`
	Way               string          `expr:"way"`
	Place             *channels.Place `expr:"place"`
	Zone              string          `expr:"zone"`
	City              string          `expr:"city"`
	ReviewYandex      string          `expr:"review_yandex"`
	ReviewProdoctorov string          `expr:"review_prodoctorov"`
	Review2GIS        string          `expr:"review_2gis"`
}

// Part is one practitioner's share of a slot or a visit.
type Part struct {
	Practitioner Practitioner `expr:"practitioner"`
	Start        MomentValue  `expr:"start"`
	End          MomentValue  `expr:"end"`
}

// Slot is a free time that is offered. Label is what differs from its neighbours in the list.
type Slot struct {
	Start   MomentValue    `expr:"start"`
	End     MomentValue    `expr:"end"`
	Service string         `expr:"-"` // id
	Doctors []Practitioner `expr:"doctors"`
	Branch  Branch         `expr:"branch"`
	Parts   []Part         `expr:"parts"`
	// WithDoctor and WithBranch say what the label must tell beside the time.
	WithDoctor bool `expr:"-"`
	WithBranch bool `expr:"-"`
}

// Visit is an appointment as scripts see it.
type Visit struct {
	ID         string         `json:"id" expr:"-"`
	Start      MomentValue    `json:"start" expr:"start"`
	End        MomentValue    `json:"end" expr:"end"`
	Booked     MomentValue    `json:"booked" expr:"booked"`
	NoShow     *MomentValue   `json:"noshow,omitempty" expr:"noshow"`
	Changed    *MomentValue   `json:"changed,omitempty" expr:"changed"`           // when the clinic booked, moved or cancelled it, and the patient is to know
	Was        *MomentValue   `json:"was,omitempty" expr:"was"`                   // when it was to begin until then, as the patient knows it; nil = they know of none
	Reason     string         `json:"reason,omitempty" expr:"reason" type:"word"` // why it was cancelled
	Service    Service        `json:"service" expr:"service"`
	Doctor     Practitioner   `json:"doctor" expr:"doctor"`
	Doctors    []Practitioner `json:"doctors" expr:"doctors"`
	Branch     Branch         `json:"branch" expr:"branch"`
	Patient    Patient        `json:"patient" expr:"patient"`
	Status     string         `json:"status" expr:"status" type:"pending | booked | arrived | fulfilled | cancelled | noshow | waitlist"`
	Calendar   *channels.File `json:"calendar,omitempty" expr:"calendar"`
	Together   bool           `json:"together,omitempty" expr:"together"`
	Confirmed  bool           `json:"confirmed,omitempty" expr:"confirmed"`
	Feeling    string         `json:"feeling,omitempty" expr:"feeling" type:"word"`
	First      bool           `json:"first,omitempty" expr:"first"`
	TicketOpen bool           `json:"ticket_open,omitempty" expr:"ticket_open"`
	// LastOfSpecialty: no later visit of this patient to the same kind of practitioner.
	LastOfSpecialty bool `json:"last_of_specialty,omitempty" expr:"last_of_specialty"`
}

// Offer is something special for one patient.
type Offer struct {
	ID    string      `json:"id" expr:"-"`
	Title string      `json:"title" expr:"title"`
	Until MomentValue `json:"until" expr:"until"`
}

// Waiting is a place in the waitlist; Slot is set when one was found.
type Waiting struct {
	ID      string       `json:"id" expr:"-"`
	Service Service      `json:"service" expr:"service"`
	Patient Patient      `json:"patient" expr:"patient"`
	Slot    *Slot        `json:"slot,omitempty" expr:"slot"`
	Found   *MomentValue `json:"found,omitempty" expr:"found"`
	Until   *MomentValue `json:"until,omitempty" expr:"until"` // Slot is kept until then
}

// CourseStep is what a doctor has set: one visit of a course of treatment, or a date of prevention.
type CourseStep struct {
	ID         string        `json:"id" expr:"-"`
	Title      string        `json:"title" expr:"title"`
	Due        MomentValue   `json:"due" expr:"due"`
	Service    Service       `json:"service" expr:"service"`
	Doctor     *Practitioner `json:"doctor,omitempty" expr:"doctor"`
	Booked     bool          `json:"booked,omitempty" expr:"booked"` // there is a visit for it, ahead or done
	State      string        `json:"state,omitempty" expr:"state" type:"active | completed | revoked"`
	Number     int           `json:"number,omitempty" expr:"number"`         // in the course, from 1
	Of         int           `json:"of,omitempty" expr:"of"`                 // steps of the course
	Prevention bool          `json:"prevention,omitempty" expr:"prevention"` // no course, but a date of prevention
	Postponed  *MomentValue  `json:"postponed,omitempty" expr:"postponed"`   // the person wants to be asked again then
}

// Flag is a danger sign of triage.yaml.
type Flag struct {
	Name   string `json:"name" expr:"name"`
	Title  string `json:"title" expr:"title"`
	Advice string `json:"advice" expr:"advice"` // in the reader's language
}

// Group is a section of the price list.
type Group struct {
	ID    string `json:"id" expr:"id"`
	Title string `json:"title" expr:"title"`
}

// Price is a line of the price list.
type Price struct {
	Title string     `json:"title" expr:"title"`
	Price MoneyValue `json:"price" expr:"price"`
}

// Review is a place on the web where a patient tells others of the clinic.
type Review struct {
	Name  string `json:"name" expr:"name" type:"word"` // yandex, prodoctorov, 2gis
	Title string `json:"title" expr:"title"`
	URL   string `json:"url" expr:"url"`
}

// Clinic is the clinic's own data in scripts; read-only.
type Clinic struct {
	Name           string       `json:"name" expr:"name"`
	Phone          string       `json:"phone" expr:"phone"`
	EmergencyPhone string       `json:"emergency_phone" expr:"emergency_phone"`
	Site           string       `json:"site,omitempty" expr:"site"`
	Open           bool         `json:"open" expr:"open"`   // now, by the desk's hours
	Opens          *MomentValue `json:"opens" expr:"opens"` // when it opens next
	Branch         Branch       `json:"branch" expr:"branch"`
	Branches       []Branch     `json:"branches" expr:"branches"`
	Checkup        *Service     `json:"checkup,omitempty" expr:"checkup"`
}

// Desk is what the desk promises now.
type Desk struct {
	Promise time.Duration `json:"promise" expr:"promise"` // until a human answers
}

// ConsentDocument is the document that stands behind the consent being asked.
type ConsentDocument struct {
	Kind    string `json:"kind" expr:"kind"`
	Version string `json:"version" expr:"version"`
	URL     string `json:"url" expr:"url"`
}
