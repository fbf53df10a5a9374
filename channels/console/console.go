// Package console is a chat in the terminal, for trying dialogs out: it shows what any messenger would show.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"careline/channels"
)

// Options of the chat. In, Out, Words, Now and NewID are necessary.
type Options struct {
	In       io.Reader
	Out      io.Writer     // coloured when it is a terminal
	As       channels.ID   // the messenger to look like; "console" when empty
	Caps     channels.Caps // what it shows; zero = as channels.Known says
	Words    channels.Words
	Language string // of the person: ru, en
	Phone    string // what the button «share my phone» shares
	Now      func() time.Time
	NewID    func() string
	// Aside gets lines that begin with a colon, without it: they are not said to the clinic. Its error is shown.
	// Without Aside such lines are words as any other.
	Aside func(ctx context.Context, line string) error
}

// Console is the channel: one person, one chat.
type Console struct {
	options Options
	caps    channels.Caps
	ink     ink

	mu    sync.Mutex
	open  []channels.Button // those that a number presses
	sent  int
	shown int // those of them that there was something to see of
}

// Chat is the only chat there is.
var chat = channels.Address{Channel: "console", Chat: "terminal"}

// New makes the chat; the messenger to look like must be one of channels.Known.
func New(o Options) (*Console, error) {
	if o.As == "" {
		o.As = "console"
	}
	caps, ok := channels.Known()[o.As]
	if !ok {
		return nil, fmt.Errorf("no messenger is called %q", o.As)
	}
	if o.Caps != (channels.Caps{}) {
		caps = o.Caps
	}
	return &Console{options: o, caps: caps, ink: inkFor(o.Out)}, nil
}

// ID is "console", whatever it looks like.
func (c *Console) ID() channels.ID { return chat.Channel }

// Invite is what the next person says first: there is one person here, and no link leads to the terminal.
func (c *Console) Invite(source string) string { return "/start " + source }

// Caps are those of the messenger it looks like.
func (c *Console) Caps() channels.Caps {
	caps := c.caps
	caps.Rates, caps.Idempotent, caps.Unofficial = channels.Rates{}, false, false
	return caps
}

// Address of the chat.
func (c *Console) Address() channels.Address { return chat }

// Shown is how many messages of the clinic have been shown.
func (c *Console) Shown() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown
}

// Run opens the chat with /start and then reads lines until they end, ctx ends or the person writes /quit.
// A line that in does not take ends it too: there is nobody who would bring it again.
func (c *Console) Run(ctx context.Context, in channels.Sink) error {
	lines, failed := c.lines(ctx)
	if err := in.Accept(ctx, c.incoming("/start")); err != nil {
		return fmt.Errorf("opening the chat: %w", err)
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			if line == "/quit" {
				return nil
			}
			if aside, ok := strings.CutPrefix(line, ":"); ok && c.options.Aside != nil {
				if err := c.options.Aside(ctx, aside); err != nil {
					c.Note(err.Error())
				}
				continue
			}
			m, err := c.read(line)
			if err != nil {
				c.Note(err.Error())
				continue
			}
			if err := in.Accept(ctx, m); err != nil {
				return fmt.Errorf("accepting a line: %w", err)
			}
		}
	}
}

// lines reads In; a read that waits for the keyboard ends with the process.
func (c *Console) lines(ctx context.Context) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(c.options.In)
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				failed <- ctx.Err()
				return
			}
		}
		if err := scanner.Err(); err != nil {
			err = fmt.Errorf("reading the terminal: %w", err)
			failed <- err
			return
		}
		failed <- nil
	}()
	return lines, failed
}

// Send shows m.
func (c *Console) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return channels.Receipt{}, err
	}
	if to != chat {
		return channels.Receipt{}, &channels.Error{Kind: channels.Rejected, Code: "address", Reason: "not the terminal's address"}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	drawn := c.draw(channels.Render(m, c.caps, c.options.Words))
	if _, err := io.WriteString(c.options.Out, drawn); err != nil {
		return channels.Receipt{}, &channels.Error{Kind: channels.Blocked, Code: "closed", Reason: "the terminal is closed"}
	}
	c.sent++
	if drawn != "" { // buttons taken away from an old message are nothing to see
		c.shown++
	}
	return channels.Receipt{ID: strconv.Itoa(c.sent)}, nil
}

// Note tells the person at the terminal something that the clinic does not say.
func (c *Console) Note(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(c.options.Out, c.ink.faint("  "+text))
}

var errUsage = errors.New("write /file PATH, /phone NUMBER, /place LATITUDE,LONGITUDE or /quit")

// terminal tells whether w shows colours.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
