package vk

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"careline/channels"

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
		return broken("answer", "not an answer of the VK API")
	case errors.As(err, &way):
		return unreached(way.Err)
	}
	return unreached(err)
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
	e := &channels.Error{Kind: channels.Rejected, Code: strconv.Itoa(code), Reason: reason(message)}
	if rest, ok := rests[code]; ok {
		e.Kind, e.RetryAfter = channels.Throttled, rest
	} else if kind, ok := kinds[code]; ok {
		e.Kind = kind
	}
	return e
}

// broken is an answer that is none: HTML of a proxy, half a body, nothing.
func broken(code, what string) error {
	return &channels.Error{Kind: channels.Retry, Code: code, Reason: what}
}

// unreached is a call that got no answer.
func unreached(err error) error {
	code := "network"
	if errors.Is(err, context.DeadlineExceeded) {
		code = "timeout"
	} else if errors.Is(err, context.Canceled) {
		code = "cancelled"
	}
	return &channels.Error{Kind: channels.Retry, Code: code, Reason: reason(err.Error())}
}

const longestReason = 200

var quoted = regexp.MustCompile(`(^|\s)(["']).*["']`)

// reason leaves out what the network quotes, which may be a patient's, and cuts what is long.
func reason(s string) string {
	s = strings.ToValidUTF8(quoted.ReplaceAllString(s, "$1…"), "")
	if len(s) > longestReason {
		s = strings.ToValidUTF8(s[:longestReason], "") + "…"
	}
	return s
}

// refusedWith tells whether err is a refusal with one of the codes.
func refusedWith(err error, codes ...api.ErrorType) bool {
	code := codeOf(err)
	for _, c := range codes {
		if code == strconv.Itoa(int(c)) {
			return true
		}
	}
	return false
}

func codeOf(err error) string {
	var e *channels.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
