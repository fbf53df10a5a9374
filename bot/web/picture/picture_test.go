package picture

import (
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"careline/dialogs"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// rating is a small dialog with everything that a picture can have.
var rating = dialogs.Graph{
	Dialog: "rating", Title: "Оценка <визита>",
	Nodes: []dialogs.Node{
		{Name: "hello", Doing: dialogs.Says},
		{Name: "mark", Doing: dialogs.Asks, What: "mark"},
		{Name: "route", Doing: dialogs.Forks},
		{Name: "save", Doing: dialogs.Calls, What: "rating.save"},
		{Name: "human", Doing: dialogs.Runs, What: "operator"},
		{Name: "end done", End: true}, {Name: "end silent", End: true},
	},
	Edges: []dialogs.Edge{
		{From: "hello", To: "mark", Event: "next"},
		{From: "mark", To: "mark", Event: "again", Label: "again"},
		{From: "mark", To: "route", Event: "next"},
		{From: "mark", To: "route", Event: "skip", Label: "skip"},
		{From: "mark", To: "end silent", Event: "expired", Label: "expired", Always: true},
		{From: "route", To: "human", Event: "next.1", Label: "mark < 3 && !me.knows"},
		{From: "route", To: "save", Event: "next.else", Label: "else"},
		{From: "save", To: "end done", Event: "next"},
		{From: "human", To: "mark", Event: "else", Label: "else"},
		{From: "human", To: "end done", Event: "next"},
		{From: "human", To: "end silent", Event: "expired", Label: "expired", Always: true},
	},
}

func TestPictureOfASmallDialog(t *testing.T) {
	got := string(SVG(rating, Options{
		Current: "mark", Anytime: "в любой момент",
		Glosses: map[string]string{"hello": "Здравствуйте & спасибо, что были у нас сегодня"},
		Labels:  map[string]string{"else": "иначе"},
	}))
	got = strings.ReplaceAll(got, "<g ", "\n<g ") + "\n"
	const golden = "testdata/rating.svg"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the picture has changed; look at it and run with -update:\n%s", got)
	}
}

func TestPictureIsWellFormedWhateverTheWords(t *testing.T) {
	g := rating
	g.Title = `"><script>alert(1)</script>`
	g.Nodes = slices.Clone(g.Nodes)
	g.Nodes[0].What = `</svg><b>&`
	svg := string(SVG(g, Options{Current: "hello", Labels: map[string]string{"else": `<i>`}}))
	if strings.Contains(svg, "<script") || strings.Contains(svg, "<b>") || strings.Contains(svg, "<i>") {
		t.Errorf("words became markup: %s", svg)
	}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnyDialogIsDrawnWholeAndWithoutOverlaps(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		g := anyGraph(r)
		l := place(g, Options{})
		if err := whole(g, l); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if err := apart(l); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func anyGraph(r *rand.Rand) (g dialogs.Graph) {
	states, ends := 1+r.IntN(25), 1+r.IntN(4)
	kinds := []dialogs.Doing{dialogs.Says, dialogs.Asks, dialogs.Calls, dialogs.Runs, dialogs.Forks}
	for i := range states {
		g.Nodes = append(g.Nodes, dialogs.Node{Name: fmt.Sprint("s", i), Doing: kinds[r.IntN(len(kinds))]})
	}
	for i := range ends {
		g.Nodes = append(g.Nodes, dialogs.Node{Name: fmt.Sprint("end ", i), End: true})
	}
	for i := range states {
		for k := range r.IntN(6) {
			event := fmt.Sprint("e", k)
			g.Edges = append(g.Edges, dialogs.Edge{
				From: g.Nodes[i].Name, To: g.Nodes[r.IntN(len(g.Nodes))].Name, Event: event, Label: strings.Repeat("ы", r.IntN(30)), Always: r.IntN(8) == 0,
			})
		}
	}
	return g
}

// whole tells which node or edge is not drawn exactly once.
func whole(g dialogs.Graph, l *layout) error {
	rows, edges := map[string]int{}, map[dialogs.Edge]int{}
	for _, r := range l.rows {
		rows[r.Name]++
	}
	for _, n := range l.lines {
		for _, e := range n.edges {
			edges[e]++
			from, to := l.rows[n.from].Name, l.rows[n.to].Name
			if to != e.To || from != e.From && !(e.Always && from == anytime) {
				return fmt.Errorf("edge %v is drawn from %s to %s", e, from, to)
			}
		}
	}
	for _, n := range g.Nodes {
		if rows[n.Name] != 1 {
			return fmt.Errorf("node %s is drawn %d times", n.Name, rows[n.Name])
		}
	}
	for _, e := range g.Edges {
		if edges[e] != 1 {
			return fmt.Errorf("edge %v is drawn %d times", e, edges[e])
		}
	}
	return nil
}

// apart tells which rows or lines lie on each other.
func apart(l *layout) error {
	for i := 1; i < len(l.rows); i++ {
		if l.rows[i].y < l.rows[i-1].y+l.rows[i-1].height+gap {
			return fmt.Errorf("row %s lies on the one above", l.rows[i].Name)
		}
	}
	for i, a := range l.lines {
		for _, b := range l.lines[:i] {
			if a.side != b.side || a.side == down {
				continue
			}
			if a.out == b.out || a.to != b.to && (a.in == b.in || a.in == b.out || a.out == b.in) {
				return fmt.Errorf("lines %d → %d and %d → %d share a height", a.from, a.to, b.from, b.to)
			}
			if a.to != b.to && a.x == b.x && min(a.in, a.out) <= max(b.in, b.out) && min(b.in, b.out) <= max(a.in, a.out) {
				return fmt.Errorf("lines %d → %d and %d → %d share a lane", a.from, a.to, b.from, b.to)
			}
		}
		if a.x < 0 || a.x > l.width || a.out > l.height || a.in > l.height {
			return fmt.Errorf("line %d → %d leaves the picture", a.from, a.to)
		}
	}
	return nil
}
