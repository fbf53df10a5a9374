// Package loadtest puts a bot under load and under fire: many simulated patients walk its dialog in parallel on a
// messenger's local server, while what they meet and what it costs is measured, and while processes are killed.
package loadtest

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Step is one line of a walk: what the patient does, and what must then be said, in this order.
//
//	text:/start => Здравствуйте      write; {name} is filled in by the patient's words
//	press:~Подтвердить               the newest button whose label holds this
//	press:0                          the first button of the newest message that has some; -1 is the last
//	contact:{phone}                  tell one's own number, by a button or typed
//	... => one & another             both must come, one first
//
// An empty line and one that begins with # say nothing.
type Step struct {
	Act, What string
	Expect    []string
	line      string
}

//go:embed walks/*.walk
var walks embed.FS

// Careline is the walk through the clinic of Polyclinic; Peer the one through the hand-written bot.
func Careline() []Step { return shipped("careline") }

// InWhatsApp is the same walk there.
func InWhatsApp() []Step { return shipped("whatsapp") }

// Peer walks the hand-written bot.
func Peer() []Step { return shipped("peer") }

func shipped(name string) []Step {
	text, err := fs.ReadFile(walks, "walks/"+name+".walk")
	if err != nil {
		panic(err) // it is embedded
	}
	steps, err := ParseWalk(string(text))
	if err != nil {
		panic(err) // and tested
	}
	return steps
}

// ParseWalk reads a walk; an error names the line.
func ParseWalk(text string) (steps []Step, err error) {
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		s, err := parseStep(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("no steps")
	}
	return steps, lines.Err()
}

func parseStep(line string) (Step, error) {
	s := Step{line: line}
	act, expected, _ := strings.Cut(line, " => ")
	for piece := range strings.SplitSeq(expected, " & ") {
		if piece = strings.TrimSpace(piece); piece != "" {
			s.Expect = append(s.Expect, piece)
		}
	}
	var named bool
	s.Act, s.What, named = strings.Cut(strings.TrimSpace(act), ":")
	if !named || s.What == "" {
		return s, fmt.Errorf("%q is no step", line)
	}
	switch s.Act {
	case "text", "contact":
	case "press":
		if _, err := strconv.Atoi(s.What); err != nil && !strings.HasPrefix(s.What, "~") {
			return s, fmt.Errorf("%q is neither a number nor ~ and a label", s.What)
		}
	default:
		return s, fmt.Errorf("%q is none of text, press, contact", s.Act)
	}
	return s, nil
}
