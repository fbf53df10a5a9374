package transcript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// expectations are the forms of `expect`, as the manual and findings show them.
var expectations = []string{
	"visit booked TIME", "event NAME", "answer NAME == VALUE", "consent.given KIND", "ticket REASON",
	"hold TIME", "state DIALOG.STATE", "owner operator", "touch TIMELINE OUTCOME", "plan TIMELINE at TIME", "balance POINTS",
}

// Expectations are the forms of `expect`.
func Expectations() []string { return slices.Clone(expectations) }

// ParseExpect reads what stands behind `expect:`; `no` in front turns it round.
func ParseExpect(s string) (*Expect, error) {
	e := &Expect{}
	s, e.Not = strings.CutPrefix(strings.TrimSpace(s), "no ")
	what, rest, _ := strings.Cut(s, " ")
	e.What, rest = what, strings.TrimSpace(rest)
	switch what {
	case "visit":
		status, tail, _ := strings.Cut(rest, " ")
		e.Name = status
		return e, e.when(tail)
	case "hold":
		return e, e.when(rest)
	case "touch":
		e.Name, e.Value, _ = strings.Cut(rest, " ")
	case "plan":
		name, at, _ := strings.Cut(rest, " ")
		e.Name = name
		if err := e.when(strings.TrimPrefix(strings.TrimSpace(at), "at ")); err != nil {
			return nil, err
		}
	case "balance":
		e.Name = rest
		if _, err := strconv.Atoi(rest); err != nil {
			return nil, fmt.Errorf("%q is no number of points", rest)
		}
	case "event", "ticket", "owner":
		e.Name = rest
	case "state":
		e.Name = rest
		if rest != "" && !strings.Contains(rest, ".") {
			return nil, fmt.Errorf("%q is no DIALOG.STATE", rest)
		}
	case "answer":
		name, value, ok := strings.Cut(rest, "==")
		if !ok {
			return nil, fmt.Errorf("%q has no ==", rest)
		}
		e.Name, e.Value = strings.TrimSpace(name), strings.Trim(strings.TrimSpace(value), `"`)
	case "consent.given", "consent.refused", "consent.withdrawn":
		e.What, e.Name, e.Value = "consent", strings.TrimPrefix(what, "consent."), rest
		if rest == "" {
			return nil, fmt.Errorf("%q names no kind of consent", what)
		}
	default:
		return nil, fmt.Errorf("%q is nothing that can be expected", what)
	}
	if e.Name == "" && e.What != "ticket" {
		return nil, fmt.Errorf("%q needs a name", what)
	}
	return e, nil
}

// when reads `TIME with a, b`; both may be missing.
func (e *Expect) when(s string) error {
	at, with, _ := strings.Cut(" "+s, " with ")
	for id := range strings.SplitSeq(with, ",") {
		if id = strings.TrimSpace(id); id != "" {
			e.With = append(e.With, id)
		}
	}
	if at = strings.TrimSpace(at); at == "" {
		return nil
	}
	m, err := ParseMoment(at)
	if err != nil {
		return err
	}
	e.At = &m
	return nil
}
