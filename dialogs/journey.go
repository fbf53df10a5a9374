package dialogs

import (
	"hash/fnv"
	"time"

	"careline/dialogs/source"
)

// Journey is what happens by itself: journey.yaml, language §10.
type Journey struct {
	Polite    Polite
	Tests     map[string]*Test
	Timelines []*Timeline // in the order of the file
}

// Polite is how often and when people may be written to.
type Polite struct {
	Quiet             map[Class]Hours
	Cap               map[Class]Cap
	OneCampaignPerDay bool
	Busy              time.Duration // the person wrote less than this ago: wait
}

// Hours of a day, in minutes after midnight; From may be later than To: the night.
type Hours struct{ From, To int }

// Cap is at most Times messages within Per.
type Cap struct {
	Times int
	Per   time.Duration
}

// Test compares variants by whether Goal, an event, follows Within.
type Test struct {
	Pos      source.Pos
	Name     string
	Variants []string
	Goal     string
	Within   time.Duration
}

// Variant is the one that a patient gets, the same for ever.
func (t *Test) Variant(patient string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(t.Name + "\x00" + patient)) // a hash never fails
	return t.Variants[h.Sum32()%uint32(len(t.Variants))]
}

// Thing is what a timeline is about; the word stands for it in the timeline's expressions.
type Thing string

// The things.
const (
	AboutVisit   Thing = "visit"
	AboutPatient Thing = "patient"
	AboutContact Thing = "contact"
	AboutStep    Thing = "step"   // of a course of treatment
	AboutWait    Thing = "wait"   // a place in the waitlist
	AboutBranch  Thing = "branch" // for what happens every day
)

// Timeline is a rule about a thing. Exactly one of Run, Call, Say, Series is set.
type Timeline struct {
	Pos      source.Pos
	Name     string
	About    Thing
	When     *When            // nil when it is tested
	WhenTest string           // A/B test that chooses the time
	Whens    map[string]*When // variant → time
	If       *Expr            // nil = always
	Until    *Expr            // stops Series and Again; nil = never
	Class    Class
	Together bool          // one run for all things of a contact's local day
	Again    *Again        // nil = once
	Late     time.Duration // how late it may still be sent
	Run      *Call
	Call     *Call
	Say      []*Message
	Series   []Chapter
}

// When is the moment of a timeline: Anchor, shifted by Shift or by the value of By, then on to the first
// At o'clock. Daily has only At.
type When struct {
	Pos    source.Pos
	Source string
	Side   Side
	Shift  time.Duration
	By     *Expr // a length of time, instead of Shift
	Anchor *Expr // a moment
	At     int   // minutes after midnight; -1 = as it comes
}

// Side of the anchor.
type Side string

// The sides.
const (
	Before Side = "before"
	After  Side = "after"
	Exact  Side = "at"
	Daily  Side = "every day"
)

// Again lets a timeline happen Times in all, Every so long.
type Again struct {
	Every time.Duration
	Times int
}

// Chapter of a series: Wait after the one before, then Say.
type Chapter struct {
	Wait time.Duration
	Say  []*Message
}
