//go:build !race

package runner

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"careline/channels"
	"careline/store"
)

var telegram = channels.Rates{PerSecond: 30, PerChat: time.Second, PerGroupMin: 20}

func TestAnAnswerLeavesAtOnceAndThreeDoNotTakeThreeSeconds(t *testing.T) {
	stage(t, &network{rates: telegram}, func(c *counter) {
		c.says("anna", 0, "1", "2", "3", "4", "5")
		c.passes(300 * time.Millisecond)
		c.want("at once", c.net.told("anna"), []string{"1", "2", "3"})
		c.passes(time.Second)
		c.want("a second later", c.net.told("anna"), []string{"1", "2", "3", "4"})
		c.passes(time.Second)
		c.want("in the end", c.net.told("anna"), []string{"1", "2", "3", "4", "5"})
	})
}

func TestAGroupTakesTwentyMessagesAMinute(t *testing.T) {
	stage(t, &network{rates: telegram}, func(c *counter) {
		for i := range 50 {
			c.says("group", 0, fmt.Sprint(i))
		}
		c.passes(10 * time.Minute)
		if n := len(c.net.told("group")); n != 50 {
			t.Errorf("%d of 50 cards came", n)
		}
		if n := c.net.most("group", time.Minute); n > 20 {
			t.Errorf("%d in a minute", n)
		}
	})
}

// A message into a topic takes up to three calls, and one for which there is nothing to do takes none.
func TestEveryCallIntoAGroupCounts(t *testing.T) {
	net := &network{rates: telegram}
	calls := func(text string) int { return map[byte]int{'0': 3, '1': channels.NoCalls, '2': 2}[text[len(text)-1]] }
	net.calls = calls
	stage(t, net, func(c *counter) {
		for i := range 60 {
			c.says("group", 0, fmt.Sprint(i))
		}
		c.passes(10 * time.Minute)
		if n := len(c.net.told("group")); n != 60 {
			t.Errorf("%d of 60 came", n)
		}
		most, at := 0, c.net.at("group")
		for i := range at {
			n := 0
			for j := i; j < len(at) && at[j].at < at[i].at+time.Minute; j++ {
				n += channels.Receipt{Calls: calls(at[j].text)}.Spent()
			}
			most = max(most, n)
		}
		if most > 20 || most < 15 {
			t.Errorf("%d calls in a minute", most)
		}
	})
}

func TestASlowChatHoldsUpNobody(t *testing.T) {
	net := &network{takes: 20 * time.Millisecond}
	stage(t, net, func(c *counter) {
		slow := make(chan struct{})
		net.fail = func(to string, _ channels.Outgoing) error {
			if to == "anna" {
				net.mu.Unlock()
				<-slow
				net.mu.Lock()
			}
			return nil
		}
		c.says("anna", 0, "a")
		for i := range 100 {
			c.says(fmt.Sprint("chat", i), 0, "b")
		}
		c.passes(time.Second)
		if n := len(net.told("")); n != 100 {
			t.Errorf("%d of 100 chats were answered while one is slow", n)
		}
		close(slow)
		c.passes(time.Second)
		c.want("Anna's", net.told("anna"), []string{"a"})
	})
}

func TestAnswersGoBeforeRemindersAndBothBeforeCampaigns(t *testing.T) {
	stage(t, &network{rates: channels.Rates{PerSecond: 10}}, func(c *counter) {
		for i := range 20 {
			c.says(fmt.Sprint("reader", i), store.CampaignLast, "news")
		}
		for i := range 5 {
			c.says(fmt.Sprint("visitor", i), store.FollowUpNext, "tomorrow at noon")
		}
		c.passes(310 * time.Millisecond)
		sent := len(c.net.told(""))
		for i := range 5 {
			c.says(fmt.Sprint("writer", i), store.AnswerFirst, "hello")
		}
		c.passes(3 * time.Second)
		var order []string
		for _, text := range c.net.told("")[sent:] {
			if len(order) == 0 || order[len(order)-1] != text {
				order = append(order, text)
			}
		}
		c.want("order", order, []string{"hello", "tomorrow at noon", "news"})
	})
}

