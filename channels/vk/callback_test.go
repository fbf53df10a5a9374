package vk_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

// event is a request as VK makes it.
func event(kind, secret, object string) string {
	return fmt.Sprintf(`{"type":%q,"group_id":%d,"event_id":"e1","v":"5.131","secret":%q,"object":%s}`, kind, vktest.GroupID, secret, object)
}

const letter = `{"message":{"id":812,"date":1790000000,"peer_id":42,"from_id":42,"text":"Здравствуйте","conversation_message_id":5,"attachments":[],"fwd_messages":[]},"client_info":{"button_actions":["text","callback"],"keyboard":true,"inline_keyboard":true,"carousel":true,"lang_id":0}}`

func request(body io.Reader) *http.Request { return httptest.NewRequest(http.MethodPost, "/vk/", body) }

func (s *stage) answers(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestTheCallbackKnowsVK(t *testing.T) {
	s := open(t, hooked)
	confirm := fmt.Sprintf(`{"type":"confirmation","group_id":%d}`, vktest.GroupID)
	for name, c := range map[string]struct {
		body string
		code int
		want string
	}{
		"asks who is there":               {confirm, 200, vktest.Confirmation},
		"asks again":                      {confirm, 200, vktest.Confirmation},
		"asks with the secret":            {event("confirmation", secret, "{}"), 200, vktest.Confirmation},
		"asks with another secret":        {event("confirmation", "other", "{}"), 403, ""},
		"asks for another community":      {`{"type":"confirmation","group_id":5}`, 403, ""},
		"a message with another secret":   {event("message_new", "other", letter), 403, ""},
		"a message without a secret":      {event("message_new", "", letter), 403, ""},
		"a message for another community": {strings.Replace(event("message_new", secret, letter), fmt.Sprint(vktest.GroupID), "5", 1), 403, ""},
		"an unknown kind":                 {event("something_new", secret, "{}"), 200, "ok"},
		"a broken object":                 {event("message_new", secret, `"x"`), 200, "ok"},
		"no JSON":                         {"{", 400, ""},
		"nothing":                         {"", 400, ""},
		"too much":                        {event("message_new", secret, `"`+strings.Repeat("а", 1<<20)+`"`), 413, ""},
	} {
		w := s.answers(request(strings.NewReader(c.body)))
		if w.Code != c.code || c.want != "" && w.Body.String() != c.want {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
	}
	if got := s.clinic.stored(); len(got) > 0 {
		t.Errorf("stored %+v", got)
	}
	if w := s.answers(httptest.NewRequest(http.MethodGet, "/vk/", nil)); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered %d", w.Code)
	}
	if w := s.answers(httptest.NewRequest(http.MethodPost, "/vk/x", strings.NewReader(confirm))); w.Code != http.StatusNotFound {
		t.Errorf("another path is answered %d", w.Code)
	}
}

func TestTheCallbackSaysOKAfterStoring(t *testing.T) {
	s := open(t, hooked)
	s.clinic.refuse = 1
	for i, want := range []int{503, 200, 200} { // the third time it is known
		if w := s.answers(request(strings.NewReader(event("message_new", secret, letter)))); w.Code != want || want == 200 && w.Body.String() != "ok" {
			t.Errorf("try %d is answered %d %q", i, w.Code, w.Body)
		}
	}
	if got := s.clinic.stored(); len(got) != 1 || got[0].ID != "new:42:5" {
		t.Errorf("stored %+v", got)
	}
}

func TestTheCallbackWithoutARun(t *testing.T) {
	s := build(t, hooked)
	if w := s.answers(request(strings.NewReader(event("message_new", secret, letter)))); w.Code != http.StatusServiceUnavailable {
		t.Errorf("answered %d", w.Code)
	}
	poll := build(t)
	if w := poll.answers(request(strings.NewReader(event("message_new", secret, letter)))); w.Code != http.StatusNotFound {
		t.Errorf("a channel that polls answers %d", w.Code)
	}
	if s.Single() || !poll.Single() {
		t.Error("one process of all may poll, every one may serve")
	}
}

func TestCallbacksComeTwiceAndOutOfOrder(t *testing.T) {
	s := open(t, hooked)
	s.server.SetFaults(vktest.Faults{Again: .5, OutOfOrder: .2, ServerError: .2, Reset: .1, Seed: 3})
	s.clinic.mu.Lock()
	s.clinic.refuse = 5
	s.clinic.mu.Unlock()
	p := s.server.Person(vktest.User{})
	for i := range 30 {
		p.Write(fmt.Sprint(i))
	}
	s.hears(t, 30)
}

func TestAPressByCallbackStopsSpinning(t *testing.T) {
	s := open(t, hooked)
	p := s.server.Person(vktest.User{})
	payload, _ := json.Marshal(map[string]string{"careline": "q:1"})
	p.PressData(1, string(payload))
	if got := s.hears(t, 1); got[0].Choice != "q:1" {
		t.Errorf("heard %+v", got)
	}
	await(t, "the spinner to stop", func() bool { return s.server.Spinning() == 0 })
}

func TestVKDoesNotKnowTheCallback(t *testing.T) {
	s := build(t, hooked)
	go func() { _ = s.Run(t.Context(), s.clinic) }()
	await(t, "advice", func() bool {
		err := s.Healthy(t.Context())
		return err != nil && strings.Contains(err.Error(), "VK does not know the callback")
	})
	if err := s.server.SetCallback(s.web.URL+s.Path(), secret); err != nil {
		t.Fatal(err)
	}
	s.server.Untick("message_event", "message_deny")
	s.watch.pass()
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
	p := s.server.Person(vktest.User{})
	p.Allow("")
	p.Deny()
	s.hears(t, 2)
}

func TestATokenThatMayNotManageIsEnough(t *testing.T) {
	s := build(t, hooked)
	s.server.FailNext("groups.getCallbackServers", 1, vktest.NoRight)
	s.run(t)
	s.server.Person(vktest.User{}).Write("слышно")
	s.hears(t, 1)
	await(t, "a look", func() bool { return len(s.server.Calls("groups.getCallbackServers")) > 0 })
	if err := s.Healthy(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOptionsTellWhatIsWrong(t *testing.T) {
	_, err := vk.New(vk.Options{Token: "to ken", Mode: vk.Callback, Secret: "с", API: "ftp://x", Public: "host"})
	for _, want := range []string{"token", "group id", "address of the VK API", "secret", "confirmation", "this server's address", "words"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("nothing is said of the %s: %v", want, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "to ken") {
		t.Error("the error holds the token")
	}
}

func TestVKCannotReachTheCallback(t *testing.T) {
	s := open(t, hooked)
	s.watch.pass() // the first look may have come before VK knew of us
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
	s.clinic.mu.Lock()
	s.clinic.refuse = 1 << 30
	s.clinic.mu.Unlock()
	s.server.Person(vktest.User{}).Write("не сохраняется")
	await(t, "a failure", func() bool { return s.log.holds("vk event was not stored") })
	await(t, "advice", func() bool {
		s.watch.passIfLong() // VK may count the failure after we told of it
		err := s.Healthy(t.Context())
		return err != nil && strings.Contains(err.Error(), "VK cannot reach the callback")
	})
}

func TestSomebodyHasToTickTheCallbacksEvents(t *testing.T) {
	s := build(t, hooked)
	s.run(t)
	s.server.Untick("message_event")
	s.server.FailNext("groups.setCallbackSettings", 1, vktest.NoRight)
	await(t, "advice", func() bool {
		s.watch.passIfLong()
		err := s.Healthy(t.Context())
		return err != nil && strings.HasSuffix(err.Error(), "tick message_event")
	})
}
