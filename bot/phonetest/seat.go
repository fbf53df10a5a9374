// Package phonetest gives the patients of transcripts phones in real messengers: our channel runs as it is against
// the messenger's local server, and the patient acts on that server and reads there.
package phonetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"careline/bot/rehearsal"
	"careline/channels"
)

// phone is one person's in one messenger.
type phone interface {
	// Chat is what careline calls the chat.
	Chat() string
	// Words are typed.
	Words(text string)
	// Press takes the k-th choice of a message that stands on the screen.
	Press(message string, k int) error
	// Stale presses a button of a message that need not be there any more, or never was: the message may be empty.
	Stale(message, data string) error
	// Send sends what is neither words nor a press.
	Send(in channels.Incoming)
	// Shown is every message of the bot as it was when it came, oldest first.
	Shown() []look
}

// look is one message on the screen.
type look struct {
	id     string
	text   string
	labels []string
	file   string // its name
	place  bool
}

// seat implements rehearsal.Seat.
type seat struct {
	channels.Channel
	t       testing.TB
	trouble func() // begins what befalls the network; nil = it has begun
	phone   phone
	table   rehearsal.Table
	words   channels.Words
	mu      sync.Mutex
	stored  map[string]bool // ids of what the clinic has
	changed chan struct{}
	read    int // how many of the messages on the screen were looked at
	posed   []button
	links   map[string]bool // data of choices that open an address
}

// button is one that was shown: the k-th choice of a message on the screen.
type button struct {
	channels.Button
	message string
	k       int
	key     bool // of a keyboard
}

