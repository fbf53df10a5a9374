package telegramtest

import (
	"encoding/json"
	"slices"
	"strconv"
)

// update is one thing that happened, until the bot confirms it.
type update struct {
	id    int64
	chat  int64
	body  []byte
	again bool // brought in the next answer whatever the offset says
}

// queue is what the bot has not confirmed.
type queue struct {
	list    []update // by id, but for those injected
	kinds   []string // allowed_updates; nil = the usual ones
	asked   chan struct{}
	first   bool
	poll    *poll
	offset  pollOffset
	brought map[int64]int
}

// push adds an update of one kind for the chat. An update of a kind that the bot does not want is dropped.
func (s *Server) push(chatID int64, kind string, what any) int64 {
	s.ids.update++
	id := s.ids.update
	if s.updates.kinds != nil && !slices.Contains(s.updates.kinds, kind) {
		return id
	}
	inner, err := json.Marshal(what)
	if err != nil {
		panic(err) // updates are our own types
	}
	body := append([]byte(`{"update_id":`), strconv.FormatInt(id, 10)...)
	body = append(append(body, `,"`+kind+`":`...), inner...)
	u := update{id: id, chat: chatID, body: append(body, '}')}
	s.enqueue(u)
	if s.faults.Again > 0 && s.faults.roll(hash("again"), uint64(id)) < s.faults.Again {
		u.again = true
		u.chat++ // another connection of a webhook
		s.enqueue(u)
	}
	return id
}

func (s *Server) enqueue(u update) {
	if s.hook.url != "" {
		s.hook.add(u)
		return
	}
	s.updates.list = append(s.updates.list, u)
	s.wake()
}

// Inject brings a raw update of any kind. Without an update_id it gets the next one; with one it keeps it, and is
// brought even if that was confirmed long ago: so updates are repeated and come out of order.
func (s *Server) Inject(raw string) (id int64, err error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &fields); err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := update{again: true}
	if given, has := fields["update_id"]; has {
		if err := json.Unmarshal(given, &u.id); err != nil {
			return 0, err
		}
	} else {
		s.ids.update++
		u.id = s.ids.update
		fields["update_id"] = []byte(strconv.FormatInt(u.id, 10))
	}
	if u.body, err = json.Marshal(fields); err != nil {
		return 0, err
	}
	s.enqueue(u)
	return u.id, nil
}

// Pending counts the updates that the bot has not confirmed.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates.list) + s.hook.pending()
}

// Brought counts the times an update was given to the bot: more than once is a redelivery.
func (s *Server) Brought(id int64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.updates.brought[id]
}

func (q *queue) bring(id int64) {
	if q.brought == nil {
		q.brought = map[int64]int{}
	}
	q.brought[id]++
}

// Asked is closed at the bot's first getUpdates or setWebhook.
func (s *Server) Asked() <-chan struct{} { return s.updates.asked }

func (q *queue) ask() {
	if !q.first {
		q.first = true
		close(q.asked)
	}
}

// take confirms what is below the offset and returns what the answer holds.
func (q *queue) take(offset int64, limit int) []json.RawMessage {
	q.list = slices.DeleteFunc(q.list, func(u update) bool { return !u.again && u.id < offset })
	out := make([]json.RawMessage, 0, min(limit, len(q.list)))
	for i := range q.list {
		if len(out) == limit {
			break
		}
		u := &q.list[i]
		q.bring(u.id)
		u.again = false
		out = append(out, u.body)
	}
	return out
}
