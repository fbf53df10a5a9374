package vk

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

// failure is what went wrong with a call, as a *channels.Error that holds neither the address of the call nor what was
// sent.
func failure(err error) error {
	var (
		known   *channels.Error
		refused *api.Error
		odd     *api.InvalidContentType
		syntax  *json.SyntaxError
		kind    *json.UnmarshalTypeError
		way     *url.Error
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		return refusal(int(refused.Code), refused.Message)
	case errors.As(err, &odd), errors.As(err, &syntax), errors.As(err, &kind):
		return wire.Broken("answer", "not an answer of the VK API")
	case errors.As(err, &way):
		return wire.Unreached(way.Err)
	}
	return wire.Unreached(err)
}

// rests are how long a refusal that asks for patience asks for it.
var rests = map[int]time.Duration{
	int(api.ErrTooMany):   time.Second,
	int(api.ErrFlood):     5 * time.Second,
	int(api.ErrRateLimit): time.Minute,
	int(api.ErrCaptcha):   time.Minute, // somebody has to look at the community, and until then more calls make it worse
}

var kinds = map[int]channels.Kind{
	int(api.ErrUnknown): channels.Retry, int(api.ErrServer): channels.Retry, int(api.ErrExecutionTimeout): channels.Retry, temporarilyOff: channels.Retry,

	int(api.ErrPermission): channels.Blocked, int(api.ErrUserDeleted): channels.Blocked, int(api.ErrMessagesUserBlocked): channels.Blocked,
	int(api.ErrMessagesDenySend): channels.Blocked, int(api.ErrMessagesPrivacy): channels.Blocked, int(api.ErrMessagesContactNotFound): channels.Blocked,
	int(api.ErrMessagesReplyTimedOut): channels.Blocked, // until they write

	int(api.ErrSignature): channels.Misconfigured, int(api.ErrAuth): channels.Misconfigured, int(api.ErrAccess): channels.Misconfigured,
	int(api.ErrMethodPermission): channels.Misconfigured, int(api.ErrGroupAuth): channels.Misconfigured, int(api.ErrAppAuth): channels.Misconfigured,
	int(api.ErrClientVersionDeprecated): channels.Misconfigured, int(api.ErrIPNotAllowed): channels.Misconfigured,
	int(api.ErrMessagesChatBotFeature): channels.Misconfigured,
}

// temporarilyOff is «this section is temporarily unavailable».
const temporarilyOff = 43

// refusal is what the network said no with.
func refusal(code int, message string) error {
	e := &channels.Error{Kind: channels.Rejected, Code: strconv.Itoa(code), Reason: wire.Reason(message)}
	if rest, ok := rests[code]; ok {
		e.Kind, e.RetryAfter = channels.Throttled, rest
	} else if kind, ok := kinds[code]; ok {
		e.Kind = kind
	}
	return e
}

// refusedWith tells whether err is a refusal with one of the codes.
func refusedWith(err error, codes ...api.ErrorType) bool {
	code := wire.CodeOf(err)
	for _, c := range codes {
		if code == strconv.Itoa(int(c)) {
			return true
		}
	}
	return false
}
