package loadtest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Patient walks through a dialog as a person does: reads, and presses what is on the screen.
type Patient struct {
	Seat
	Number int
	Said   []string // what the patient wrote or pressed, in order
	Took   []time.Duration
	words  *strings.Replacer
	last   int // how far the chat had come before the newest action
	// Disorder counts the answers that came before one that should have come first.
	Disorder int
	Begun    time.Time
	Ended    time.Time
	Stuck    error // why the walk broke off; nil = it came to its end
}

// walk does all the steps; each must be answered within patience.
func (p *Patient) walk(ctx context.Context, steps []Step, patience time.Duration, think func() error) {
	p.Begun = time.Now()
	defer func() { p.Ended = time.Now() }()
	for _, s := range steps {
		if p.Stuck = p.step(ctx, s, patience); p.Stuck != nil {
			p.Stuck = fmt.Errorf("patient %d at «%s»: %w; shown last: %.300q", p.Number, s.line, p.Stuck, lastOf(p.Messages(), 3))
			return
		}
		if p.Stuck = think(); p.Stuck != nil {
			return
		}
	}
}

func lastOf(all []Message, n int) (texts []string) {
	for _, m := range all[max(0, len(all)-n):] {
		texts = append(texts, m.Text)
	}
	return texts
}

func (p *Patient) step(ctx context.Context, s Step, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		sent, err := p.act(ctx, s)
		if err != nil {
			return err
		}
		p.last = sent.Seq
		p.Said = append(p.Said, sent.Said)
		first, err := p.After(ctx, sent.Seq, isNew)
		if err != nil {
			return fmt.Errorf("no answer: %w", err)
		}
		p.Took = append(p.Took, first.At.Sub(sent.At))
		if missed, err := p.reads(ctx, s, sent.Seq); !missed {
			return err
		}
	}
}

// closed is said to a button of an old question: one that a killed process showed again after it was answered.
const closed = "вопрос уже закрыт"

// reads waits for what the step is to be answered with. missed: the button was an old one, and the right one comes.
func (p *Patient) reads(ctx context.Context, s Step, since int) (missed bool, err error) {
	before := since
	for _, piece := range s.Expect {
		piece = p.words.Replace(piece)
		m, err := p.After(ctx, since, func(m Message) bool {
			return isNew(m) && (strings.Contains(m.Text, piece) || s.Act == "press" && strings.Contains(m.Text, closed))
		})
		switch {
		case err != nil:
			return false, fmt.Errorf("no answer with %q: %w", piece, err)
		case !strings.Contains(m.Text, piece):
			return true, nil
		case m.Seq < before:
			p.Disorder++
		}
		before = m.Seq
	}
	return false, nil
}

// isNew tells a message from the change of an old one.
func isNew(m Message) bool { return !m.Edited }

func (p *Patient) act(ctx context.Context, s Step) (Sent, error) {
	what := p.words.Replace(s.What)
	switch s.Act {
	case "text":
		return p.Write(what), nil
	case "contact":
		return p.TellPhone(what), nil
	}
	label, byLabel := strings.CutPrefix(what, "~")
	fits := func(m Message) bool { return len(m.Labels) > 0 && (!byLabel || place(m, label) >= 0) }
	if _, err := p.After(ctx, p.last, fits); err != nil {
		return Sent{}, fmt.Errorf("no such button: %w", err)
	}
	var newest Message
	for _, m := range p.Messages() {
		if fits(m) {
			newest = m
		}
	}
	k := place(newest, label)
	if !byLabel {
		k, _ = strconv.Atoi(label) // a number, as parseStep held
	}
	return p.Press(newest, k)
}

// place of the first button whose label holds this; -1 = there is none.
func place(m Message, label string) int {
	for i, l := range m.Labels {
		if strings.Contains(l, label) {
			return i
		}
	}
	return -1
}

// Repeated counts the messages that the bot showed again: the same words, buttons and files. A walk in which every
// prompt comes once has none.
func (p *Patient) Repeated() (n int) {
	seen := map[string]bool{}
	for _, m := range p.Log() {
		if !isNew(m) {
			continue
		}
		look := fmt.Sprintf("%q %q %q %t", m.Text, m.Labels, m.File, m.Place)
		if seen[look] {
			n++
		}
		seen[look] = true
	}
	return n
}
