package vk_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

func TestWhatIsWrittenWhileNobodyListensIsHeard(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.Write("до")
	s.hears(t, 1)
	s.stop()
	p.Write("ночью")
	s.VK = s.another(t, s.options)
	s.run(t)
	p.Write("утром")
	got := s.hears(t, 3)
	if got[1].Text != "ночью" || got[2].Text != "утром" {
		t.Errorf("heard %+v", got)
	}
}

func TestWhatIsWrittenBeforeTheFirstEventIsHeardAfterAStop(t *testing.T) {
	s := open(t)
	s.stop()
	p := s.server.Person(vktest.User{})
	p.Write("ночью")
	s.run(t)
	s.hears(t, 1)
}

func TestAStopBeforeStoringLosesNothing(t *testing.T) {
	s := open(t)
	s.clinic.refuse = 1 << 30
	p := s.server.Person(vktest.User{})
	p.Write("важное")
	await(t, "the clinic to refuse", func() bool { s.clinic.mu.Lock(); defer s.clinic.mu.Unlock(); return s.clinic.tries > 3 })
	if err := s.Healthy(t.Context()); err == nil {
		t.Error("it is healthy while nothing is stored")
	}
	s.stop()
	s.clinic.refuse = 0
	s.run(t)
	s.hears(t, 1)
}

func TestTheKeyOfThePollExpires(t *testing.T) {
	for name, expire := range map[string]func(*vktest.Server){"failed 2": (*vktest.Server).ExpireKey, "failed 3": (*vktest.Server).ForgetKey} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			p := s.server.Person(vktest.User{})
			for _, text := range []string{"раз", "два", "три"} {
				expire(s.server)
				p.Write(text)
			}
			s.hears(t, 3)
		})
	}
}

func TestVKForgetsEvents(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	s.stop()
	p.Write("пропало")
	p.Write("найдено")
	s.server.ForgetHistory()
	s.run(t)
	await(t, "failed 1", func() bool { return s.log.holds("vk has forgotten some of the events") })
	s.hears(t, 1) // else what is looked for is the newer
	p.Write("слышно")
	if got := s.hears(t, 2); got[0].Text != "найдено" || got[1].Text != "слышно" {
		t.Errorf("heard %+v", got)
	}
}

func TestWhatWasHeardOrAnsweredIsNotFoundAgain(t *testing.T) {
	s := open(t)
	heard, answered, missed := s.server.Person(vktest.User{}), s.server.Person(vktest.User{}), s.server.Person(vktest.User{})
	heard.Write("раз")
	answered.Write("два")
	s.hears(t, 2)
	s.stop()
	missed.Write("три")
	answered.Write("четыре")
	s.send(t, answered.Seat, channels.Outgoing{Key: "k", Text: "Ответили из VK"})
	s.server.ForgetHistory()
	s.run(t)
	await(t, "the conversations", func() bool { return s.log.holds("found=2") }) // the one that was heard is known
	if got := s.hears(t, 3)[2]; got.Text != "три" || got.Profile.Name == "" {
		t.Errorf("found %+v", got)
	}
}

func TestConversationsThatCannotBeAskedForHoldNobodyUp(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.Write("раз")
	s.hears(t, 1)
	s.stop()
	p.Write("пропало")
	s.server.FailNext("messages.getConversations", 9, vktest.NoRight)
	s.server.ForgetHistory()
	s.run(t)
	await(t, "a word about it", func() bool { return s.log.holds("look into the community's messages") })
	p.Write("два")
	s.hears(t, 2)
}

func TestTheMemoryIsAway(t *testing.T) {
	s := build(t)
	s.memory.broken = 3
	s.run(t)
	p := s.server.Person(vktest.User{})
	p.Write("слышно")
	s.hears(t, 1)
}

func TestTheNetworkIsBad(t *testing.T) {
	s := build(t)
	s.server.SetFaults(vktest.Faults{
		Throttled: .1, Internal: .1, ServerError: .1, HTML: .05, Half: .05, Reset: .05, ResetAfter: .05, DropPoll: .1, KeyExpired: .1, Again: .3, Seed: 7,
	})
	s.run(t)
	p := s.server.Person(vktest.User{})
	for i := range 40 {
		p.Write(strings.Repeat("а", i+1))
	}
	for i, m := range s.hears(t, 40) {
		if len([]rune(m.Text)) != i+1 {
			t.Fatalf("message %d is %q", i, m.Text)
		}
	}
}

func TestEventsAreTickedAtTheStart(t *testing.T) {
	s := build(t)
	s.server.SetLongPoll(false)
	s.run(t)
	p := s.talking()
	p.Deny()
	s.hears(t, 2)
	if s.Healthy(t.Context()) != nil {
		t.Errorf("it is not healthy: %v", s.Healthy(t.Context()))
	}
}

