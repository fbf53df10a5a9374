package api

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// Keys are the secrets that an event may be signed with: one, or while it is changed the old and the new.
type Keys []*webhooks.Webhook

const (
	secretPrefix = "whsec_"
	shortest     = 24 // bytes of a secret, as Standard Webhooks has it
	longest      = 64
	tolerance    = 5 * time.Minute // between the sender's clock and ours
)

// ParseKeys reads secrets, by commas: whsec_ and 24 to 64 bytes in base64. Its error does not repeat them.
func ParseKeys(list string) (Keys, error) {
	var keys Keys
	for secret := range strings.SplitSeq(list, ",") {
		encoded, ok := strings.CutPrefix(strings.TrimSpace(secret), secretPrefix)
		key, err := base64.StdEncoding.DecodeString(encoded)
		if !ok || err != nil || len(key) < shortest || len(key) > longest {
			return nil, errors.New("not whsec_ and 24 to 64 bytes in base64")
		}
		hook, err := webhooks.NewWebhookRaw(key)
		if err != nil {
			return nil, errors.New("not a secret of Standard Webhooks")
		}
		keys = append(keys, hook)
	}
	return keys, nil
}

// verify holds that the body was signed with one of the keys, a moment ago.
func (k Keys) verify(body []byte, h http.Header, now time.Time) *problem {
	sent, err := strconv.ParseInt(h.Get(webhooks.HeaderWebhookTimestamp), 10, 64)
	if err != nil {
		return unsigned("webhook-timestamp is not a number of seconds since 1970")
	}
	if age := now.Sub(time.Unix(sent, 0)); age > tolerance || age < -tolerance {
		return unsigned("webhook-timestamp is more than five minutes away from our clock; sign each try anew")
	}
	for _, key := range k {
		if key.VerifyIgnoringTimestamp(body, h) == nil { // its own look at the time goes by the machine's clock
			return nil
		}
	}
	return unsigned("webhook-signature does not fit webhook-id, webhook-timestamp and the body as it was sent")
}

func unsigned(detail string) *problem {
	return &problem{Status: http.StatusUnauthorized, Code: "signature", Title: "The event is not signed with our secret.", Detail: detail}
}
