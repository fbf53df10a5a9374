package thread

import (
	"context"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"careline/store"
)

const (
	pageLines = 60  // that are read at once
	mostLines = 600 // that a page follows
)

// place is where a page of lines begins, in each of the patient's chats: contact → the last line before it.
type place map[string]int64

// String is the place as a query string has it.
func (p place) String() string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(p)) {
		all = append(all, id+":"+strconv.FormatInt(p[id], 10))
	}
	return strings.Join(all, ",")
}

// placeOf reads it; what is none is left out.
func placeOf(text string) place {
	p := place{}
	for one := range strings.SplitSeq(text, ",") {
		id, line, _ := strings.Cut(one, ":")
		if n, err := strconv.ParseInt(line, 10, 64); err == nil && n >= 0 && id != "" {
			p[id] = n
		}
	}
	return p
}

// readLines reads those after from, or the last ones when it is empty.
func (c *chat) readLines(ctx context.Context, tx store.Tx, from place) error {
	if len(from) == 0 {
		return c.readBefore(ctx, tx, place{})
	}
	var all [][]line
	for _, contact := range c.contacts {
		found, err := history(ctx, tx, contact, from[contact.ID], 0, mostLines)
		if err != nil {
			return err
		}
		all = append(all, found)
	}
	c.lines, _ = newest(all, mostLines)
	c.from, c.before = from, from
	c.look()
	return nil
}

// readBefore reads the last lines up to the place.
func (c *chat) readBefore(ctx context.Context, tx store.Tx, to place) error {
	c.from = place{}
	var all [][]line
	for _, contact := range c.contacts {
		before := int64(0)
		if last, ok := to[contact.ID]; ok {
			before = last + 1
		} else if len(to) > 0 {
			continue // it was met after the page had been read
		}
		found, err := history(ctx, tx, contact, 0, before, pageLines+1)
		if err != nil {
			return err
		}
		if n := len(found); n > 0 {
			c.from[contact.ID] = found[n-1].Seq
		} else {
			c.from[contact.ID] = 0
		}
		all = append(all, found)
	}
	var more bool
	c.lines, more = newest(all, pageLines)
	for _, l := range slices.Backward(c.lines) {
		c.from[l.contact.ID] = l.Seq - 1
	}
	c.before = nil
	if more {
		c.before = c.from
	}
	c.look()
	return nil
}

// readAfter reads the first lines after the place.
func (c *chat) readAfter(ctx context.Context, tx store.Tx, from place) error {
	var all [][]line
	for _, contact := range c.contacts {
		found, err := history(ctx, tx, contact, from[contact.ID], from[contact.ID]+pageLines+1, pageLines)
		if err != nil {
			return err
		}
		all = append(all, found)
	}
	var more bool
	c.lines, more = oldest(all, pageLines)
	c.from, c.before, c.after = from, nil, maps.Clone(from)
	for _, l := range c.lines {
		c.after[l.contact.ID] = l.Seq
	}
	for _, last := range from {
		if last > 0 {
			c.before = from
		}
	}
	if !more {
		ends, err := c.ends(ctx, tx)
		if err != nil {
			return err
		}
		more = slices.ContainsFunc(c.contacts, func(o store.Contact) bool { return ends[o.ID] > c.after[o.ID] })
	}
	if !more || len(c.lines) == 0 {
		c.after = nil
	}
	c.look()
	return nil
}

// ends are the last lines of all chats.
func (c *chat) ends(ctx context.Context, tx store.Tx) (place, error) {
	return c.placeAt(ctx, tx, time.Time{})
}

// placeAt is where lines of the moment begin; of no moment, where all end. Lines are numbered one by one, so it is found by halves.
func (c *chat) placeAt(ctx context.Context, tx store.Tx, at time.Time) (place, error) {
	to := place{}
	for _, contact := range c.contacts {
		last, err := tx.History(ctx, contact.ID, 0, 0, 1)
		if err != nil {
			return nil, err
		}
		to[contact.ID] = 0
		if len(last) == 0 {
			continue
		}
		if to[contact.ID] = last[0].Seq; at.IsZero() {
			continue
		}
		n := sort.Search(int(last[0].Seq), func(n int) bool {
			found, wrong := tx.History(ctx, contact.ID, 0, int64(n)+2, 1)
			if wrong != nil {
				err = wrong
			}
			return len(found) > 0 && !found[0].At.Before(at)
		})
		if err != nil {
			return nil, err
		}
		to[contact.ID] = int64(n)
	}
	return to, nil
}

// look notes what there is to know of the lines as a whole.
func (c *chat) look() {
	for _, l := range c.lines {
		if l.contact.ID == c.contact.ID {
			c.seen = max(c.seen, l.Seq)
		}
	}
	press(c.lines)
}

func history(ctx context.Context, tx store.Tx, contact store.Contact, after, before int64, limit int) ([]line, error) {
	found, err := tx.History(ctx, contact.ID, after, before, limit)
	if err != nil {
		return nil, err
	}
	lines := make([]line, 0, len(found))
	for _, l := range found {
		one, err := lineOf(contact, l)
		if err != nil {
			return nil, err
		}
		lines = append(lines, one)
	}
	return lines, nil
}

// oldest are the first lines of chats that go on side by side, and whether there are more.
func oldest(chats [][]line, limit int) (lines []line, more bool) {
	for len(lines) < limit {
		at, first := -1, int64(math.MaxInt64)
		for i, chat := range chats {
			if len(chat) > 0 && chat[0].At.UnixMicro() < first {
				at, first = i, chat[0].At.UnixMicro()
			}
		}
		if at < 0 {
			break
		}
		lines, chats[at] = append(lines, chats[at][0]), chats[at][1:]
	}
	return lines, slices.ContainsFunc(chats, func(chat []line) bool { return len(chat) > 0 })
}

// newest are the last lines of chats that go on side by side, each in its own order, and whether there are more.
func newest(chats [][]line, limit int) (lines []line, more bool) {
	for len(lines) < limit {
		at, latest := -1, int64(math.MinInt64)
		for i, chat := range chats {
			if n := len(chat); n > 0 && chat[n-1].At.UnixMicro() > latest {
				at, latest = i, chat[n-1].At.UnixMicro()
			}
		}
		if at < 0 {
			break
		}
		n := len(chats[at]) - 1
		lines, chats[at] = append(lines, chats[at][n]), chats[at][:n]
	}
	slices.Reverse(lines)
	return lines, slices.ContainsFunc(chats, func(chat []line) bool { return len(chat) > 0 })
}
