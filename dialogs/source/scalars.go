package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Text reads what people will see, and tells when YAML has cut it: findings 2, 3, 4, 5.
func (r *Report) Text(n *Node, name string) string {
	switch {
	case n == nil:
		return ""
	case n.Flow && n.Kind != Scalar:
		begin, shown := "{", "{…}"
		if n.Kind == List {
			begin, shown = "[", "[…]"
		}
		r.Add(n.Pos, 2, begin, shown)
		return ""
	case n.Kind == Mapping && len(n.Entries) == 1 && !plainKey.MatchString(n.Entries[0].Key):
		r.Add(n.Pos, 3)
		return ""
	case n.Kind != Scalar:
		r.Add(n.Pos, 78, name, Scalar, n.Kind)
		return ""
	case n.Flow:
		r.Add(n.Pos, 5)
	case n.Style == Plain && cuts.MatchString(n.Comment):
		r.Add(n.Pos, 4, n.Text)
	}
	return n.Text
}

var (
	plainKey = regexp.MustCompile(`^[a-z0-9_.]+$`)
	cuts     = regexp.MustCompile(`^#[\pL\pN]`)
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	duration = regexp.MustCompile(`^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$`)
)

// Word reads a scalar that is no text for people.
func (r *Report) Word(n *Node, name string) string {
	if n == nil {
		return ""
	}
	if n.Kind != Scalar {
		r.Add(n.Pos, 78, name, "a word", n.Kind)
		return ""
	}
	return strings.TrimSpace(n.Text)
}

// Words reads a list of words, or a single one.
func (r *Report) Words(n *Node, name string) []string {
	switch {
	case n == nil:
		return nil
	case n.Kind == Scalar:
		return []string{strings.TrimSpace(n.Text)}
	case n.Kind != List:
		r.Add(n.Pos, 78, name, "a list of words", n.Kind)
		return nil
	}
	words := make([]string, 0, len(n.Items))
	for _, item := range n.Items {
		if w := r.Word(item, name); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// OneOf reads a word that must be one of the allowed; otherwise it is told, and the one that was meant is given, or "".
func (r *Report) OneOf(n *Node, name string, allowed ...string) string {
	w := r.Word(n, name)
	if w == "" || slices.Contains(allowed, w) {
		return w
	}
	r.Add(n.Pos, 82, w, strings.Join(allowed, ", "), DidYouMean(w, allowed))
	return Closest(w, allowed)
}

// Name reads a name of the language; findings 11. It gives the word even when it is wrong, so that what
// refers to it is not told as well.
func (r *Report) Name(at Pos, name string) string {
	if !IsName(name) {
		r.Add(at, 11, name, SuggestName(name))
	}
	return name
}

// IsName reports whether s can name a state, an answer, a choice or a dialog.
func IsName(s string) bool { return nameForm.MatchString(s) }

// Duration reads `8s 30m 4h 7d` and their sums, `1h30m`.
func (r *Report) Duration(n *Node, name string) time.Duration {
	w := r.Word(n, name)
	if w == "" {
		return 0
	}
	d, ok := ParseDuration(w)
	if !ok {
		r.Add(n.Pos, 79, w, "a length of time", "`30m`, `4h`, `7d`")
	}
	return d
}

// ParseDuration understands `8s 30m 4h 7d` and their sums, up to a hundred years.
func ParseDuration(s string) (time.Duration, bool) {
	m := duration.FindStringSubmatch(s)
	if s == "" || m == nil {
		return 0, false
	}
	var sum time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if m[i+1] == "" {
			continue
		}
		k, err := strconv.Atoi(m[i+1][:len(m[i+1])-1])
		if err != nil || time.Duration(k) > 36525*24*time.Hour/unit {
			return 0, false
		}
		sum += time.Duration(k) * unit
	}
	return sum, true
}

// Bool reads yes, no, true, false.
func (r *Report) Bool(n *Node, name string) bool {
	w := r.Word(n, name)
	b, ok := ParseBool(w)
	if w != "" && !ok {
		r.Add(n.Pos, 79, w, "yes or no", "`yes`")
	}
	return b
}

// ParseBool understands yes, no, true, false.
func ParseBool(s string) (value, ok bool) {
	switch s {
	case "yes", "true":
		return true, true
	case "no", "false":
		return false, true
	}
	return false, false
}

// Number reads a decimal number.
func (r *Report) Number(n *Node, name string) float64 {
	w := r.Word(n, name)
	if w == "" {
		return 0
	}
	v, err := strconv.ParseFloat(w, 64)
	if err != nil {
		r.Add(n.Pos, 79, w, "a number", "`3`")
	}
	return v
}
