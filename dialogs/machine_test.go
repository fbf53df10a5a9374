package dialogs_test

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"careline/dialogs"
	"careline/dialogs/clinic"
)

func load(t testing.TB, fsys fs.FS) *dialogs.Set {
	t.Helper()
	set, findings := dialogs.Load(fsys, options())
	if set == nil {
		t.Fatal(findings)
	}
	return set
}

// script is a clinic of one dialog, dialogs/t.yaml.
func script(text string) fs.FS {
	return fstest.MapFS{"dialogs/t.yaml": {Data: []byte("dialog: t\ntitle: Т\n" + text)}}
}

const crossroads = `ends: [done, waiting]
on: {expired: late, quit: end waiting, failed: late}
takes: {n: number?}
states:
  ask:
    if: n == nil
    say: Сколько?
    ask: n
    type: number 0..10
    wait: 5m
    also: {wish: period}
    on: {silence: late, wish: ask, expired: end}
  fork:
    next:
      n > 5: call
      n > 3: late
      else: end waiting
  call:
    call: visits.coming
    on: {else: late}
  talk:
    call: desk.operator
    with: {reason: asked}
    on: {closed: end, unanswered: late}
  late:
    say: Поздно.
`

func TestTheMachineFollowsTheRuleOfCompiling(t *testing.T) {
	want := `ask skip fork
ask expired end done
ask silence late
ask wish ask
ask next fork
ask quit end waiting
fork next.1 call
fork next.2 late
fork next.else end waiting
call else late
call next talk
call failed late
talk closed end done
talk unanswered late
talk next late
talk expired late
talk failed late
talk quit end waiting
late next end done
`
	d := load(t, script(crossroads)).Dialogs["t"]
	var got strings.Builder
	for _, tr := range d.Machine.Transitions() {
		fmt.Fprintln(&got, tr.From, tr.Event, tr.To)
	}
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

func TestEveryEdgeOfTheClinicFiresAndNoOther(t *testing.T) {
	states, edges := 0, 0
	for name, d := range load(t, clinic.Files()).Dialogs {
		seen := map[string]bool{}
		states += len(d.States)
		for _, tr := range d.Machine.Transitions() {
			edges++
			if seen[tr.From+" "+tr.Event] {
				t.Errorf("%s: %s leaves %s twice", name, tr.Event, tr.From)
			}
			seen[tr.From+" "+tr.Event] = true
			if to, err := d.Machine.Fire(tr.From, tr.Event); err != nil || to != tr.To {
				t.Errorf("%s: %v leads to %q, %v", name, tr, to, err)
			}
			if end, ok := dialogs.EndOf(tr.To); ok == (d.State(tr.To) != nil) {
				t.Errorf("%s: %s is neither a state nor an end (%s)", name, tr.To, end)
			}
			if _, err := d.Machine.Fire(tr.From, "invented"); err == nil {
				t.Errorf("%s: an invented event was obeyed", name)
			}
		}
	}
	if states < 190 || edges < 390 {
		t.Errorf("only %d states and %d edges", states, edges)
	}
}

func TestAMachineServesManyAtOnce(t *testing.T) {
	m := load(t, script(crossroads)).Dialogs["t"].Machine
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 200 {
				event, want := "next.1", "call"
				if i%2 == 0 {
					event, want = "next.else", "end waiting"
				}
				if to, err := m.Fire("fork", event); err != nil || to != want {
					t.Errorf("%s leads to %q, %v", event, to, err)
				}
				_, _ = m.Fire("fork", "nonsense") // wedges no one
			}
		})
	}
	wait.Wait()
}

func TestAVersionChangesWithWhatAConversationDependsOn(t *testing.T) {
	version := func(text string) string { return load(t, script(text)).Dialogs["t"].Version }
	first := version(crossroads)
	if version(crossroads) != first {
		t.Error("the version differs from load to load")
	}
	if version(strings.ReplaceAll(crossroads, "Поздно", "Увы")) != first {
		t.Error("a changed text changes the version")
	}
	for _, change := range [][2]string{{"n > 5", "n > 6"}, {"0..10", "0..9"}, {"on: {else: late}", "on: {none: end}"}, {"wish", "wanted"}, {"reason: asked", "reason: unclear"}} {
		if version(strings.ReplaceAll(crossroads, change[0], change[1])) == first {
			t.Errorf("%s → %s leaves the version", change[0], change[1])
		}
	}
}

func TestADialogIsDrawn(t *testing.T) {
	d := load(t, script(crossroads)).Dialogs["t"]
	g := d.Graph()
	if len(g.Nodes) != 7 || g.Nodes[0].What != "n" || !g.Nodes[6].End {
		t.Errorf("%+v", g.Nodes)
	}
	labels := map[string]string{}
	for _, e := range g.Edges {
		labels[e.From+" "+e.Event] = e.Label
	}
	if labels["fork next.1"] != "n > 5" || labels["ask next"] != "" || labels["ask wish"] != "wish" {
		t.Error(labels)
	}
	text, err := d.Mermaid()
	if err != nil || !strings.Contains(text, "stateDiagram-v2") || !strings.Contains(text, "next.1") {
		t.Error(text, err)
	}
}

func BenchmarkFire(b *testing.B) {
	m := load(b, clinic.Files()).Dialogs["booking"].Machine
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Fire("details", "next"); err != nil {
			b.Fatal(err)
		}
	}
}
