package intake

import (
	"bufio"
	"io"
	"strings"
)

// Table is an open file with its headings understood.
type Table struct {
	records
	columns columns
	counted *counter
	// Heading as it stands in the file.
	Heading []string
	// Separator of the fields.
	Separator rune
}

// open reads the beginning of a table of the kind.
func open(in io.Reader, kind *kind) (*Table, error) {
	counted := &counter{in: in}
	text, err := decoded(counted)
	if err != nil {
		return nil, err
	}
	t := &Table{counted: counted, records: records{in: bufio.NewReaderSize(text, peekSize), separator: ','}}
	first, err := t.line()
	for err == nil && strings.TrimSpace(first.text) == "" {
		first, err = t.line()
	}
	if err == io.EOF {
		return nil, ErrEmpty
	} else if err != nil {
		return nil, err
	}
	if s, ok := declared(first.text); ok {
		t.separator = s
	} else {
		t.separator = separator(first.text)
		t.ahead = append(t.ahead, first)
	}
	heading, err := t.next()
	if err == io.EOF {
		return nil, ErrEmpty
	} else if err != nil {
		return nil, err
	}
	if heading.Broken != nil {
		return nil, ErrNoText
	}
	t.Heading, t.Separator = heading.Fields, t.separator
	t.columns, err = kind.columns(heading)
	return t, err
}

// Next is the next line; io.EOF after the last.
func (t *Table) Next() (*Record, error) {
	r, err := t.next()
	if err != nil || r.Broken != nil {
		return r, err
	}
	extra := len(r.Fields) - len(t.Heading)
	for extra > 0 && r.Fields[len(r.Fields)-1] == "" { // Excel adds empty ones
		r.Fields = r.Fields[:len(r.Fields)-1]
		extra--
	}
	switch {
	case extra > 0:
		r.Broken = &Reason{ID: "many", Value: number(len(r.Fields)), Near: number(len(t.Heading))}
	case extra < 0 && -extra > trailing(t.columns, len(r.Fields)):
		r.Broken = &Reason{ID: "few", Value: number(len(r.Fields)), Near: number(len(t.Heading))}
	}
	return r, nil
}

// trailing is how many columns from n on may be missing: those at the end of which nobody wants anything.
func trailing(c columns, n int) int {
	free := 0
	for at := c.width - 1; at >= n && !c.used(at); at-- {
		free++
	}
	return free
}

// Ignored are the headings that mean nothing here.
func (t *Table) Ignored() []string {
	var list []string
	for i, h := range t.Heading {
		if !t.columns.used(i) && h != "" && !reported(h) {
			list = append(list, h)
		}
	}
	return list
}

func (t *Table) bytes() int64 { return t.counted.n }

// counter counts what was read of a file.
type counter struct {
	in io.Reader
	n  int64
}

// Read implements io.Reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}
