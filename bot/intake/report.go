package intake

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"careline/locales"
)

// Reason why a line, or a part of it, was not taken. Its words are the phrase import.ID.
type Reason struct {
	ID    string
	Value string // what stands in the table
	Near  string // what may be meant, or what it collides with
}

// Phrases are texts by language and id.
type Phrases interface {
	Text(lang, id string, count *float64, source locales.Source) (string, error)
}

// Report is the table of the lines that were not taken, or not wholly: as they were, with their numbers and the
// reasons. What is mended in it can be brought in again as it is.
type Report struct {
	// Open makes the file when there is something to report.
	Open     func() (io.WriteCloser, error)
	Phrases  Phrases
	Language string

	table *Table
	file  io.WriteCloser
	out   *csv.Writer
	// Reasons are how often each was told.
	Reasons map[string]int
}

// The report's own columns, which mean nothing when it is read.
var reportColumns = []string{"import.line", "import.reason"}

// reported: the column is one of a report, in any language of the program.
func reported(heading string) bool {
	return slices.Contains([]string{"строка", "причина", "line", "reason"}, folded(heading))
}

func (r *Report) add(l line, o outcome) error {
	if len(o.reasons) == 0 {
		return nil
	}
	if r.out == nil {
		if err := r.begin(); err != nil {
			return err
		}
	}
	var why []string
	for _, reason := range o.reasons {
		if r.Reasons == nil {
			r.Reasons = map[string]int{}
		}
		r.Reasons[r.word("import."+reason.ID)]++
		why = append(why, r.word("import."+reason.ID, "value", reason.Value, "near", reason.Near))
	}
	row := make([]string, 0, len(r.table.Heading)+2)
	fields := l.Fields
	if l.Fields == nil {
		fields = []string{l.Raw}
	}
	row = append(row, fields...)
	for len(row) < len(r.table.Heading) {
		row = append(row, "")
	}
	row = append(row, number(l.Line), strings.Join(why, "; "))
	return r.write(row)
}

func (r *Report) begin() (err error) {
	if r.file, err = r.Open(); err != nil {
		return fmt.Errorf("making the report: %w", err)
	}
	if _, err := r.file.Write(bomUTF8); err != nil { // or Excel reads it as Windows' Cyrillic
		return fmt.Errorf("writing the report: %w", err)
	}
	r.out = csv.NewWriter(r.file)
	r.out.Comma, r.out.UseCRLF = r.table.Separator, true
	heading := slices.Clone(r.table.Heading)
	for _, id := range reportColumns {
		heading = append(heading, r.word(id))
	}
	return r.write(heading)
}

func (r *Report) write(row []string) error {
	for i := range row {
		row[i] = Harmless(row[i])
	}
	if err := r.out.Write(row); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// close ends the report, if there is one.
func (r *Report) close() error {
	if r.out == nil {
		return nil
	}
	r.out.Flush()
	if err := r.out.Error(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := r.file.Close(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func (r *Report) word(id string, pairs ...string) string {
	text, err := r.Phrases.Text(r.Language, id, nil, locales.Values(pairs...))
	if err != nil {
		return id
	}
	return text
}

func number(n int) string { return strconv.Itoa(n) }
