package booking

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"careline/dialogs/source"
)

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} // by time.Weekday

// hours reads lines like `mon-fri: 10:00-14:00, 15:00-19:00`, `sat: off`, `2026-12-31: 10:00-15:00`.
func (r *reader) hours(n *source.Node, name string) Hours {
	var h Hours
	if n == nil {
		return h
	}
	if n.Kind != source.Mapping {
		r.Add(n.Pos, 78, name, "days and hours", n.Kind)
		return h
	}
	said := map[int]int{}
	for _, e := range n.Entries {
		stretches := r.stretches(e)
		if d, ok := parseDates(e.Key); ok {
			h.Dated = append(h.Dated, Dated{d, stretches})
			continue
		}
		days, ok := parseWeekdays(e.Key)
		if !ok {
			r.Add(e.KeyPos, 79, e.Key, "a day", "`mon`, `mon-fri`, `sat, sun`, `2026-12-31`, `2027-01-01..2027-01-08`")
		}
		for _, d := range days {
			if line, twice := said[d]; twice {
				r.Problem(e.KeyPos, "%s stands here twice, first at line %d; remove one", weekdays[d], line)
			}
			said[d] = e.KeyPos.Line
			h.Week[d] = stretches
		}
	}
	return h
}

// parseWeekdays understands `mon`, `mon-fri`, `sat-mon`, `mon, wed`, `daily`.
func parseWeekdays(s string) ([]int, bool) {
	if s == "daily" {
		return []int{0, 1, 2, 3, 4, 5, 6}, true
	}
	var out []int
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		first, last, ranged := strings.Cut(piece, "-")
		from, to := slices.Index(weekdays, first), slices.Index(weekdays, last)
		if !ranged {
			to = from
		}
		if from < 0 || to < 0 {
			return nil, false
		}
		for d := from; ; d = (d + 1) % 7 {
			out = append(out, d)
			if d == to {
				break
			}
		}
	}
	return out, len(out) > 0
}

var stretchForm = regexp.MustCompile(`^(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)$`)

// stretches reads the hours of a day; none = closed.
func (r *reader) stretches(e source.Entry) []Stretch {
	var out []Stretch
	for _, item := range items(e.Value) {
		for piece := range strings.SplitSeq(r.Word(item, e.Key), ",") {
			piece = strings.TrimSpace(piece)
			if piece == "off" || piece == "" {
				continue
			}
			s, err := parseStretch(piece)
			if err != nil {
				r.Problem(item.Pos, "cannot read the hours «%s»: %v; for example `10:00-14:00, 15:00-19:00` or `off`", piece, err)
				continue
			}
			out = append(out, s)
		}
	}
	if e.Value.Is(source.Empty) {
		r.Problem(e.KeyPos, "no hours behind %s; write `off` for a day off", e.Key)
	}
	slices.SortFunc(out, func(a, b Stretch) int { return a.From - b.From })
	for i := 1; i < len(out); i++ {
		if out[i].From < out[i-1].To {
			r.Problem(e.Value.Pos, "the hours %s and %s overlap; write them as one", out[i-1], out[i])
		}
	}
	return out
}

func parseStretch(s string) (Stretch, error) {
	m := stretchForm.FindStringSubmatch(s)
	if m == nil {
		return Stretch{}, fmt.Errorf("they are two times with a dash between")
	}
	var v [4]int
	for i := range v {
		v[i], _ = strconv.Atoi(m[i+1]) // digits by the form
	}
	out := Stretch{v[0]*60 + v[1], v[2]*60 + v[3]}
	switch {
	case v[1] > 59 || v[3] > 59 || out.From >= 24*60 || out.To > 24*60:
		return Stretch{}, fmt.Errorf("there is no such time of day")
	case out.From >= out.To:
		return Stretch{}, fmt.Errorf("they end before they begin; a night is two days, `22:00-24:00` and `00:00-06:00`")
	case out.From%5 != 0 || out.To%5 != 0:
		return Stretch{}, fmt.Errorf("times are multiples of five minutes")
	}
	return out, nil
}

func (s Stretch) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}
