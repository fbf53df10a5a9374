// Package source reads the YAML that people write by hand and keeps the place of every word, so that
// each mistake is told as file:line:column.
package source

import (
	"cmp"
	"fmt"
	"slices"
)

// Pos is a place in a file; lines and columns (in characters) begin at 1.
type Pos struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Severity of a finding: an Error stops a release, a Warning and a Note do not.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Finding is one thing wrong in one place: what is wrong; what to do.
type Finding struct {
	Pos
	Severity Severity `json:"severity"`
	Number   int      `json:"number"` // row of the table of findings in docs/language.md; 0 = clinic data
	Text     string   `json:"text"`
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s: %s", f.Pos, f.Severity, f.Text) }

// Findings is everything found, in the order of files and lines after Sort.
type Findings []Finding

// Sort orders by file, line, column and number, and drops repetitions.
func (fs Findings) Sort() Findings {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(a.Compare(b.Pos), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(fs)
}

// Failed reports whether there is an Error among them.
func (fs Findings) Failed() bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error })
}
