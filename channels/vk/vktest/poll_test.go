package vktest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
)

// polled is what a_check answered.
type polled struct {
	Failed  int
	Ts      json.RawMessage
	Updates []struct {
		Type   string
		ID     string `json:"event_id"`
		Group  int64  `json:"group_id"`
		V      string
		Object json.RawMessage
	}
}

func (p polled) types() (types []string) {
	for _, u := range p.Updates {
		types = append(types, u.Type)
	}
	return types
}

func (p polled) ts() string { return strings.Trim(string(p.Ts), `"`) }

// place is where a bot asks for events.
func place(t *testing.T, s *vktest.Server) (server, key, ts string) {
	t.Helper()
	at, err := client(s).GroupsGetLongPollServer(api.Params{"group_id": s.GroupID()})
	if err != nil {
		t.Fatal(err)
	}
	return at.Server, at.Key, at.Ts
}

func poll(t *testing.T, server, key, ts string, wait int) (p polled) {
	t.Helper()
	response, err := http.Get(fmt.Sprintf("%s?act=a_check&key=%s&ts=%s&wait=%d", server, key, ts, wait))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&p); err != nil {
		t.Fatal(err)
	}
	return p
}

// subscribe asks for all kinds of events about messages.
func subscribe(t *testing.T, s *vktest.Server) {
	t.Helper()
	p := api.Params{"group_id": s.GroupID(), "enabled": true, "api_version": "5.131"}
	for _, kind := range []string{"message_new", "message_reply", "message_edit", "message_event", "message_allow", "message_deny"} {
		p[kind] = true
	}
	if _, err := client(s).GroupsSetLongPollSettings(p); err != nil {
		t.Fatal(err)
	}
}

// Events come in order after ts, to everybody who asks, as often as asked.
func TestAnEventIsThereForWhoeverComesBackForIt(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	server, key, ts := place(t, s)
	p := s.Person(vktest.User{})
	p.Write("раз")
	p.Write("два")
	first := poll(t, server, key, ts, 5)
	again := poll(t, server, key, ts, 5)
	if len(first.Updates) != 2 || first.ts() == ts || text(t, first) != text(t, again) {
		t.Errorf("got %+v, then %+v", first, again)
	}
	if u := first.Updates[0]; u.Group != s.GroupID() || u.V != "5.131" || len(u.ID) != 40 || s.Brought(u.ID) != 2 {
		t.Errorf("an event is %+v", u)
	}
	if s.Pending() != 2 {
		t.Errorf("%d pending before anybody came back", s.Pending())
	}
	got := make(chan polled)
	go func() { got <- poll(t, server, key, first.ts(), 25) }()
	<-s.Asked()
	p.Write("три")
	if third := <-got; len(third.Updates) != 1 || s.Pending() != 1 {
		t.Errorf("waited for it: %+v, %d pending", third, s.Pending())
	}
	if none := poll(t, server, key, poll(t, server, key, ts, 0).ts(), 0); len(none.Updates) != 0 || s.Pending() != 0 {
		t.Errorf("there is more: %+v", none)
	}
}

func TestWhatALongPollFailsWith(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	server, key, ts := place(t, s)
	p := s.Person(vktest.User{})
	p.Write("раз")
	for _, c := range []struct {
		name   string
		does   func()
		key    func() string
		ts     func() string
		failed int
	}{
		{"a ts of the future", nil, nil, func() string { return "9999" }, 1},
		{"no ts", nil, nil, func() string { return "" }, 1},
		{"a key of nobody", nil, func() string { return "abc" }, nil, 2},
		{"an old key", s.ExpireKey, nil, nil, 2},
		{"the new key", nil, func() string { _, k, _ := place(t, s); return k }, nil, 0},
		{"a forgotten key", s.ForgetKey, func() string { return key }, nil, 3},
		{"a ts of before", s.ForgetHistory, func() string { _, k, _ := place(t, s); return k }, nil, 1},
		{"the ts of now", nil, func() string { _, k, _ := place(t, s); return k }, func() string { _, _, ts := place(t, s); return ts }, 0},
	} {
		if c.does != nil {
			c.does()
		}
		k, at := key, ts
		if c.key != nil {
			k = c.key()
		}
		if c.ts != nil {
			at = c.ts()
		}
		got := poll(t, server, k, at, 0)
		if got.Failed != c.failed {
			t.Errorf("%s: %+v", c.name, got)
		}
		if quoted := strings.HasPrefix(string(got.Ts), `"`); got.Failed == 1 && quoted || got.Failed == 0 && !quoted {
			t.Errorf("%s: ts is %s", c.name, got.Ts)
		}
	}
}

