package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

// migrated is a refusal because the group became a supergroup, which has another chat id.
type migrated struct{ to int64 }

func (m *migrated) Error() string { return fmt.Sprintf("the group is now the supergroup %d", m.to) }

// refusal is what the network said no with.
func refusal(status int, a *answer) error {
	code := a.ErrorCode
	if code == 0 {
		code = status
	}
	if to := a.Parameters.MigrateToChatID; to != 0 {
		return &migrated{to}
	}
	e := &channels.Error{Kind: kindOf(code, a.Description), Code: strconv.Itoa(code), Reason: wire.Reason(a.Description)}
	if e.Kind == channels.Throttled {
		e.RetryAfter = max(time.Duration(a.Parameters.RetryAfter)*time.Second, time.Second)
	}
	return e
}

// gone is what a 400 says of a chat that takes nothing from us.
var gone = []string{"chat not found", "user not found", "PEER_ID_INVALID", "USER_IS_BLOCKED", "not enough rights", "have no rights"}

// noMethod is a 404 of a Bot API server that is older than what was called; others concern the token.
const noMethod = "method not found"

func kindOf(code int, description string) channels.Kind {
	switch {
	case strings.Contains(description, noMethod):
		return channels.Rejected
	case code == http.StatusTooManyRequests:
		return channels.Throttled
	case code == http.StatusForbidden:
		return channels.Blocked
	case code == http.StatusUnauthorized || code == http.StatusNotFound:
		return channels.Misconfigured
	case code < 400 || code >= 500 || code == http.StatusConflict || code == http.StatusRequestTimeout:
		return channels.Retry
	}
	for _, sign := range gone {
		if strings.Contains(description, sign) {
			return channels.Blocked
		}
	}
	return channels.Rejected
}

// broken is an answer that is none: HTML of a proxy, half a body, nothing.
func broken(status int, what string) error {
	return wire.Broken(strconv.Itoa(status), what)
}

// refusedWith tells whether err is a 400 with one of the texts in it.
func refusedWith(err error, texts ...string) bool {
	var e *channels.Error
	if !errors.As(err, &e) || e.Code != "400" {
		return false
	}
	for _, text := range texts {
		if strings.Contains(e.Reason, text) {
			return true
		}
	}
	return false
}
