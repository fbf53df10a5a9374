package vktest

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"strconv"
)

// event is one thing that happened, as both ways of delivery tell it.
type event struct {
	Group  int64           `json:"group_id"`
	Type   string          `json:"type"`
	ID     string          `json:"event_id"`
	V      string          `json:"v"`
	Object json.RawMessage `json:"object"`
	Secret string          `json:"secret,omitempty"` // by callback only
	peer   int64
}

// events is what the Long Poll keeps: event number floor+1 is list[0].
type events struct {
	list    []event
	floor   int64
	reached int64 // the newest ts that the bot came back with
	key     int
	lost    int // keys up to this one are answered failed 3
	made    int64
	changed chan struct{}
	asked   chan struct{}
	begun   bool
	brought map[string]int
}

func newEvents() events {
	return events{floor: 1000, reached: 1000, key: 1, changed: make(chan struct{}), asked: make(chan struct{}), brought: map[string]int{}}
}

func (e *events) last() int64 { return e.floor + int64(len(e.list)) }

// push tells the bot what happened with a peer.
func (s *Server) push(peer int64, kind string, what any) string {
	id := s.eventID()
	if !s.polled(kind) && !s.posted(kind) {
		return id
	}
	e := event{Group: s.o.GroupID, Type: kind, ID: id, V: version, Object: encode(what), peer: peer}
	s.enqueue(e)
	if s.faults.Again > 0 && s.faults.roll(hash("again"), hash(id)) < s.faults.Again {
		e.peer = -s.events.made // by another connection
		s.enqueue(e)
	}
	return id
}

func (s *Server) eventID() string {
	s.events.made++
	sum := sha1.Sum([]byte(strconv.FormatInt(s.o.GroupID, 10) + "/" + strconv.FormatInt(s.events.made, 10)))
	return hex.EncodeToString(sum[:])
}

// polled tells whether the Long Poll is to bring such events, posted whether the Callback API is.
func (s *Server) polled(kind string) bool { return s.settings.enabled && s.settings.kinds[kind] }
func (s *Server) posted(kind string) bool { return s.hook.url != "" && !s.hook.off[kind] }

func (s *Server) enqueue(e event) {
	if s.posted(e.Type) {
		s.hook.add(s, delivery{event: e})
	}
	if s.polled(e.Type) {
		s.append(e)
	}
}

func (s *Server) append(e event) {
	s.events.list = append(s.events.list, e)
	close(s.events.changed)
	s.events.changed = make(chan struct{})
}

// Inject brings a raw event of any type, even one that the settings do not ask for. What it leaves out of event_id,
// group_id and v it gets; one with an old event_id is so repeated.
func (s *Server) Inject(raw string) (id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := event{Group: s.o.GroupID, V: version}
	if err := json.Unmarshal([]byte(raw), &e); err != nil {
		return "", err
	}
	if e.ID == "" {
		e.ID = s.eventID()
	}
	if e.Object == nil {
		e.Object = []byte("{}")
	}
	e.Secret, e.peer = "", e.about()
	if s.hook.url != "" {
		s.hook.add(s, delivery{event: e})
	}
	s.append(e)
	return e.ID, nil
}

// about is the peer whose event it is, 0 = nobody's.
func (e *event) about() int64 {
	var o struct {
		Message struct {
			Peer int64 `json:"peer_id"`
		} `json:"message"`
		Peer int64 `json:"peer_id"`
		User int64 `json:"user_id"`
	}
	_ = json.Unmarshal(e.Object, &o) // whatever else it is
	return cmp.Or(o.Message.Peer, o.Peer, o.User)
}

// Pending counts the events that the bot has not taken: by callback those without an «ok», else those after the
// newest ts that it came back with.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return s.hook.pending()
	}
	return int(s.events.last() - s.events.reached)
}

// Brought counts the times an event was given to the bot: more than once is a redelivery.
func (s *Server) Brought(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events.brought[id]
}

// Asked is closed when the bot first asks the Long Poll for events, or first answers the Callback API's confirmation.
func (s *Server) Asked() <-chan struct{} { return s.events.asked }

func (e *events) ask() {
	if !e.begun {
		e.begun = true
		close(e.asked)
	}
}
