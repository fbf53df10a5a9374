package whatsapp

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"careline/channels"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// option of a poll, as it is remembered.
type option struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

// poll asks by a poll of which one option may be picked, and remembers what the options mean. A vote names them by
// their hashes only.
func (l *line) poll(ctx context.Context, id types.MessageID, s channels.Shown) (*waE2E.Message, error) {
	options, labels := make([]option, len(s.Poll)), make([]string, len(s.Poll))
	for i, b := range s.Poll {
		options[i], labels[i] = option{b.Label, b.Data}, b.Label
	}
	kept, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("writing a poll's options: %w", err)
	}
	if err := l.options.Memory.Remember(ctx, "poll "+id, string(kept), l.options.Now().Add(pollsLast)); err != nil {
		return nil, fmt.Errorf("remembering a poll: %w", err)
	}
	m := l.client.BuildPollCreation(s.Text, labels, 1)
	m.MessageContextInfo = &waE2E.MessageContextInfo{MessageSecret: l.secret(id)}
	return m, nil
}

// secret encrypts the votes. It is the same when the poll is sent again, for the phone keeps the first that it saw.
func (l *line) secret(id types.MessageID) []byte {
	mac := hmac.New(sha256.New, l.key[:])
	mac.Write([]byte("poll " + id))
	return mac.Sum(nil)
}

// vote is an answer to a poll of ours; nil when it was withdrawn, or answers another's.
func (l *line) vote(ctx context.Context, e *events.Message, in channels.Incoming) (*channels.Incoming, error) {
	poll := e.Message.GetPollUpdateMessage().GetPollCreationMessageKey().GetID()
	kept, err := l.options.Memory.Recall(ctx, "poll "+poll)
	if err != nil {
		return nil, fmt.Errorf("recalling a poll: %w", err)
	}
	var options []option
	if kept == "" || json.Unmarshal([]byte(kept), &options) != nil || e.Info.IsFromMe {
		return nil, nil
	}
	vote, err := l.client.DecryptPollVote(ctx, e)
	if err != nil {
		in.Other = unreadable
		return &in, nil
	}
	for _, o := range options {
		hash := sha256.Sum256([]byte(o.Label))
		for _, picked := range vote.GetSelectedOptions() {
			if string(picked) == string(hash[:]) {
				in.Text, in.Choice, in.ReplyTo = o.Label, o.Data, poll
				return &in, nil
			}
		}
	}
	return nil, nil
}