func TestAThrottledChatWaitsAloneAndManyOfThemHoldUpTheLane(t *testing.T) {
	net := &network{}
	stage(t, net, func(c *counter) {
		strict := map[string]bool{"anna": true}
		net.fail = func(to string, _ channels.Outgoing) error {
			if strict[to] {
				return &channels.Error{Kind: channels.Throttled, Code: "429", RetryAfter: 20 * time.Second}
			}
			return nil
		}
		c.says("anna", 0, "1", "2")
		c.says("boris", 0, "1", "2")
		c.passes(time.Second)
		c.want("Boris'", net.told("boris"), []string{"1", "2"})
		c.says("anna", 0, "3")
		net.becomes(func() { strict["anna"] = false })
		c.passes(18 * time.Second)
		c.want("Anna's, too early", net.told("anna"), nil)
		c.passes(2 * time.Second)
		c.want("Anna's", net.told("anna"), []string{"1", "2", "3"})

		for _, chat := range []string{"vera", "gleb", "dina"} {
			net.becomes(func() { strict[chat] = true })
			c.says(chat, 0, "1")
		}
		c.passes(time.Second)
		net.becomes(func() { clear(strict) })
		c.says("boris", 0, "3")
		c.passes(18 * time.Second)
		c.want("Boris' while all wait", net.told("boris"), []string{"1", "2"})
		c.passes(3 * time.Second)
		c.want("Boris' in the end", net.told("boris"), []string{"1", "2", "3"})
		c.want("Vera's", net.told("vera"), []string{"1"})
	})
}

func TestABacklogAfterAnOutageDrainsInOrderWithinTheLimits(t *testing.T) {
	t.Parallel()
	net := &network{rates: telegram, takes: 50 * time.Millisecond}
	stage(t, net, func(c *counter) {
		calls := 0
		net.fail = func(string, channels.Outgoing) error {
			calls++
			return &channels.Error{Kind: channels.Retry, Reason: "no route to host"}
		}
		for i := range 500 {
			c.says(fmt.Sprint("chat", i%125), 0, fmt.Sprint(i/125))
		}
		c.passes(10 * time.Minute)
		if calls > 100 {
			t.Errorf("%d calls into a network that is away", calls)
		}
		net.becomes(func() { net.fail = nil })
		c.passes(2 * time.Minute)
		if n := len(net.told("")); n != 500 {
			t.Errorf("%d of 500 messages came", n)
		}
		for i := range 125 {
			c.want("in order", net.told(fmt.Sprint("chat", i)), []string{"0", "1", "2", "3"})
		}
		if n := net.most("", time.Second); n > 33 { // the pace, and the burst of a lane that has rested
			t.Errorf("%d in a second", n)
		}
	})
}

// A claim that looks when a recording has been committed and the lane does not know it yet looks again soon.
func TestABacklogDrainsThoughTheDatabaseAnswersLate(t *testing.T) {
	t.Parallel()
	net := &network{}
	stage(t, net, func(c *counter) {
		c.hang()
		c.Alive = func() bool { return false }
		for i := range 1000 {
			c.says(fmt.Sprint("chat", i), 0, "hello")
		}
		late := opened(c.T, lateStore{c.Store}, net, "b")
		c.passes(20 * time.Second)
		if n := len(net.told("")); n != 1000 {
			t.Errorf("%d of 1000 messages came", n)
		}
		late.stop()
	})
}

// lateStore tells of a commit a while after it has been made.
type lateStore struct{ store.Store }

func (l lateStore) Tx(ctx context.Context, f func(store.Tx) error) error {
	err := l.Store.Tx(ctx, f)
	time.Sleep(100 * time.Millisecond)
	return err
}

