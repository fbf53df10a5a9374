package vktest_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
)

// Each fault is what the real client makes of it, and tells whether the message was shown.
func TestEveryFault(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	is := func(want int) func(error) bool { return func(err error) bool { return code(err) == want } }
	strange := func(err error) bool { var e *api.InvalidContentType; return errors.As(err, &e) }
	for _, c := range []struct {
		name  string
		fault vktest.Fault
		is    func(error) bool
		shown int
	}{
		{"6", vktest.Throttled, is(6), 0},
		{"9", vktest.Flooded, is(9), 0},
		{"10", vktest.Internal, is(10), 0},
		{"902", vktest.Refused(902, "Can't send messages to this user due to their privacy settings"), is(902), 0},
		{"500", vktest.ServerError, strange, 0},
		{"a page", vktest.HTML, strange, 0},
		{"reset", vktest.Reset, func(err error) bool { return err != nil }, 0},
		{"half an answer", vktest.Half, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }, 1},
		{"reset after it was shown", vktest.ResetAfter, func(err error) bool { return err != nil }, 1},
	} {
		before := len(p.Shown())
		s.FailNext("messages.send", 1, c.fault)
		send := func() error {
			_, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": c.name, "random_id": 0})
			return err
		}
		if err := send(); err == nil || !c.is(err) {
			t.Errorf("%s: %v", c.name, err)
		}
		if shown := len(p.Shown()) - before; shown != c.shown {
			t.Errorf("%s: shown %d times, want %d", c.name, shown, c.shown)
		}
		if err := send(); err != nil {
			t.Errorf("%s: the call after it: %v", c.name, err)
		}
	}
}

// A server that says nothing keeps the caller until it gives up.
func TestSilence(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	s.FailNext("", 1, vktest.Silence)
	impatient := http.Client{Timeout: 20 * time.Millisecond}
	if answer, err := impatient.Get(s.URL() + "/users.get?v=5.131&access_token=" + url.QueryEscape(s.Token())); err == nil {
		_ = answer.Body.Close()
		t.Error("it was answered")
	}
}

// The same seed has the same luck, and about as much of it as was asked for.
func TestTheDiceAreSeeded(t *testing.T) {
	luck := func(seed uint64) string {
		s := vktest.Start(t, vktest.Options{})
		vk, p := client(s), s.Person(vktest.User{ID: 77})
		p.Start()
		s.SetFaults(vktest.Faults{Flooded: 0.2, Internal: 0.2, Seed: seed})
		var codes strings.Builder
		for range 100 {
			_, err := vk.MessagesSend(api.Params{"peer_id": 77, "message": "да", "random_id": 0})
			codes.WriteByte("0123456789X"[code(err)])
		}
		return codes.String()
	}
	first, again, other := luck(1), luck(1), luck(2)
	if first != again || first == other {
		t.Errorf("seed 1: %s and %s, seed 2: %s", first, again, other)
	}
	for _, code := range []string{"9", "X"} {
		if n := strings.Count(first, code); n < 8 || n > 35 {
			t.Errorf("%d of 100 calls failed with %s, asked for 20", n, code)
		}
	}
}

// Tokens, versions and methods that VK does not know.
func TestWhoIsNotLetIn(t *testing.T) {
	s, err := vktest.New(vktest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	ask := func(method string, values url.Values) string {
		response, err := http.PostForm(s.URL()+"/"+method, values)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	good := s.Token()
	for _, c := range []struct{ token, v, method, want string }{
		{"", "5.131", "users.get", `"error_code":5`},
		{"wrong", "5.131", "users.get", `"error_code":5`},
		{good, "", "users.get", `"error_code":8`},
		{good, "5.101", "users.get", `"error_code":8`},
		{good, "5.199", "users.get", `"response":[]`},
		{good, "5.131", "friends.get", `"error_code":3`},
	} {
		got := ask(c.method, url.Values{"access_token": {c.token}, "v": {c.v}})
		if !strings.Contains(got, c.want) || strings.Contains(got, good) {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if strange := s.Unhandled(); len(strange) != 1 || strange[0] != "friends.get" {
		t.Errorf("unhandled %q", strange)
	}
	s.Revoke()
	if _, err := client(s).UsersGet(api.Params{}); code(err) != 5 {
		t.Errorf("revoked: %v", err)
	}
	s.Allow()
	if _, err := client(s).UsersGet(api.Params{}); err != nil {
		t.Errorf("allowed: %v", err)
	}
}

// Who calls too fast is refused, whatever he calls, and who packs is not.
func TestFloodsAreRefusedAndCounted(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := vktest.Start(t, vktest.Options{Now: func() time.Time { return now }, Floods: vktest.Floods{PerSecond: 20}})
	vk := client(s)
	people := make([]*vktest.Person, 30)
	for i := range people {
		people[i] = s.Person(vktest.User{})
		people[i].Start()
	}
	call := func(n int) (ok int) {
		for range n {
			if _, err := vk.GroupsGetByID(nil); err == nil {
				ok++
			}
		}
		return ok
	}
	if ok := call(10); ok != 10 {
		t.Errorf("%d of 10", ok)
	}
	now = now.Add(700 * time.Millisecond)
	if ok := call(15); ok != 10 {
		t.Errorf("%d of 15 more within the second", ok)
	}
	now = now.Add(300 * time.Millisecond)
	if ok := call(15); ok != 10 {
		t.Errorf("%d of 15 when the first ten were a second ago", ok)
	}
	now = now.Add(time.Second)
	script := make([]string, 25)
	for i := range script {
		script[i] = sending(people[i].ChatID(), "да")
	}
	if err := vk.Execute("return ["+strings.Join(script, ",")+"];", new(any)); err != nil {
		t.Error(err)
	}
	if ok := call(20); ok != 19 {
		t.Errorf("%d of 20 beside one execute", ok)
	}
	if n := s.Violations(); n != 5+5+1 {
		t.Errorf("%d violations", n)
	}
	s.SetFloods(vktest.Floods{PerPeer: 1, Burst: 3})
	sent := 0
	for range 5 {
		if _, err := vk.MessagesSend(api.Params{"peer_id": people[0].ChatID(), "message": "да", "random_id": 0}); err == nil {
			sent++
		} else if code(err) != 9 {
			t.Error(err)
		}
	}
	if sent != 3 {
		t.Errorf("%d to one person at once", sent)
	}
}
