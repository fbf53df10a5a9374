package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A record is at most so long. What is longer is not one record but a quote that nobody closed.
const (
	maxRecord = 64 << 10 // bytes
	maxLines  = 100
)

// Record is one line of a table; fields in quotes may hold line breaks.
type Record struct {
	Line   int // number of its first line in the file, from 1
	Raw    string
	Fields []string
	Broken *Reason // why it cannot be cut into fields
}

// records cuts a text into records. Whatever stands in it, the next record is found.
type records struct {
	in        *bufio.Reader
	separator rune      // an ASCII sign
	number    int       // of the last line read
	ahead     []textual // lines that were read in search of a closing quote
	cut       *bufio.Reader
	cutting   strings.Reader
}

// textual is a line of the file.
type textual struct {
	number int
	text   string
	long   bool // its end is missing here
}

// next is the next record with something in it; io.EOF after the last.
func (r *records) next() (*Record, error) {
	for {
		first, err := r.line()
		if err != nil {
			return nil, err
		}
		record, err := r.record(first)
		if err != nil {
			return nil, err
		}
		if record.Broken != nil || strings.Join(record.Fields, "") != "" {
			return record, nil
		}
	}
}

// record goes on from its first line to where its last quote closes.
func (r *records) record(first textual) (*Record, error) {
	record := &Record{Line: first.number, Raw: first.text}
	more, closed, err := r.rest(first)
	if err != nil {
		return nil, err
	}
	if !closed {
		r.ahead = append(more, r.ahead...) // the lines after a stray quote are records of their own
		record.Broken = &Reason{ID: "quote"}
		return record, nil
	}
	for _, l := range more {
		record.Raw += "\n" + l.text
	}
	switch {
	case first.long:
		record.Broken = &Reason{ID: "long"}
	case !utf8.ValidString(record.Raw):
		record.Broken = &Reason{ID: "letters"}
	default:
		return record, r.fields(record)
	}
	record.Raw = strings.ToValidUTF8(record.Raw[:min(len(record.Raw), 1000)], "\uFFFD")
	return record, nil
}

// rest are the lines that belong to the record that begins with the first; closed: its last quote is closed in time.
func (r *records) rest(first textual) (more []textual, closed bool, err error) {
	length := len(first.text)
	for open := r.opens(first.text, false); open && !first.long; {
		next, err := r.line()
		if err == io.EOF {
			return more, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		more = append(more, next)
		length += 1 + len(next.text)
		if open = r.opens(next.text, true); next.long || open && (len(more) >= maxLines || length > maxRecord) {
			return more, false, nil
		}
	}
	return more, true, nil
}

// opens reports whether a quoted field is still open at the line's end; inside: it was at the beginning.
func (r *records) opens(line string, inside bool) bool {
	begins := !inside // a field begins here
	for i := 0; i < len(line); i++ {
		next := byte(r.separator)
		if i+1 < len(line) {
			next = line[i+1]
		}
		switch quote := line[i] == '"'; {
		case inside && quote && next == '"':
			i++
		case inside && quote:
			inside = next != byte(r.separator)
		case begins && quote:
			inside = true
		}
		begins = !inside && line[i] == byte(r.separator)
	}
	return inside
}

// fields cuts the record.
func (r *records) fields(record *Record) (err error) {
	r.cutting.Reset(record.Raw)
	if r.cut == nil {
		r.cut = bufio.NewReader(&r.cutting)
	} else {
		r.cut.Reset(&r.cutting)
	}
	reader := csv.NewReader(r.cut)
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = r.separator, true, -1
	record.Fields, err = reader.Read()
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		record.Broken = &Reason{ID: "quote"}
		return nil
	}
	if err == io.EOF { // nothing but an end of line
		return nil
	}
	for i, f := range record.Fields {
		record.Fields[i] = disarmed(strings.TrimSpace(strings.ReplaceAll(f, "\u00A0", " ")))
	}
	return err
}

// line is the next line without its end.
func (r *records) line() (textual, error) {
	if len(r.ahead) > 0 {
		next := r.ahead[0]
		r.ahead = r.ahead[1:]
		return next, nil
	}
	var line []byte
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxRecord; !long {
			line = append(line, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || len(line) == 0) {
			return textual{}, err
		}
		r.number++
		return textual{number: r.number, text: string(bytes.TrimRight(line, "\r\n")), long: long}, nil
	}
}
