package whatsapptest

import "time"

// Fault is one way in which a request of the client goes wrong.
type Fault struct {
	kind faultKind
	code int
	wait time.Duration
}

type faultKind int

const (
	none faultKind = iota
	refused
	lost
	unanswered
	resetBefore
	resetAfter
	unlinked
)

func (k faultKind) String() string {
	return [...]string{"", "refused", "lost", "unanswered", "reset", "reset-after", "unlinked"}[k]
}

// Refused answers with an error: 429 flood, 463 the account may not write to strangers for a time, and so on.
func Refused(code int) Fault { return Fault{kind: refused, code: code} }

// Late carries out at once, but answers so much later.
func Late(by time.Duration) Fault { return Fault{wait: by} }

// The other ways to fail.
var (
	Lost       = Fault{kind: lost}        // nothing was done and nobody answers
	Unanswered = Fault{kind: unanswered}  // carried out, but the answer is lost; the connection stays
	Reset      = Fault{kind: resetBefore} // the connection ends and nothing was done
	ResetAfter = Fault{kind: resetAfter}  // carried out, but the connection ends without an answer
	Unlinked   = Fault{kind: unlinked}    // the owner unlinks the device at this moment
)
