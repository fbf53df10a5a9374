package source

import (
	"fmt"
	"slices"
	"strings"
)

// Report collects findings. The texts and severities stand in Rows.
type Report struct{ Findings Findings }

// Add tells finding number n with the values that its row wants.
func (r *Report) Add(at Pos, n int, values ...any) {
	row, ok := RowOf(n)
	if !ok {
		panic(fmt.Sprintf("no finding %d in the table", n))
	}
	r.Findings = append(r.Findings, Finding{Pos: at, Severity: row.Severity, Number: n, Text: fmt.Sprintf(row.Format, values...)})
}

// Problem tells a mistake in the clinic's data, which has no row in the table.
func (r *Report) Problem(at Pos, format string, values ...any) {
	r.Findings = append(r.Findings, Finding{Pos: at, Severity: Error, Text: fmt.Sprintf(format, values...)})
}

// Closest is the candidate within two letters of name, within one of a name of up to three, or "". Of two
// equally near it is the one that ends alike: the first and the last letter are rarely wrong.
func Closest(name string, candidates []string) string {
	best, distance := "", 3
	if runes(name) <= 3 {
		distance = 2
	}
	for _, c := range candidates {
		d := letters(name, c, 3)
		if d < distance || d == distance && best != "" && endsAlike(name, c) && !endsAlike(name, best) {
			best, distance = c, d
		}
	}
	return best
}

func endsAlike(a, b string) bool { return a != "" && b != "" && a[len(a)-1] == b[len(b)-1] }

// DidYouMean is "; did you mean `x`?" for a misspelt name, or "".
func DidYouMean(name string, candidates []string) string {
	if c := Closest(name, candidates); c != "" {
		return fmt.Sprintf("; did you mean `%s`?", c)
	}
	return ""
}

// Unknown tells of a key that owner («a state») cannot have; finding 9. It gives the key that was meant, or "".
func (r *Report) Unknown(at Pos, key, owner string, known []string) string {
	list := strings.Join(known, ", ")
	c := Closest(key, known)
	if c != "" {
		r.Add(at, 9, key, fmt.Sprintf("; did you mean `%s`? %s may have: %s", c, capital(owner), list))
		return c
	}
	r.Add(at, 9, key, fmt.Sprintf("; %s may have: %s", owner, list))
	return ""
}

func capital(s string) string {
	if s == "" {
		return s
	}
	rs := []rune(s)
	return strings.ToUpper(string(rs[:1])) + string(rs[1:])
}

// letters is how many letters are added, lost, changed or swapped between a and b; limit when more.
func letters(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d >= limit || -d >= limit {
		return limit
	}
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		if slices.Min(next) >= limit {
			return limit
		}
		before, row = row, next
	}
	return row[len(y)]
}
