package vk_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

// paced lets 20 requests a second go.
func paced(o *vk.Options) { o.Rates.PerSecond = 20 }

// all sends one message to each at once and returns what became of them.
func (s *stage) all(t *testing.T, people []*vktest.Person, key string) []error {
	t.Helper()
	errs := make([]error, len(people))
	var g sync.WaitGroup
	for i, p := range people {
		g.Go(func() {
			_, errs[i] = s.Send(t.Context(), address(p.Seat), channels.Outgoing{Key: key, Text: fmt.Sprintf("«Привет», %d\n\"%s\" \\ API.users.get({});", i, key)})
		})
	}
	g.Wait()
	return errs
}

func (s *stage) crowd(n int) []*vktest.Person {
	people := make([]*vktest.Person, n)
	for i := range people {
		people[i] = s.talking()
	}
	return people
}

func TestManySendsShareRequests(t *testing.T) {
	s := build(t, paced)
	people := s.crowd(120)
	for i, err := range s.all(t, people, "k") {
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	for i, p := range people {
		if want := fmt.Sprintf("«Привет», %d\n\"k\" \\ API.users.get({});", i); !slices.Equal(p.Shown(), []string{want}) {
			t.Errorf("%d was shown %q", i, p.Shown())
		}
	}
	counts := s.server.Counts()
	if n := len(unpacked(s)); n > 20 || counts["messages.send"] != 120 {
		t.Errorf("%d requests for %d messages", n, counts["messages.send"])
	}
}

// unpacked is the requests that were made.
func unpacked(s *stage) (requests []vktest.Call) {
	for _, c := range s.server.Calls("") {
		if !c.Packed {
			requests = append(requests, c)
		}
	}
	return requests
}

func TestEachOfASharedRequestGetsItsOwnAnswer(t *testing.T) {
	s := build(t, paced)
	people := s.crowd(60)
	for i, p := range people {
		if i%3 == 0 {
			p.Deny()
		}
	}
	for i, err := range s.all(t, people, "k") {
		if (err != nil) != (i%3 == 0) || err != nil && channels.KindOf(err) != channels.Blocked {
			t.Errorf("%d: %v", i, err)
		}
	}
	if n := s.server.Counts()["execute"]; n == 0 {
		t.Error("nothing was shared")
	}
}

func TestASharedRequestFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault vktest.Fault
		kind  channels.Kind
	}{
		"too fast": {vktest.Throttled, channels.Throttled}, "lost answer": {vktest.ResetAfter, channels.Retry}, "html": {vktest.HTML, channels.Retry},
	} {
		t.Run(name, func(t *testing.T) {
			s := build(t, paced)
			people := s.crowd(30)
			s.server.FailNext("execute", 1, c.fault)
			failed := 0
			for i, err := range s.all(t, people, "k") {
				if err != nil {
					failed++
					if channels.KindOf(err) != c.kind {
						t.Errorf("%d: %v", i, err)
					}
				}
			}
			if failed < 2 {
				t.Errorf("%d failed", failed)
			}
			s.VK = s.another(t, s.options)
			for _, err := range s.all(t, people, "k") { // again, by the same keys, in another process
				if err != nil {
					t.Error(err)
				}
			}
			for i, p := range people {
				if n := len(p.Shown()); n != 1 {
					t.Errorf("%d was shown %d messages", i, n)
				}
			}
		})
	}
}

func TestASharedRequestThatDoesNotGoThroughIsMadeCallByCall(t *testing.T) {
	for code, text := range map[int]string{12: "Unable to compile code", 13: "Runtime error occurred during code invocation: response size is too big"} {
		s := build(t, paced)
		people := s.crowd(30)
		s.server.FailNext("execute", 100, vktest.Refused(code, text))
		for i, err := range s.all(t, people, "k") {
			if err != nil {
				t.Errorf("%d: %d: %v", code, i, err)
			}
		}
	}
}

func TestRequestsAreSpaced(t *testing.T) {
	s := build(t, paced)
	p := s.talking()
	began := s.watch.Now()
	for i := range 21 {
		s.send(t, p.Seat, channels.Outgoing{Key: fmt.Sprint(i), Text: "раз"})
	}
	if took := s.watch.Now().Sub(began); took < time.Second || took > 2*time.Second {
		t.Errorf("21 requests took %v", took)
	}
}

func TestWhoGoesAwayIsNotWaitedFor(t *testing.T) {
	s := build(t, paced, func(o *vk.Options) {
		o.Pause = func(ctx context.Context, _ time.Duration) error { // nobody's turn comes
			<-t.Context().Done()
			return nil
		}
	})
	p := s.talking()
	s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "раз"})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Send(ctx, address(p.Seat), channels.Outgoing{Key: "2", Text: "два"}); channels.KindOf(err) != channels.Retry {
		t.Errorf("it ended with %v", err)
	}
	if !slices.Equal(p.Shown(), []string{"раз"}) {
		t.Errorf("shown %q", p.Shown())
	}
}
