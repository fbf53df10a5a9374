package dialogs

import (
	"strings"
	"time"

	"careline/dialogs/words"
)

// period tells a wish about time back: «завтра, 25 ноября, после 18:00 или в субботу».
func (v View) period(p *words.Period) string {
	windows := make([]string, 0, len(p.Windows))
	for _, w := range p.Windows {
		windows = append(windows, v.window(w))
	}
	text := v.words().Or(windows)
	if p.Soonest && text == "" {
		return v.words().Phrase("soonest")
	}
	return text
}

func (v View) window(w words.Window) string {
	f := v.words()
	text := v.days(w)
	if w.After > 0 || w.Before > 0 {
		if text == "" {
			text = f.Phrase("any_day")
		}
		if strings.Contains(text, ",") {
			text += ","
		}
	}
	switch {
	case w.After > 0 && w.Before > 0:
		text = f.Phrase("between", "day", text, "from", clock(w.After), "to", clock(w.Before))
	case w.After > 0:
		text = f.Phrase("after", "day", text, "time", clock(w.After))
	case w.Before > 0:
		text = f.Phrase("before", "day", text, "time", clock(w.Before))
	case text == "":
		text = f.Phrase("any_day")
	}
	if len(w.Except) == 0 {
		return text
	}
	except := make([]string, len(w.Except))
	for i, d := range w.Except {
		except[i] = v.date(d)
	}
	return f.Phrase("except", "text", text, "days", f.And(except))
}

// days is the days of a window: one, from … to …, weekdays, or nothing.
func (v View) days(w words.Window) string {
	f := v.words()
	if one, ok := v.dayMoment(w.From); ok && w.From == w.To {
		return f.Day(one)
	}
	span := ""
	switch {
	case w.From != "" && w.To != "":
		span = f.Phrase("days_range", "from", v.date(w.From), "to", v.date(w.To))
	case w.From != "":
		span = f.Phrase("from_day", "from", v.date(w.From))
	case w.To != "":
		span = f.Phrase("to_day", "to", v.date(w.To))
	}
	if w.Days == 0 {
		return span
	}
	var weekdays []string
	for i := range 7 {
		if d := time.Weekday((i + 1) % 7); w.Days.Has(d) {
			weekdays = append(weekdays, f.Weekday(d))
		}
	}
	return strings.TrimSuffix(f.And(weekdays)+", "+span, ", ")
}
