package whatsapp

import (
	"strconv"
	"strings"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// What keeps all messages, in and out.
const (
	codeUnlinked = "unlinked"
	codeReplaced = "replaced"
	codeBanned   = "banned"
	codeOutdated = "outdated"
	codeRefused  = "refused"
	codeGone     = "given_up"
)

// codeLocked is the network's: people who are silent may not be written to for a time.
const codeLocked = "463"

// What a channel's memory holds.
const (
	memoryBan     = "ban"
	memoryLocked  = "locked"
	memoryLinking = "linking"
)

const (
	refusedPause = 10 * time.Minute
	longBan      = 24 * time.Hour // where WhatsApp does not say how long
)

// trouble is why nothing can be sent or received, and what to do about it.
type trouble struct {
	code   string
	advice string
	reason string    // the network's code
	until  time.Time // zero = until somebody acts
	device types.JID // which was refused
}

func (t *trouble) left(now time.Time) time.Duration {
	if t == nil {
		return 0
	}
	return t.until.Sub(now)
}

// failure is what Send says to it.
func (t *trouble) failure(now time.Time) *channels.Error {
	return &channels.Error{Kind: channels.Misconfigured, Code: t.code, Reason: t.advice, RetryAfter: max(0, t.left(now))}
}

// troubleOf tells what an event means for the device; nil = nothing of the kind.
func troubleOf(event any, now time.Time) *trouble {
	switch e := event.(type) {
	case *events.LoggedOut:
		return unlinkedBy(e.Reason)
	case *events.StreamReplaced:
		return &trouble{code: codeReplaced, advice: "another program uses the same linked device of WhatsApp: stop it and restart careline, or link again with `careline link whatsapp`"}
	case *events.TemporaryBan:
		if e.Expire <= 0 {
			e.Expire = longBan
		}
		return banned(strconv.Itoa(int(e.Code)), now.Add(e.Expire))
	case *events.ClientOutdated:
		return &trouble{code: codeOutdated, reason: "405", advice: "WhatsApp refuses this version of careline's client (405): update careline"}
	case *events.CATRefreshError:
		return &trouble{code: codeRefused, reason: "413", advice: "WhatsApp refuses the client's token (413): update careline"}
	case *events.ConnectFailure:
		n := strconv.Itoa(int(e.Reason))
		return &trouble{code: codeRefused, reason: n, advice: "WhatsApp refuses the connection (" + n + "): it is tried again; should it last, update careline"}
	}
	return nil
}

func unlinkedBy(reason events.ConnectFailureReason) *trouble {
	t := &trouble{code: codeUnlinked, reason: strconv.Itoa(int(reason))}
	switch reason {
	case events.ConnectFailureMainDeviceGone, events.ConnectFailureUnknownLogout:
		t.advice = "WhatsApp has locked or banned the clinic's account (" + t.reason + "): open WhatsApp on its phone, and when it works there link again with `careline link whatsapp`"
	default:
		t.advice = "the phone has unlinked careline: link it again with `careline link whatsapp`"
	}
	return t
}

// bans are WhatsApp's codes of reasons.
var bans = map[string]string{
	"101": "too many messages to people who do not have the clinic's number in their contacts",
	"102": "too many people have blocked the clinic",
	"103": "too many groups with people who do not have the clinic's number in their contacts",
	"104": "the same message to too many people",
	"106": "too many messages to a broadcast list",
}

func banned(code string, until time.Time) *trouble {
	why := bans[code]
	if why == "" {
		why = "it does not say why"
	}
	return &trouble{code: codeBanned, reason: code, until: until.UTC(), advice: "WhatsApp has banned the clinic's account until " +
		until.UTC().Format(time.RFC3339) + " (" + code + ": " + why + "): write to nobody there until then, and less to those who are silent after it"}
}

// recallBan reads what was remembered; nil = nothing.
func recallBan(said string) *trouble {
	moment, code, _ := strings.Cut(said, " ")
	until, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return nil
	}
	return banned(code, until)
}
