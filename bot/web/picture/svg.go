package picture

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"careline/dialogs"
)

const (
	bend     = 7 // radius of a line's corner
	nameMax  = 22
	glossMax = 26
	textLeft = 42 // of a row's words
)

// icons of what a state does, 18 × 18.
var icons = map[dialogs.Doing]string{
	dialogs.Says:  "M2 3h14v9H8l-4 4v-4H2z",
	dialogs.Asks:  "M6.2 6.4a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M9 14.2v.1M9 1a8 8 0 1 1 0 16A8 8 0 1 1 9 1z",
	dialogs.Calls: "M10 1 3 10.5h5L7.5 17 15 7.5h-5z",
	dialogs.Runs:  "M5 5V1.5h11.5V13H13M1.5 5H13v11.5H1.5z",
	dialogs.Forks: "M9 17v-6M9 11 3.5 5.5V2M9 11l5.5-5.5V2M1.5 4l2-2 2 2M12.5 4l2-2 2 2",
}

func (l *layout) svg(g dialogs.Graph, o Options) template.HTML {
	var b strings.Builder
	title := g.Title
	if o.Current != "" {
		title += ": " + nameOf(o.Current, o)
	}
	fmt.Fprintf(&b, `<svg class="picture" xmlns="http://www.w3.org/2000/svg" role="%s" aria-label="%s" viewBox="0 0 %d %d" width="%d" height="%d">`,
		role(o), html.EscapeString(title), l.width, l.height, l.width, l.height)
	for _, lit := range []bool{false, true} { // the lit lines lie above the others
		for _, n := range l.lines {
			if (l.rows[n.from].Name == o.Current) == lit {
				l.line(&b, n, lit)
			}
		}
	}
	for _, r := range l.rows {
		if to := o.Links[r.Name]; to != "" {
			fmt.Fprintf(&b, `<a href="%s" tabindex="-1">`, html.EscapeString(to))
			l.row(&b, r, o)
			b.WriteString("</a>")
			continue
		}
		l.row(&b, r, o)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) //nolint:gosec // every text in it was escaped
}

// role of the picture: what can be pressed is no image.
func role(o Options) string {
	if len(o.Links) > 0 {
		return "group"
	}
	return "img"
}

func (l *layout) line(b *strings.Builder, n line, lit bool) {
	class := "line"
	if lit {
		class += " lit"
	}
	fmt.Fprintf(b, `<g class="%s" data-from="%s" data-to="%s">`, class, html.EscapeString(l.rows[n.from].Name), html.EscapeString(l.rows[n.to].Name))
	x, y, anchor := 0, 0, "start"
	switch n.side {
	case down:
		x, y = l.left+rowWidth/2, (n.out+n.in)/2+3
		fmt.Fprintf(b, `<path d="M%d %dV%d"/><path class="head" d="M%d %dl-4-7h8z"/>`, x, n.out, n.in-6, x, n.in)
		x += 9
	case right:
		edge := l.left + rowWidth
		fmt.Fprintf(b, `<path d="%s"/><path class="head" d="M%d %dl7-4v8z"/>`, around(edge, n, 1), edge, n.in)
		x, y = edge+8, n.out-4
	case left:
		fmt.Fprintf(b, `<path d="%s"/><path class="head" d="M%d %dl-7-4v8z"/>`, around(l.left, n, -1), l.left, n.in)
		x, y, anchor = l.left-8, n.out-4, "end"
	}
	if n.label != "" {
		cut := short(n.label, labelMax)
		fmt.Fprintf(b, `<text class="label" x="%d" y="%d" text-anchor="%s">`, x, y, anchor)
		if cut != n.label {
			fmt.Fprintf(b, `<title>%s</title>`, html.EscapeString(n.label))
		}
		fmt.Fprintf(b, `%s</text>`, html.EscapeString(cut))
	}
	b.WriteString("</g>")
}

// around is the way from the column's edge over a lane back to the edge; outward is 1 on the right, -1 on the left.
func around(edge int, n line, outward int) string {
	turn := bend
	if n.in < n.out {
		turn = -bend
	}
	corner := n.x - outward*bend
	return fmt.Sprintf("M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d",
		edge, n.out, corner, n.x, n.out, n.x, n.out+turn, n.in-turn, n.x, n.in, corner, n.in, edge+outward*6)
}

func (l *layout) row(b *strings.Builder, r row, o Options) {
	class, name := "node", nameOf(r.Name, o)
	switch {
	case r.Name == anytime:
		class += " anytime"
	case r.End:
		class += " end"
	default:
		class += " " + string(r.Doing)
	}
	if r.Name == o.Current {
		class += " current"
	}
	fmt.Fprintf(b, `<g class="%s" data-name="%s">`, class, html.EscapeString(r.Name))
	gloss := o.Glosses[r.Name]
	if gloss == "" && r.What != name {
		gloss = r.What
	}
	fmt.Fprintf(b, `<title>%s</title>`, html.EscapeString(strings.TrimSuffix(name+" — "+gloss, " — ")))
	middle := r.y + r.height/2
	if r.End || r.Name == anytime {
		l.shape(b, r, endHeight/2)
		fmt.Fprintf(b, `<text class="name" x="%d" y="%d" text-anchor="middle">%s</text></g>`, l.left+rowWidth/2, middle+5, html.EscapeString(short(name, nameMax)))
		return
	}
	l.shape(b, r, radius[r.Doing])
	if note := o.Notes[r.Name]; note != "" {
		middle -= noteHeight / 2
		fmt.Fprintf(b, `<text class="note" x="%d" y="%d">%s</text>`, l.left+textLeft, middle+29, html.EscapeString(short(note, glossMax+4)))
	}
	fmt.Fprintf(b, `<path class="icon" transform="translate(%d %d)" d="%s"/>`, l.left+13, middle-9, icons[r.Doing])
	if gloss == "" {
		middle += 9
	}
	fmt.Fprintf(b, `<text class="name" x="%d" y="%d">%s</text>`, l.left+textLeft, middle-4, html.EscapeString(short(name, nameMax)))
	if gloss != "" {
		fmt.Fprintf(b, `<text class="gloss" x="%d" y="%d">%s</text>`, l.left+textLeft, middle+13, html.EscapeString(short(gloss, glossMax)))
	}
	b.WriteString("</g>")
}

// radius of the corners tells the kinds of state apart at a glance.
var radius = map[dialogs.Doing]int{dialogs.Says: 18, dialogs.Asks: 11, dialogs.Calls: 3, dialogs.Runs: 3, dialogs.Forks: 0}

func (l *layout) shape(b *strings.Builder, r row, corner int) {
	switch r.Doing {
	case dialogs.Forks:
		fmt.Fprintf(b, `<path class="box" d="M%d %dh%dl12 12v%dl-12 12h-%dl-12-12v-%dz"/>`,
			l.left+12, r.y, rowWidth-24, r.height-24, rowWidth-24, r.height-24)
		return
	case dialogs.Runs:
		fmt.Fprintf(b, `<rect class="behind" x="%d" y="%d" width="%d" height="%d" rx="%d"/>`, l.left+4, r.y+4, rowWidth-4, r.height, corner)
	}
	fmt.Fprintf(b, `<rect class="box" x="%d" y="%d" width="%d" height="%d" rx="%d"/>`, l.left, r.y, rowWidth, r.height, corner)
}

// nameOf is what a reader calls the node.
func nameOf(name string, o Options) string {
	if name == anytime {
		return o.Anytime
	}
	name, _ = dialogs.EndOf(name)
	return name
}