func TestARevokedTokenPausesTheLaneAndDropsNothing(t *testing.T) {
	net := &network{}
	stage(t, net, func(c *counter) {
		calls := 0
		net.fail = func(string, channels.Outgoing) error {
			calls++
			return &channels.Error{Kind: channels.Misconfigured, Code: "401", Reason: "Unauthorized"}
		}
		for i := range 100 {
			c.says(fmt.Sprint("chat", i), 0, "1", "2")
		}
		c.passes(time.Hour)
		if calls > 100 {
			t.Errorf("%d calls with a wrong token", calls)
		}
		net.becomes(func() { net.fail = nil })
		c.passes(5 * time.Minute)
		if n := len(net.told("")); n != 200 {
			t.Errorf("%d of 200 messages came", n)
		}
	})
}

func TestAMessageThatFailedHalfwayGoesOnWhereItWas(t *testing.T) {
	net := &network{}
	stage(t, net, func(c *counter) {
		var done []int
		net.fail = func(_ string, m channels.Outgoing) error {
			switch done = append(done, m.Done); len(done) {
			case 1:
				return &channels.Error{Kind: channels.Retry, Done: 1}
			case 2:
				return &channels.Error{Kind: channels.Misconfigured, Done: 2}
			}
			return nil
		}
		c.says("anna", 0, "long")
		c.passes(time.Minute)
		if !slices.Equal(done, []int{0, 1, 2}) {
			t.Errorf("parts done before each try: %v", done)
		}
	})
}

func TestWhatIsTooLateIsDroppedAndCounted(t *testing.T) {
	net := &network{}
	stage(t, net, func(c *counter) {
		net.fail = func(string, channels.Outgoing) error { return &channels.Error{Kind: channels.Misconfigured} }
		err := c.Store.Tx(c.Context(), func(tx store.Tx) error {
			_, err := tx.Meet(c.Context(), []store.Contact{{ID: "anna", Channel: "test", Chat: "anna", PatientID: "p", CreatedAt: time.Now()}})
			if err != nil {
				return err
			}
			return tx.Put(c.Context(), []store.Output{{
				ID: "x", ContactID: "anna", Channel: "test", Chat: "anna", Payload: []byte(`{"text":"your visit is in an hour"}`),
				CreatedAt: time.Now(), NotAfter: time.Now().Add(time.Hour),
			}})
		})
		if err != nil {
			c.Fatal(err)
		}
		c.says("anna", 0, "hello")
		c.passes(2 * time.Hour)
		net.becomes(func() { net.fail = nil })
		c.passes(10 * time.Minute)
		c.want("Anna's", net.told("anna"), []string{"hello"})
		if n := c.counted("careline_dropped_total"); n != 1 {
			t.Errorf("%v dropped", n)
		}
	})
}

// A process that was believed dead sends nothing of what others may have taken.
func TestWhoIsBelievedDeadSendsNothing(t *testing.T) {
	net := &network{rates: channels.Rates{PerSecond: 1}}
	stage(t, net, func(c *counter) {
		c.says("anna", 0, "1")
		for i := range 5 {
			c.says(fmt.Sprint("chat", i), 0, "1")
		}
		c.passes(1500 * time.Millisecond)
		before := len(net.told(""))
		var dead atomic.Bool
		dead.Store(true)
		c.mu.Lock()
		c.Alive = func() bool { return !dead.Load() }
		c.mu.Unlock()
		c.passes(time.Minute)
		if n := len(net.told("")); n != before {
			t.Errorf("%d messages went", n-before)
		}
		other := opened(c.T, c.Store, &network{}, "b")
		other.passes(3 * time.Minute)
		if n := before + len(other.net.told("")); n != 6 {
			t.Errorf("%d of 6 messages went", n)
		}
		dead.Store(false)
		other.stop()
		c.passes(time.Minute)
		if n := len(net.told("")); n != before {
			t.Errorf("%d messages went twice", n-before)
		}
	})
}

