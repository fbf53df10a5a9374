package picture

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// bundle is the lines of one side that lead to one row: they share a lane, as trains to one station do.
type bundle struct {
	to       int
	top, end int // y
	lane     int
}

// lanes gives the lines of one side their distance from the column, so that no two bundles share a stretch of
// a lane: short ones inside, long ones around them. It returns how wide the side is.
func (l *layout) lanes(s side) int {
	bundles := l.bundles(s)
	if len(bundles) == 0 {
		return 0
	}
	slices.SortStableFunc(bundles, func(a, b *bundle) int { return cmp.Compare(a.end-a.top, b.end-b.top) })
	most := 0
	for i, b := range bundles {
		for clash(b, bundles[:i]) {
			b.lane++
		}
		most = max(most, b.lane)
	}
	gutter := l.gutter(s)
	for _, b := range bundles {
		for i := range l.lines {
			if n := &l.lines[i]; n.side == s && n.to == b.to {
				n.x = gutter + b.lane*laneWidth
			}
		}
	}
	return gutter + most*laneWidth + margin/2
}

func (l *layout) bundles(s side) (all []*bundle) {
	byRow := map[int]*bundle{}
	for _, n := range l.lines {
		if n.side != s {
			continue
		}
		b := byRow[n.to]
		if b == nil {
			b = &bundle{to: n.to, top: n.in, end: n.in}
			byRow[n.to] = b
			all = append(all, b)
		}
		b.top, b.end = min(b.top, n.out), max(b.end, n.out)
	}
	return all
}

func clash(b *bundle, placed []*bundle) bool {
	return slices.ContainsFunc(placed, func(p *bundle) bool {
		return p.lane == b.lane && b.top < p.end+portHeight && p.top < b.end+portHeight
	})
}

// gutter is the room for the labels of one side.
func (l *layout) gutter(s side) int {
	longest := 0
	for _, n := range l.lines {
		if n.side == s {
			longest = max(longest, utf8.RuneCountInString(short(n.label, labelMax)))
		}
	}
	return max(24, longest*letter+18)
}

// short cuts a text to at most limit letters.
func short(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}