func TestSomebodyHasToTickThem(t *testing.T) {
	s := build(t)
	s.server.FailNext("groups.setLongPollSettings", 1, vktest.NoRight)
	s.run(t)
	err := s.Healthy(t.Context())
	if err == nil || !strings.Contains(err.Error(), "message_event") || strings.Contains(err.Error(), "message_new") {
		t.Errorf("the advice is: %v", err)
	}
	s.watch.advance(2 * time.Minute) // somebody gives the right
	s.server.Person(vktest.User{}).Write("слышно")
	s.hears(t, 1)
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

func TestTheLongPollIsSwitchedOff(t *testing.T) {
	s := build(t)
	s.server.SetLongPoll(false)
	s.server.FailNext("groups.setLongPollSettings", 1, vktest.NoRight)
	go func() { _ = s.Run(t.Context(), s.clinic) }()
	await(t, "advice", func() bool { return s.log.holds("switch it on in Управление") })
	await(t, "trouble", func() bool {
		err := s.Healthy(t.Context())
		return err != nil && strings.Contains(err.Error(), "switch it on") && strings.Contains(err.Error(), "100")
	})
	s.server.SetLongPoll(true)
	s.watch.advance(2 * time.Minute)
	s.watch.pass()
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

func TestATokenIsRevoked(t *testing.T) {
	s := open(t)
	s.server.Revoke()
	s.server.ExpireKey()
	await(t, "trouble", func() bool { return s.Healthy(t.Context()) != nil })
	if err := s.Healthy(t.Context()); channels.KindOf(err) != channels.Misconfigured || strings.Contains(err.Error(), s.server.Token()) {
		t.Errorf("the advice is: %v", err)
	}
	s.server.Allow()
	s.watch.pass()
	s.server.Person(vktest.User{}).Write("снова")
	s.hears(t, 1)
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("it is not healthy: %v", err)
	}
}

func TestNobodyAnswers(t *testing.T) {
	s := open(t)
	if err := s.Healthy(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.watch.advance(10 * time.Minute)
	if err := s.Healthy(t.Context()); err == nil || !strings.Contains(err.Error(), "check the network") {
		t.Errorf("after ten minutes of silence: %v", err)
	}
}

func TestTheTokenIsAnotherCommunitys(t *testing.T) {
	s := build(t, func(o *vk.Options) { o.GroupID = 77 })
	s.Introduce(t.Context())
	if err := s.Healthy(t.Context()); err == nil || !strings.Contains(err.Error(), "of community") {
		t.Errorf("the advice is: %v", err)
	}
}

func TestALinkLeadsToTheCommunity(t *testing.T) {
	s := build(t, func(o *vk.Options) { o.GroupID = vktest.GroupID })
	if got := s.Invite("autumn"); got != "https://vk.me/club218400001?ref=autumn" {
		t.Error(got)
	}
	s.Introduce(t.Context())
	s.Introduce(t.Context())
	if n := len(s.server.Calls("groups.getById")); n != 1 {
		t.Errorf("asked %d times", n)
	}
	if got := s.Invite("autumn"); !strings.HasPrefix(got, "https://vk.me/") || !strings.HasSuffix(got, "?ref=autumn") {
		t.Error(got)
	}
}

func TestEveryKeyExpires(t *testing.T) {
	s := open(t)
	s.server.SetFaults(vktest.Faults{KeyExpired: 1})
	s.server.ExpireKey()
	await(t, "trouble", func() bool {
		err := s.Healthy(t.Context())
		return err != nil && strings.Contains(err.Error(), "has expired")
	})
	s.server.SetFaults(vktest.Faults{})
	s.server.Person(vktest.User{}).Write("слышно")
	s.hears(t, 1)
}

// counting is VK that answers polls as told, and remembers after which event each asked.
func counting(t *testing.T, polls ...string) (*httptest.Server, func() []string) {
	var mu sync.Mutex
	var asked []string
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		answer := `{"response":1}`
		switch {
		case r.URL.Path == "/poll":
			answer = polls[min(len(asked), len(polls)-1)]
			asked = append(asked, r.URL.Query().Get("ts"))
		case strings.HasSuffix(r.URL.Path, "groups.getLongPollServer"):
			answer = fmt.Sprintf(`{"response":{"server":"%s/poll","key":"k","ts":"7"}}`, server.URL)
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(asked)
	}
}

func TestEventsAreCountedAnewOnlyWhenTheOldCountIsNothing(t *testing.T) {
	server, asked := counting(t, `{"failed":3}`, `{"failed":3}`, `{"ts":"8","updates":["no event"]}`, `{"failed":1,"ts":30}`, `{"failed":4}`, `{}`)
	s := build(t, func(o *vk.Options) { o.API = server.URL })
	if err := s.memory.Remember(t.Context(), fmt.Sprintf("ts:%d", vktest.GroupID), "500", time.Time{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, s.clinic) }()
	await(t, "polls", func() bool { return len(asked()) >= 6 })
	cancel()
	<-ended
	if got := asked()[:6]; !slices.Equal(got, []string{"500", "500", "7", "8", "30", "30"}) {
		t.Errorf("asked for events after %q", got)
	}
}

func TestWhatIsNoEventHoldsUpNobody(t *testing.T) {
	const said = `{"type":"message_new","event_id":"e","object":{"message":{"from_id":7,"peer_id":7,"conversation_message_id":1,"text":"слышно"}}}`
	server, asked := counting(t, `{"ts":"8","updates":["no event",5,null,{"type":[]},{"type":"message_new","object":"x"},`+said+`]}`, `{}`)
	s := build(t, func(o *vk.Options) { o.API = server.URL })
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, s.clinic) }()
	await(t, "polls", func() bool { return len(asked()) >= 2 })
	cancel()
	<-ended
	if got := s.clinic.stored(); len(got) != 1 || got[0].Text != "слышно" || asked()[1] != "8" {
		t.Errorf("stored %+v, and went on after %q", got, asked()[1])
	}
}
