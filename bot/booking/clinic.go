// Package booking holds the rules by which a clinic gives its time away: branches, services,
// practitioners and their hours, free slots, holds, visits and the waitlist.
package booking

import (
	"time"

	"careline/channels"
	"careline/dialogs/source"
	"careline/dialogs/words"
)

// Text is a phrase in the clinic's languages: language → words.
type Text map[string]string

// Clinic is careline.yaml, checked. It is immutable and safe for concurrent use.
type Clinic struct {
	Name           Text
	Phone          string // E.164
	EmergencyPhone string // E.164
	Site           string
	Languages      []string // the default first
	Currency       string   // ISO 4217
	Checkup        string   // service that patients are called back to when nothing else is known
	Desk           Desk
	Booking        Rules
	Holidays       []Dates // nobody works on these days but by a line for that very date
	Specialties    []*Specialty
	Sections       []*Section
	Branches       []*Branch // the main one first
	Services       []*Service
	Practitioners  []*Practitioner
	Courses        []*Course
	Consents       []*Document
	Offers         []*Offer
	Channels       Messengers
	// Order is in which of their messengers patients are written to who have not said what they like.
	Order   []string
	Reviews []Turn   // the places where patients are asked to write
	Loyalty *Loyalty // nil = no points
	Replies []*Reply // ready answers of the administrators

	localized map[string]*Localized
}

// Desk is what the administrators promise.
type Desk struct {
	Promise  time.Duration // working time until a human answers
	Alarm    time.Duration // plain time until a red flag is answered
	Callback time.Duration // working time until a call back
	Escalate time.Duration // working time from a missed deadline until the manager hears of it
	Admins   []channels.Address
	Manager  []channels.Address // chats of whoever hears what the administrators have missed
	Reasons  []string           // why a human was needed: those that the desk has words for, or the clinic's own words
	HandOver []Offered          // dialogs to which a human may hand a chat over
	// ShowComplaint lets words about health stand in the administrators' chats.
	ShowComplaint bool
}

// Offered is a dialog that a clinic's data names, and where.
type Offered struct {
	Dialog string
	At     source.Pos
}

// Rules of giving time away.
type Rules struct {
	Step         time.Duration // visits begin every step from the start of a stretch of work
	Lead         time.Duration // not earlier than this from now
	Horizon      time.Duration // not later than this from now
	Hold         time.Duration // how long a chosen time waits for a name and a phone
	SelfService  time.Duration // a patient may move or cancel until this long before the visit
	AcuteRelease time.Duration // times kept for acute patients are open to all this long before
	NearBy       time.Duration // a time this far outside the wished hours is still near
	OfferFor     time.Duration // how long a freed time is offered to one who waits
}

// Specialty of a practitioner.
type Specialty struct {
	ID    string
	Title Text
}

// Section of the price list.
type Section struct {
	ID    string
	Title Text
}

// Branch is a place where patients come.
type Branch struct {
	ID                string
	Title             Text
	Address           Text
	Entrance          Text
	Way               Text
	City              Text
	Place             *channels.Place
	Zone              *time.Location
	Hours             Hours // the door is open and the desk is staffed
	ReviewYandex      string
	ReviewProdoctorov string
	Review2GIS        string
}

// Order in which the parts of a visit follow.
type Order string

// The orders.
const (
	InSequence Order = "sequence" // as written
	AnyOrder   Order = "any"      // one after the other, whoever is free first
	Together   Order = "together" // all begin at once
)

// Service is something the clinic does.
type Service struct {
	ID        string
	Title     Text
	Explain   Text
	Bring     Text
	After     Text
	Section   string
	Price     *Price
	Parts     []Share // at least one
	Order     Order
	Gap       time.Duration // at most so long between two parts
	Tags      []string
	Surgical  bool
	CheckIn   time.Duration // how the treatment worked out is asked so long after; 0 = not asked
	Recall    time.Duration
	RecallTo  string
	RecallWhy Text // why they should come again, in a sentence
	Online    bool // patients book it themselves; otherwise it only stands in the price list
}

// Share is one practitioner's part of a service: any of By does it.
type Share struct {
	By       []*Practitioner
	Duration time.Duration
}

// Duration of the whole service without the gaps.
func (s *Service) Duration() time.Duration {
	var sum time.Duration
	for _, p := range s.Parts {
		if s.Order == Together {
			sum = max(sum, p.Duration)
		} else {
			sum += p.Duration
		}
	}
	return sum
}

// Price in the currency's hundredths; Upto 0 = no upper end.
type Price struct {
	Amount, Upto int64
	From         bool
}

// Practitioner performs services.
type Practitioner struct {
	ID    string
	Name  Text
	About Text
	Photo string // media/…
	// ReviewProdoctorov is the practitioner's own page; empty = the branch's.
	ReviewProdoctorov string
	Specialties       []string
	Works             map[string]*Hours // branch → when
	Off               []Dates
	Acute             Hours // kept for acute patients

	only []string // services, of those of the specialties; empty = all
}

// Dates is days of the calendar, both included.
type Dates struct{ From, To words.Date }

// Has reports whether the day is one of them.
func (d Dates) Has(day words.Date) bool { return d.From <= day && day <= d.To }

// Document stands behind a consent.
type Document struct {
	Kind    string // personal, health, advertising
	Version string
	URL     Text
	Words   Text // the text itself, when it is not kept on a site
}

// IsOurs tells that people read it on our own page.
func (d *Document) IsOurs() bool { return len(d.URL) == 0 }

// Offer is something special that a campaign may promise.
type Offer struct {
	ID       string
	Title    Text
	Kind     string   // what it is for: recall, reactivation, …
	Services []string // empty = all
	Valid    time.Duration
}

// Service by its id; nil when there is none.
func (c *Clinic) Service(id string) *Service { return byID(c.Services, id) }

// Branch by its id; nil when there is none.
func (c *Clinic) Branch(id string) *Branch { return byID(c.Branches, id) }

// Practitioner by its id; nil when there is none.
func (c *Clinic) Practitioner(id string) *Practitioner { return byID(c.Practitioners, id) }

// Course by its id; nil when there is none.
func (c *Clinic) Course(id string) *Course { return byID(c.Courses, id) }

// Consent is the document behind a kind of consent; nil when there is none.
func (c *Clinic) Consent(kind string) *Document { return byID(c.Consents, kind) }

// ServiceIDs are the services that scripts may name.
func (c *Clinic) ServiceIDs() []string {
	ids := make([]string, len(c.Services))
	for i, s := range c.Services {
		ids[i] = s.ID
	}
	return ids
}

type identified interface{ id() string }

func (s *Service) id() string      { return s.ID }
func (b *Branch) id() string       { return b.ID }
func (p *Practitioner) id() string { return p.ID }
func (s *Specialty) id() string    { return s.ID }
func (d *Document) id() string     { return d.Kind }
func (c *Course) id() string       { return c.ID }

func byID[T identified](list []T, id string) T {
	for _, x := range list {
		if x.id() == id {
			return x
		}
	}
	var none T
	return none
}