// A key that expires under a waiting poll ends the wait, and the real client goes on with a new one.
func TestTheRealClientOutlivesItsKey(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	polls(t, s)
	p := s.Person(vktest.User{})
	s.ExpireKey()
	p.Write("привет")
	read(t, p.Seat, "Вы сказали: привет")
	s.SetFaults(vktest.Faults{KeyExpired: 0.5, Seed: 3})
	for range 5 {
		p.Write("ещё")
		read(t, p.Seat, "ещё")
	}
}

// Only what the settings ask for is brought, and nothing while the Long Poll is off.
func TestSettings(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	server, key, ts := place(t, s)
	p.Allow("")
	p.Write("раз")
	subscribe(t, s)
	p.Deny()
	if got := poll(t, server, key, ts, 0).types(); !slices.Equal(got, []string{"message_new", "message_deny"}) {
		t.Errorf("brought %q", got)
	}
	set, err := vk.GroupsGetLongPollSettings(api.Params{"group_id": s.GroupID()})
	if err != nil || !bool(set.IsEnabled) || !bool(set.Events.MessageDeny) || set.APIVersion != "5.131" {
		t.Errorf("settings %+v, %v", set, err)
	}
	s.SetLongPoll(false)
	if _, err := vk.GroupsGetLongPollServer(api.Params{"group_id": s.GroupID()}); code(err) != 100 {
		t.Errorf("turned off: %v", err)
	}
	if _, err := vk.GroupsGetLongPollServer(api.Params{"group_id": 1}); code(err) != 15 {
		t.Errorf("of another community: %v", err)
	}
}

// An event may come twice under its id, and a raw one may be anything.
func TestRepeatedAndRawEvents(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	server, key, ts := place(t, s)
	s.SetFaults(vktest.Faults{Again: 1})
	id := s.Person(vktest.User{}).Write("раз").Update
	s.SetFaults(vktest.Faults{})
	if _, err := s.Inject(`{"type":"like_add","object":{"liker_id":1}}`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Inject(`{"type":"message_new","event_id":"` + id + `"}`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Inject(`нет`); err == nil {
		t.Error("anything was taken for an event")
	}
	got := poll(t, server, key, ts, 0)
	if !slices.Equal(got.types(), []string{"message_new", "message_new", "like_add", "message_new"}) || s.Brought(id) != 3 {
		t.Errorf("brought %q, %d times", got.types(), s.Brought(id))
	}
}

// An answer that is lost on the way was no answer: the events come again.
func TestALostAnswerIsNoAnswer(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	server, key, ts := place(t, s)
	id := s.Person(vktest.User{}).Write("раз").Update
	s.FailNext("a_check", 1, vktest.Half)
	lost := http.Client{Timeout: time.Second, Transport: &http.Transport{}}
	if response, err := lost.Get(server + "?act=a_check&key=" + key + "&ts=" + ts); err == nil {
		if err := json.NewDecoder(response.Body).Decode(new(any)); err == nil {
			t.Error("half an answer was whole")
		}
		_ = response.Body.Close()
	}
	if got := poll(t, server, key, ts, 0); len(got.Updates) != 1 || s.Brought(id) != 2 {
		t.Errorf("got %+v, brought %d times", got, s.Brought(id))
	}
}
