// Package intake brings in what the clinic knew before careline: patients and their past visits, from the tables that
// its own system or a spreadsheet writes. Tables are read as they are: any usual encoding, separator, heading and way
// of writing dates and phones. What cannot be read is reported line by line; the rest is stored.
//
// The same table may be brought in again and again: what is known stays as it is.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/store"
)

// Import takes tables into a store.
type Import struct {
	Store  store.Store
	Clinic *booking.Clinic
	Clock  clock.Clock
	IDs    func() string
	// Meaning says what the table calls the clinic's services, doctors and branches by other names: name → id; an empty
	// id leaves the doctor out.
	Meaning map[string]string
	// Dry only checks: nothing is stored.
	Dry bool
	// Told is called after every batch; nil = nobody wants to know.
	Told func(Summary)
}

// batchSize is how many lines go into one transaction.
const batchSize = 500

// Summary is what became of the lines so far.
type Summary struct {
	Lines    int // with something in them, without the heading
	Added    int
	Changed  int
	Known    int // nothing new in them
	Rejected int
	Remarks  int   // taken, but for a part that is in the report
	Bytes    int64 // of the table, read so far
}

// fate is what became of one line.
type fate int

const (
	known fate = iota
	added
	changed
	rejected
)

// outcome of one line. A line that was taken may have reasons too: why a part of it was not.
type outcome struct {
	fate    fate
	reasons []Reason
}

func (o *outcome) reject(r Reason) { o.fate, o.reasons = rejected, []Reason{r} }

// touched: something that is known already gets more by this line.
func (o *outcome) touched() {
	if o.fate == known {
		o.fate = changed
	}
}

// taker stores a batch of lines in one transaction, which may be repeated.
type taker func(ctx context.Context, tx store.Tx, now time.Time, lines []line) ([]outcome, error)

// line is a record under the headings of its table.
type line struct {
	*Record
	columns columns
}

func (l line) cell(name string) string { return l.columns.of(l.Fields, name) }

// errDry undoes the transactions of an import that only checks.
var errDry = errors.New("only checked")

// run takes the table in batches. Lines that were not taken go into the report after their batch has been stored: after
// a crash the next run meets them again.
func (i *Import) run(ctx context.Context, t *Table, report *Report, what string, take taker) (sum Summary, err error) {
	for more := true; more; {
		var lines []line
		if lines, more, err = t.batch(batchSize); err != nil {
			return sum, err
		}
		outcomes, err := i.store(ctx, lines, what, take)
		if err != nil {
			return sum, fmt.Errorf("storing the lines from %d on: %w", lines[0].Line, err)
		}
		for n, o := range outcomes {
			sum.count(o)
			if err := report.add(lines[n], o); err != nil {
				return sum, err
			}
		}
		sum.Bytes = t.bytes()
		if i.Told != nil {
			i.Told(sum)
		}
	}
	return sum, report.close()
}

func (i *Import) store(ctx context.Context, lines []line, what string, take taker) (outcomes []outcome, err error) {
	if len(lines) == 0 {
		return nil, nil
	}
	err = i.Store.Tx(ctx, func(tx store.Tx) error {
		now := i.Clock.Now()
		if outcomes, err = take(ctx, tx, now, lines); err != nil {
			return err
		}
		if i.Dry {
			return errDry
		}
		return i.audit(ctx, tx, now, what, outcomes)
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return outcomes, err
}

// audit notes what came in, where something did.
func (i *Import) audit(ctx context.Context, tx store.Tx, now time.Time, what string, outcomes []outcome) error {
	var sum Summary
	for _, o := range outcomes {
		sum.count(o)
	}
	if sum.Added+sum.Changed == 0 {
		return nil
	}
	return tx.AppendEvents(ctx, []store.Event{{
		At: now, Name: "import." + what, Channel: Channel, Value: fmt.Sprintf("added %d, changed %d", sum.Added, sum.Changed),
	}})
}

// Channel is what stands for a table where a record says which channel it came by.
const Channel = "import"

func (s *Summary) count(o outcome) {
	s.Lines++
	switch o.fate {
	case added:
		s.Added++
	case changed:
		s.Changed++
	case known:
		s.Known++
	case rejected:
		s.Rejected++
		return
	}
	if len(o.reasons) > 0 {
		s.Remarks++
	}
}

// batch reads up to n lines with something in them.
func (t *Table) batch(n int) (lines []line, more bool, err error) {
	for len(lines) < n {
		r, err := t.Next()
		if err == io.EOF {
			return lines, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		lines = append(lines, line{r, t.columns})
	}
	return lines, true, nil
}
