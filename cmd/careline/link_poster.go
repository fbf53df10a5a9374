package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"careline/channels"

	"rsc.io/qr"
)

// poster shows codes in a terminal, each in place of the one before it.
type poster struct {
	to      io.Writer
	colours bool
	invert  bool
	lines   int // of the code that is shown
	failed  error
}

// show implements what channels.Linker tells.
func (p *poster) show(c channels.LinkCode) {
	text := fmt.Sprintf("Type on the phone (Linked devices, Link with phone number): %s\n", c.Typed)
	if c.QR != "" {
		picture, err := p.draw(c.QR)
		if err != nil {
			p.failed = fmt.Errorf("drawing a code: %w", err)
			return
		}
		text = picture + "Scan it on the phone: WhatsApp, Settings, Linked devices, Link a device.\n"
	}
	text += fmt.Sprintf("Good until %s. Ctrl-C stops.\n", c.Until.Local().Format("15:04:05"))
	if p.colours && p.lines > 0 {
		fmt.Fprintf(p.to, "\x1b[%dA\x1b[J", p.lines) // up to where the last one began, and clear
	}
	p.lines = strings.Count(text, "\n")
	fmt.Fprint(p.to, text)
}

// margin around a code, in modules.
const margin = 2

// draw makes two rows of modules one line of half blocks. In colours dark is black on white whatever the terminal's
// own are; without them what is printed is light, as on a dark terminal, or dark when inverted.
func (p *poster) draw(text string) (string, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "", err
	}
	printed := func(x, y int) bool { return code.Black(x, y) == (p.colours || p.invert) }
	blocks := map[[2]bool]string{{true, true}: "█", {true, false}: "▀", {false, true}: "▄", {false, false}: " "}
	var b strings.Builder
	for y := -margin; y < code.Size+margin; y += 2 {
		if p.colours {
			b.WriteString("\x1b[38;5;16;48;5;231m")
		}
		for x := -margin; x < code.Size+margin; x++ {
			b.WriteString(blocks[[2]bool{printed(x, y), printed(x, y+1)}])
		}
		if p.colours {
			b.WriteString("\x1b[0m")
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

// colours tells whether w is a terminal that shows them.
func colours(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