// sit runs the channel until the test ends.
// Trouble is called when the patient is known: what goes by a patient's id is then the same in every run.
func sit(ctx context.Context, t testing.TB, c channels.Channel, p phone, table rehearsal.Table, words channels.Words, trouble func()) *seat {
	s := &seat{Channel: c, t: t, trouble: trouble, phone: p, table: table, words: words, stored: map[string]bool{}, links: map[string]bool{}, changed: make(chan struct{}, 1)}
	if table.Script.Patient != nil {
		s.begin()
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Run(ctx, s) // it ends with ctx
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return s
}

// Chat implements rehearsal.Seat.
func (s *seat) Chat() string { return s.phone.Chat() }

// Invite implements channels.Inviter: a messenger into which no link leads has the clinic's own page beside it.
func (s *seat) Invite(source string) string {
	if inviter, ok := s.Channel.(channels.Inviter); ok {
		return inviter.Invite(source)
	}
	return "https://clinic.example/?source=" + source
}

// Accept is the clinic as the channel sees it. The time and what is known of the patient are the transcript's: networks
// have clocks of their own, and each tells something else of people.
func (s *seat) Accept(ctx context.Context, in ...channels.Incoming) error {
	in = slices.Clone(in)
	for i := range in {
		in[i].At, in[i].Profile = s.table.Clock.Now(), channels.Profile{Language: cmp.Or(s.table.Script.Language, "ru")}
	}
	if err := s.table.Clinic.Accept(ctx, in...); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range in {
		s.stored[m.ID] = true
	}
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return nil
}

// Act does it on the phone and waits until the clinic has it.
func (s *seat) Act(ctx context.Context, in channels.Incoming) error {
	id := s.table.IDs()     // one for every act, as the rehearsal's own phone takes it: what goes by ids goes the same
	if s.links[in.Choice] { // the browser brings it to a page of the clinic, past the messenger
		in.From, in.ID = channels.Address{Channel: s.ID(), Chat: s.Chat()}, id
		return s.Accept(ctx, in)
	}
	before := s.has()
	if err := s.do(in); err != nil {
		return err
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	for s.has() == before {
		select {
		case <-s.changed:
		case <-late.C:
			return errors.New("what the patient did has not come to the clinic")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.begin()
	return nil
}

// begin lets the network fail from now on.
func (s *seat) begin() {
	if s.trouble != nil {
		s.trouble()
		s.trouble = nil
	}
}

// patience is for everything that a network on loopback has to bring.
const patience = 20 * time.Second

func (s *seat) has() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.stored)
}

func (s *seat) do(in channels.Incoming) error {
	switch {
	case in.Choice != "":
		return s.press(in.Choice)
	case in.Text != "":
		for _, b := range slices.Backward(s.posed) {
			if !b.key {
				break // a keyboard stands no longer than until the next question
			}
			if b.Label == in.Text && s.phone.Press(b.message, b.k) == nil {
				return nil
			}
		}
		s.phone.Words(in.Text)
	default:
		s.phone.Send(in)
	}
	return nil
}

// press takes the newest button with this data: on the screen, or as it was when somebody began to press.
func (s *seat) press(data string) error {
	for _, b := range slices.Backward(s.posed) {
		if b.Data != data {
			continue
		}
		if s.phone.Press(b.message, b.k) == nil {
			return nil
		}
		return s.phone.Stale(b.message, data)
	}
	return s.phone.Stale("", data)
}

// Send shows m as the sender does, again and again while the network fails, and looks at the screen.
func (s *seat) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	end := time.Now().Add(patience)
	for lost := 0; ; lost++ {
		receipt, err := s.Channel.Send(ctx, to, m)
		if err == nil {
			if err := s.look(ctx, m, lost); err != nil {
				s.t.Errorf("%s: %v", s.table.Script.Title, err) // a sender would only send it again
			}
			return receipt, nil
		}
		var failed *channels.Error
		if !errors.As(err, &failed) || failed.Kind != channels.Retry && failed.Kind != channels.Throttled || time.Now().After(end) {
			s.t.Errorf("%s: sending: %v", s.table.Script.Title, err)
			return receipt, err
		}
		m.Done = failed.Done
		<-tick.C
	}
}

// look waits until the phone shows the message, and holds it to what it should look like. Where the network has no
// key against repetition, a send that was lost may have shown a part twice.
func (s *seat) look(ctx context.Context, m channels.Outgoing, lost int) error {
	if m.Redraws != "" {
		return nil
	}
	for _, c := range m.Choices {
		if c.Link != "" {
			s.links[c.Data] = true
		}
	}
	if s.Channel.Caps().Idempotent {
		lost = 0
	}
	shown := channels.Render(m, s.Channel.Caps(), s.words)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	end := time.Now().Add(patience)
	for len(s.phone.Shown())-s.read < len(shown) && time.Now().Before(end) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	got := s.phone.Shown()[s.read:]
	s.read += len(got)
	return s.compare(shown, got, lost)
}

func (s *seat) compare(shown []channels.Shown, got []look, lost int) error {
	for i, want := range shown {
		n := 0
		for n < len(got) && got[n].is(want) && (n == 0 || lost > 0 && !(i+1 < len(shown) && got[n].is(shown[i+1]))) {
			if n > 0 {
				lost--
			}
			n++
		}
		if n == 0 {
			return fmt.Errorf("the phone shows %+v, want %+v", got, shown[i:])
		}
		buttons := want.Buttons()
		for k, b := range buttons {
			s.posed = append(s.posed, button{b, got[n-1].id, k, want.Keyboard})
		}
		got = got[n:]
	}
	if len(got) > 0 {
		return fmt.Errorf("the phone shows more than was said: %+v", got)
	}
	return nil
}

// is tells whether this is what the renderer wanted to be seen.
func (l look) is(want channels.Shown) bool {
	var labels []string
	for _, b := range want.Buttons() {
		labels = append(labels, b.Label)
	}
	file := ""
	if want.File != nil {
		if file = want.File.Name; want.File.Kind == channels.Photo {
			file = photo
		}
	}
	return (want.Place != nil || l.text == want.Text) && slices.Equal(l.labels, labels) && l.file == file && l.place == (want.Place != nil)
}
