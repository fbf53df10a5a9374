package whatsapp

import (
	"context"
	"errors"
	"regexp"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/socket"
)

// errSession is a failure of the session's database; what the library says of it may hold a phone.
var errSession = errors.New("the session's database failed")

const (
	elsewhereFor = 5 * time.Second // another process holds the device, or will
	limitedFor   = time.Minute
	lockedFor    = 24 * time.Hour // WhatsApp does not say how long
)

var (
	answered  = regexp.MustCompile(`^server returned error ([0-9]{3})$`)
	elsewhere = &channels.Error{Kind: channels.Held, Code: "elsewhere", Reason: "the linked device is in another process", RetryAfter: elsewhereFor}
	noDevice  = &channels.Error{Kind: channels.Misconfigured, Code: codeUnlinked, Reason: errUnlinked.Error()}
	notThere  = &channels.Error{Kind: channels.Rejected, Code: "not_on_whatsapp", Reason: "the number is not on WhatsApp"}
	stranger  = &channels.Error{Kind: channels.Rejected, Code: "never_wrote", Reason: "the person has not written to the clinic on WhatsApp"}
)

// codes of refusals that are about more than this try. Others may be tried again.
var codes = map[string]channels.Kind{
	"400": channels.Rejected, "404": channels.Rejected, "405": channels.Rejected, "406": channels.Rejected, "479": channels.Rejected,
	"403": channels.Blocked, "420": channels.Throttled, "429": channels.Throttled,
	codeLocked: channels.Held, // people who are silent may not be written to for a time
}

// refusal is why a message was not taken. The library's own words are left out: they may hold a phone.
func refusal(err error) *channels.Error {
	if e := (*channels.Error)(nil); errors.As(err, &e) {
		copied := *e
		return &copied
	}
	if !errors.Is(err, whatsmeow.ErrServerReturnedError) {
		return lost(err)
	}
	found := answered.FindStringSubmatch(err.Error())
	if found == nil {
		return &channels.Error{Kind: channels.Retry, Code: "server", Reason: "WhatsApp refused the message"}
	}
	e := &channels.Error{Kind: codes[found[1]], Code: found[1], Reason: "WhatsApp refused the message"}
	switch e.Kind {
	case channels.Throttled:
		e.RetryAfter = limitedFor
	case channels.Held:
		e.RetryAfter = lockedFor
	}
	return e
}

// lost is a call that got no answer.
func lost(err error) *channels.Error {
	e := &channels.Error{Kind: channels.Retry, Code: "network", Reason: "no answer from WhatsApp"}
	var disconnected *whatsmeow.DisconnectedError
	switch {
	case errors.Is(err, context.Canceled):
		e.Code = "cancelled"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, whatsmeow.ErrMessageTimedOut), errors.Is(err, whatsmeow.ErrIQTimedOut):
		e.Code = "timeout"
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, socket.ErrDialFailed), errors.As(err, &disconnected):
		e.Code = "disconnected"
	}
	return e
}
