package telegram

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"careline/channels"
)

// topic is one of a room as it was last seen.
type topic struct {
	thread int    // Telegram's id; 0 = there is none
	title  string // a mark of its title, which may name a person
	state  topicState
}

type topicState string

const (
	topicNew    topicState = "new" // nothing is shown in it yet
	topicOpen   topicState = "open"
	topicClosed topicState = "closed"
)

// topicKept is how long a closed topic is remembered after its last change.
const topicKept = 400 * 24 * time.Hour

func topicName(room, key string) string { return "topic " + room + " " + key }

func threadName(room string, thread int) string { return "thread " + room + " " + strconv.Itoa(thread) }

// topicOf is what is known of the topic with a key.
func (t *Telegram) topicOf(ctx context.Context, room, key string) (at topic, err error) {
	value, err := t.options.Memory.Recall(ctx, topicName(room, key))
	if err != nil || value == "" {
		return at, forgotten(err)
	}
	if _, err := fmt.Sscan(value, &at.thread, &at.title, &at.state); err != nil {
		return topic{}, nil // nobody but us writes there; it is made anew
	}
	return at, nil
}

// keyOf is the key of a topic; empty = it is none of ours.
func (t *Telegram) keyOf(ctx context.Context, room string, thread int) (string, error) {
	key, err := t.options.Memory.Recall(ctx, threadName(room, thread))
	return key, forgotten(err)
}

// remember keeps how a topic stands. Its key is first: what is written in it must find it.
func (t *Telegram) remember(ctx context.Context, room, key string, at topic) error {
	var until time.Time
	if at.state == topicClosed {
		until = t.options.Now().Add(topicKept)
	}
	if err := t.options.Memory.Remember(ctx, threadName(room, at.thread), key, until); err != nil {
		return forgotten(err)
	}
	value := fmt.Sprint(at.thread, " ", at.title, " ", at.state)
	return forgotten(t.options.Memory.Remember(ctx, topicName(room, key), value, until))
}

// forget a topic that is no more.
func (t *Telegram) forget(ctx context.Context, room, key string, at topic) error {
	if err := t.options.Memory.Remember(ctx, topicName(room, key), "", time.Time{}); err != nil {
		return forgotten(err)
	}
	return forgotten(t.options.Memory.Remember(ctx, threadName(room, at.thread), "", time.Time{}))
}

// forgotten is that our own memory does not answer, which passes.
func forgotten(err error) error {
	if err == nil {
		return nil
	}
	return &channels.Error{Kind: channels.Retry, Code: "memory", Reason: "what is known of topics cannot be read or written"}
}

// mark tells titles of one topic apart.
func mark(key, title string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key + " " + title)) // never fails
	return strconv.FormatUint(uint64(h.Sum32()), 16)
}

// addressed is the topic in which a message was said to all who read there; 0 = in none, or to a colleague.
func (t *Telegram) addressed(m *message) int {
	if m.ReplyTo != nil && m.ReplyTo.ID != m.topic() && m.ReplyTo.From.ID != t.self() {
		return 0
	}
	return m.topic()
}

// topic in which a message stands. In other groups, and in General, threads are only replies.
func (m *message) topic() int {
	if !m.InTopic {
		return 0
	}
	return m.Thread
}

// turned is what somebody did to the topic; our own doings are no news.
func (m *message) turned() channels.Turned {
	switch {
	case m.From == nil || m.From.IsBot && m.SenderChat == nil:
		return ""
	case m.Closed != nil:
		return channels.TopicClosed
	case m.Reopened != nil:
		return channels.TopicReopened
	}
	return ""
}
