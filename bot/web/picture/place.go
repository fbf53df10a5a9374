package picture

import (
	"cmp"
	"slices"
	"strings"

	"careline/dialogs"
)

// Sizes in pixels.
const (
	rowWidth   = 232
	rowHeight  = 48
	endHeight  = 32
	noteHeight = 16 // more, of a row with a note
	portHeight = 18 // between two lines that leave a row on one side
	gap        = 20 // between two rows
	labelGap   = 32 // between two rows with a labelled arrow
	laneWidth  = 10
	margin     = 10
	letter     = 6 // of a label
	labelMax   = 22
)

// anytime is the row from which the edges of all states leave.
const anytime = "anytime"

// layout is a picture with every coordinate.
type layout struct {
	rows          []row
	lines         []line
	left          int // of the rows
	width, height int
}

// row is a node with its place in the column.
type row struct {
	dialogs.Node
	y, height int
}

// line is the edges from one row to another: straight down, or over a lane at one side.
type line struct {
	from, to int // rows
	edges    []dialogs.Edge
	label    string
	side     side
	out, in  int // y where it leaves and where it arrives
	x        int // of its lane
}

type side int

const (
	down side = iota
	left
	right
)

func place(g dialogs.Graph, o Options) *layout {
	l := &layout{}
	l.column(g, o)
	l.connect(g, o)
	l.stack()
	widths := [3]int{}
	for _, s := range []side{left, right} {
		widths[s] = l.lanes(s)
	}
	l.left = margin + widths[left]
	l.width = l.left + rowWidth + widths[right] + margin
	for i := range l.lines {
		switch n := &l.lines[i]; n.side {
		case left:
			n.x = l.left - n.x
		case right:
			n.x = l.left + rowWidth + n.x
		}
	}
	return l
}

// column orders the rows: the states, what holds for all of them, the ends.
func (l *layout) column(g dialogs.Graph, o Options) {
	ends := slices.IndexFunc(g.Nodes, func(n dialogs.Node) bool { return n.End })
	if ends < 0 {
		ends = len(g.Nodes)
	}
	always := slices.ContainsFunc(g.Edges, func(e dialogs.Edge) bool { return e.Always })
	for i, n := range g.Nodes {
		if i == ends && always {
			l.rows = append(l.rows, row{Node: dialogs.Node{Name: anytime}, height: endHeight})
		}
		height := rowHeight
		if n.End {
			height = endHeight
		} else if o.Notes[n.Name] != "" {
			height += noteHeight
		}
		l.rows = append(l.rows, row{Node: n, height: height})
	}
}

// connect gathers the edges between two rows into one line each.
func (l *layout) connect(g dialogs.Graph, o Options) {
	index := map[string]int{}
	for i, r := range l.rows {
		index[r.Name] = i
	}
	at := map[[2]int]int{}
	for _, e := range g.Edges {
		from, to := index[e.From], index[e.To]
		if e.Always {
			from = index[anytime]
		}
		i, known := at[[2]int{from, to}]
		if !known {
			i = len(l.lines)
			at[[2]int{from, to}] = i
			l.lines = append(l.lines, line{from: from, to: to, side: sideOf(l.rows[from], from, to)})
		}
		l.lines[i].edges = append(l.lines[i].edges, e)
	}
	for i := range l.lines {
		l.lines[i].label = labelOf(l.lines[i].edges, o)
	}
}

func sideOf(r row, from, to int) side {
	switch {
	case to <= from:
		return left
	case to == from+1 && r.Name != anytime:
		return down
	}
	return right
}

func labelOf(edges []dialogs.Edge, o Options) string {
	plain := slices.ContainsFunc(edges, func(e dialogs.Edge) bool { return e.Label == "" })
	var all []string
	for _, e := range edges {
		label := e.Label
		if plain && label == "skip" {
			continue // it goes there anyway
		}
		if own := o.Labels[label]; own != "" {
			label = own
		}
		if label != "" && !slices.Contains(all, label) {
			all = append(all, label)
		}
	}
	return strings.Join(all, " · ")
}

// stack gives each row its height, so that its lines leave at different heights, and its place.
func (l *layout) stack() {
	y := margin
	for i := range l.rows {
		r := &l.rows[i]
		r.height = max(r.height, portHeight*max(l.ports(i, left, nil), l.ports(i, right, nil))+14)
		r.y = y
		y += r.height + gap
		for _, n := range l.lines {
			if n.side == down && n.from == i && n.label != "" {
				y += labelGap - gap
			}
		}
	}
	l.height = y - gap + margin
	for i := range l.rows {
		for _, s := range []side{left, right} {
			at := l.rows[i].y + (l.rows[i].height-portHeight*(l.ports(i, s, nil)-1))/2
			l.ports(i, s, func() int {
				at += portHeight
				return at - portHeight
			})
		}
	}
	for i := range l.lines {
		if n := &l.lines[i]; n.side == down {
			n.out, n.in = l.rows[n.from].y+l.rows[n.from].height, l.rows[n.to].y
		}
	}
}

// ports counts the places at one side of a row where lines leave and arrive and, given next, gives each its
// height. All lines that arrive share one place: above those that leave on the right, where they come from above,
// and below on the left. The farther a line goes, the farther outside its lane, so it leaves where it crosses no other.
func (l *layout) ports(i int, s side, next func() int) (count int) {
	var outs, ins []*line
	for k := range l.lines {
		n := &l.lines[k]
		if n.side == s && n.from == i {
			outs = append(outs, n)
		}
		if n.side == s && n.to == i {
			ins = append(ins, n)
		}
	}
	count = len(outs) + min(len(ins), 1)
	if next == nil {
		return count
	}
	arrive := func() {
		if len(ins) == 0 {
			return
		}
		y := next()
		for _, n := range ins {
			n.in = y
		}
	}
	if s == right {
		arrive()
	}
	slices.SortFunc(outs, func(a, b *line) int { return cmp.Compare(b.to, a.to) })
	for _, n := range outs {
		n.out = next()
	}
	if s == left {
		arrive()
	}
	return count
}
