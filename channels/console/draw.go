package console

import (
	"fmt"
	"io"
	"strings"

	"careline/channels"
)

// ink colours words on a terminal and leaves them plain elsewhere.
type ink bool

func inkFor(w io.Writer) ink { return ink(terminal(w)) }

func (i ink) wrap(code, s string) string {
	if !i {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (i ink) bar() string            { return i.wrap("36", "│") }
func (i ink) button(s string) string { return i.wrap("1;36", s) }
func (i ink) faint(s string) string  { return i.wrap("2", s) }

// draw writes messages as bubbles and opens their buttons to be pressed by number.
func (c *Console) draw(shown []channels.Shown) string {
	var b strings.Builder
	fresh := false
	if len(shown) > 0 && c.caps.Inline.Total == 0 { // a number is typed there
		c.open = nil
	}
	for _, s := range shown {
		b.WriteString("\n")
		c.body(&b, s)
		buttons := s.Buttons()
		if len(buttons) == 0 {
			continue
		}
		if !fresh { // a long list goes on over several messages
			c.open, fresh = nil, true
		}
		for _, card := range s.Cards {
			c.line(&b, c.ink.faint("▭")+" "+card.Title)
			c.line(&b, "  "+c.ink.faint(card.About))
			c.row(&b, []channels.Button{card.Button}, false)
		}
		for _, option := range s.Poll {
			c.open = append(c.open, option)
			fmt.Fprintf(&b, "    %s○ %s\n", c.ink.faint(fmt.Sprint(len(c.open))), option.Label)
		}
		for _, row := range s.Rows {
			c.row(&b, row, s.Keyboard)
		}
	}
	return b.String()
}

// body is all of a message but its buttons.
func (c *Console) body(b *strings.Builder, s channels.Shown) {
	if s.File != nil {
		c.line(b, "📎 "+s.File.Name+" "+c.ink.faint(s.File.MIME))
	}
	if s.Place != nil {
		c.line(b, "📍 "+strings.TrimSpace(strings.Join([]string{s.Place.Title, s.Place.Address}, ", ")))
		c.line(b, "   "+c.ink.faint(s.Place.Link()))
	}
	if s.Text != "" {
		for text := range strings.SplitSeq(s.Text, "\n") {
			c.line(b, text)
		}
	}
}

func (c *Console) line(b *strings.Builder, text string) {
	fmt.Fprintf(b, "  %s %s\n", c.ink.bar(), text)
}

func (c *Console) row(b *strings.Builder, row []channels.Button, keyboard bool) {
	b.WriteString("   ")
	if keyboard {
		b.WriteString(" ⌨ ")
	}
	for _, button := range row {
		if button.Link != "" {
			fmt.Fprintf(b, " %s %s", c.ink.button("[ "+button.Label+" ]"), c.ink.faint(button.Link))
			continue
		}
		if keyboard {
			button.Data = ""
		}
		c.open = append(c.open, button)
		fmt.Fprintf(b, " %s%s", c.ink.faint(fmt.Sprint(len(c.open))), c.ink.button("[ "+button.Label+" ]"))
	}
	b.WriteString("\n")
}
