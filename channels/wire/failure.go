package wire

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"careline/channels"
)

// Broken is an answer that is none: HTML of a proxy, half a body, nothing.
func Broken(code, what string) error {
	return &channels.Error{Kind: channels.Retry, Code: code, Reason: what}
}

// Unreached is a call that got no answer. The err of a transport, unlike a client's, does not hold the address, which
// may have a token in it.
func Unreached(err error) error {
	code := "network"
	if errors.Is(err, context.DeadlineExceeded) {
		code = "timeout"
	} else if errors.Is(err, context.Canceled) {
		code = "cancelled"
	}
	return &channels.Error{Kind: channels.Retry, Code: code, Reason: Reason(err.Error())}
}

const longestReason = 200 // bytes

var quoted = regexp.MustCompile(`(^|\s)(["']).*["']`)

// Reason leaves out what the network quotes, which may be a patient's, and cuts what is long.
func Reason(s string) string {
	s = strings.ToValidUTF8(quoted.ReplaceAllString(s, "$1…"), "")
	if len(s) > longestReason {
		s = strings.ToValidUTF8(s[:longestReason], "") + "…"
	}
	return s
}

// CodeOf is the network's code of a failure, or empty.
func CodeOf(err error) string {
	var e *channels.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
