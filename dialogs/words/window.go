package words

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Admits reports whether a visit may begin at that moment; local is in the branch's zone.
func (p *Period) Admits(local time.Time) bool {
	return slices.ContainsFunc(p.Windows, func(w Window) bool { return w.Admits(local) })
}

// HasDay reports whether a visit may begin on that day at all.
func (p *Period) HasDay(d Date, on time.Weekday) bool {
	return slices.ContainsFunc(p.Windows, func(w Window) bool { return w.hasDay(d, on) })
}

// Admits reports whether the window holds the moment.
func (w Window) Admits(local time.Time) bool {
	at := Clock(local.Hour()*60 + local.Minute())
	return at >= w.After && at < end(w.Before) && w.hasDay(DateOf(local), local.Weekday())
}

func (w Window) hasDay(d Date, on time.Weekday) bool {
	return (w.From == "" || d >= w.From) && (w.To == "" || d <= w.To) && w.days().Has(on) && !slices.Contains(w.Except, d)
}

// Bounds are the first and last day that any window may hold, not before from's; to is "" when the wish is
// open.
func (p *Period) Bounds(from time.Time) (first, last Date) {
	today := DateOf(from)
	for i, w := range p.Windows {
		f, l := max(w.From, today), w.To
		if i == 0 {
			first, last = f, l
			continue
		}
		first = min(first, f)
		if last != "" {
			last = max(last, l)
		}
		if l == "" {
			last = ""
		}
	}
	return max(first, today), last
}

// String is the period in a canonical form: "2026-11-24 18:00-24:00 | 2026-11-28..2026-11-29".
func (p *Period) String() string {
	var parts []string
	if p.Soonest {
		parts = append(parts, "soonest")
	}
	for _, w := range p.Windows {
		if s := w.String(); s != "any" || !p.Soonest {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " | ")
}

// String is the window in a canonical form: days, weekdays, exceptions, hours; "any" when all are open.
func (w Window) String() string {
	var parts []string
	switch {
	case w.From != "" && w.From == w.To:
		parts = append(parts, string(w.From))
	case w.From != "" || w.To != "":
		parts = append(parts, string(w.From)+".."+string(w.To))
	}
	if w.Days != 0 {
		parts = append(parts, w.Days.String())
	}
	for _, d := range w.Except {
		parts = append(parts, "!"+string(d))
	}
	if w.After != 0 || w.Before != 0 {
		parts = append(parts, fmt.Sprintf("%v-%v", w.After, end(w.Before)))
	}
	if len(parts) == 0 {
		return "any"
	}
	return strings.Join(parts, " ")
}

// String is the days from Monday on: "Mon,Wed".
func (w Weekdays) String() string {
	var names []string
	for i := range time.Weekday(7) {
		if d := (i + 1) % 7; w.Has(d) {
			names = append(names, d.String()[:3])
		}
	}
	return strings.Join(names, ",")
}

// merge orders windows, joins days that touch and weekdays of the same hours, and drops repeats.
func merge(ws []Window) []Window {
	slices.SortStableFunc(ws, compareWindows)
	var out []Window
	for _, w := range ws {
		joined := false
		for i := range out {
			if m, ok := join(out[i], w); ok {
				out[i], joined = m, true
				break
			}
		}
		if !joined {
			out = append(out, w)
		}
	}
	return out
}

func compareWindows(a, b Window) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.After, b.After), cmp.Compare(a.Days, b.Days))
}

func join(a, b Window) (Window, bool) {
	sameDays := a.From == b.From && a.To == b.To && slices.Equal(a.Except, b.Except)
	sameHours := a.After == b.After && a.Before == b.Before
	switch {
	case sameDays && sameHours && (a.Days == 0) == (b.Days == 0):
		a.Days |= b.Days
		return a, true
	case sameDays && a.Days == b.Days && b.After <= end(a.Before) && a.After <= b.After:
		a.Before = max(end(a.Before), end(b.Before)) % dayEnd
		return a, true
	case sameHours && a.Days == 0 && b.Days == 0 && len(a.Except)+len(b.Except) == 0 && a.To != "" && b.From != "" && b.From > a.From && touch(a.To, b.From):
		if b.To == "" || b.To > a.To {
			a.To = b.To
		}
		return a, true
	}
	return a, false
}

// touch: b is at most the day after a.
func touch(a, b Date) bool { return b <= (dayOf(a.Time(time.UTC)) + 1).date() }