// A step that is committed while its process stops leaves its words to another process, which says them at once; that
// is no trouble.
func TestWhatIsCommittedDuringAStopIsLeftToOthers(t *testing.T) {
	net := &network{}
	stage(t, net, func(c *counter) {
		stopping := opened(c.T, c.Store, &network{}, "b")
		out := stopping.puts("anna", 0, "1")
		stopping.stop()
		var log bytes.Buffer
		stopping.sender.Log = slog.New(slog.NewTextHandler(&log, nil))
		stopping.Alive = func() bool { return false }
		stopping.take(out)
		c.passes(time.Second)
		c.want("Anna reads", net.told("anna"), []string{"1"})
		if log.Len() > 0 {
			t.Errorf("it is told as trouble: %s", &log)
		}
	})
}

// What a device sends that is linked goes where the device is, whoever put it, also when it moves.
func TestOnlyTheProcessWithTheDeviceSends(t *testing.T) {
	here := &network{rates: channels.Rates{PerSecond: 2}}
	stage(t, here, func(a *counter) {
		there := &network{}
		there.away.Store(true)
		b := opened(a.T, a.Store, there, "b")
		for i := range 10 {
			b.says(fmt.Sprint("chat", i), 0, "1")
		}
		a.passes(3 * time.Second)
		before := len(here.told(""))
		if before == 0 || before == 10 || len(there.told("")) != 0 {
			t.Fatalf("%d went here, %d there", before, len(there.told("")))
		}
		here.away.Store(true)
		a.passes(5 * time.Second)
		if n := len(here.told("")); n != before {
			t.Errorf("%d went where the device is no more", n-before)
		}
		there.away.Store(false)
		a.passes(5 * time.Second)
		if n := before + len(there.told("")); n != 10 {
			t.Errorf("%d of 10 messages went", n)
		}
		b.stop()
	})
}

// What a killed process had in hand goes as soon as it is known to be dead; what it sent and could not record, once
// more.
func TestWhatAKilledProcessHadInHandGoesWithinSeconds(t *testing.T) {
	stage(t, &network{takes: time.Hour}, func(killed *counter) {
		for i := range 20 {
			killed.says(fmt.Sprint("chat", i), 0, "1", "2")
		}
		killed.passes(time.Second)
		killed.hang()
		heir := opened(killed.T, killed.Store, &network{}, "b")
		heir.passes(time.Second)
		heir.want("while the killed one may live", heir.net.told(""), nil)
		err := heir.Store.Tx(heir.Context(), func(tx store.Tx) error {
			now := time.Now()
			if _, err := tx.Lease(heir.Context(), store.ProcessLease+"b", "b", now, now.Add(time.Minute)); err != nil {
				return err
			}
			n, err := tx.Reclaim(heir.Context(), now)
			if n != 40 {
				t.Errorf("%d messages were taken back", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		heir.passes(time.Second)
		for i := range 20 {
			heir.want("all", heir.net.told(fmt.Sprint("chat", i)), []string{"1", "2"})
		}
		heir.stop()
	})
}

// Two processes put messages into one chat: whoever sends them, they come in order, and soon.
func TestOneChatOfTwoProcessesKeepsItsOrder(t *testing.T) {
	net := &network{takes: 30 * time.Millisecond}
	stage(t, net, func(a *counter) {
		b := opened(a.T, a.Store, net, "b")
		var want []string
		for i := range 40 {
			want = append(want, fmt.Sprint(i))
			if i%3 == 0 {
				b.says("anna", 0, want[i])
			} else {
				a.says("anna", 0, want[i])
			}
			a.passes(time.Duration(i%4) * 10 * time.Millisecond)
		}
		a.passes(10 * time.Second)
		a.want("Anna's", net.told("anna"), want)
		b.stop()
	})
}
