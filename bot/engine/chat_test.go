package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"

	"github.com/google/go-cmp/cmp"
)

// noon is when all these conversations begin: a Monday.
var noon = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// chat is one person talking with the engine. The conversation is written and read back after every
// step, so that nothing lives in memory only.
type chat struct {
	t      testing.TB
	set    *dialogs.Set
	engine *engine.Engine
	conv   *dialogs.Conversation
	now    time.Time
	last   engine.Sprint
	shown  []channels.Choice // buttons of the last message that had some

	contact  dialogs.Contact
	me       dialogs.Patient
	family   map[string]*dialogs.Patient
	consents map[string]bool
	site     string                     // of the clinic
	results  map[string][]engine.Result // what each action answers, in turn; the last one stays
	calls    []engine.Call
}

// clinicOf loads small scripts: file name → YAML.
func clinicOf(t testing.TB, files map[string]string) *dialogs.Set {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "\t", "  "))}
	}
	set, findings := dialogs.Load(fsys, dialogs.Options{Actions: actions()})
	if set == nil {
		t.Fatalf("the scripts of this test are wrong:\n%v", findings)
	}
	return set
}

// talk begins a conversation about one dialog called «visit», whose states are given.
func talk(t testing.TB, states string, more ...string) *chat {
	t.Helper()
	files := map[string]string{
		"dialogs/visit.yaml":      "dialog: visit\ntitle: Визит\n" + states,
		"dialogs/everywhere.yaml": everywhere,
		"dialogs/help.yaml":       help,
		"dialogs/welcome.yaml":    welcome,
		"dialogs/consent.yaml":    consent,
		"dialogs/emergency.yaml":  emergency,
		"dialogs/operator.yaml":   operator,
		"triage.yaml":             triage,
		"memory.yaml":             memory,
	}
	for i := 0; i < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return newChat(t, clinicOf(t, files))
}

func newChat(t testing.TB, set *dialogs.Set) *chat {
	human := dialogs.Operator
	return &chat{
		t: t, set: set, engine: engine.New(set), conv: &dialogs.Conversation{}, now: noon,
		contact:  dialogs.Contact{ID: "c1", Language: "ru", Zone: "Europe/Moscow"},
		me:       dialogs.Patient{ID: "p1"},
		family:   map[string]*dialogs.Patient{},
		consents: map[string]bool{"personal": true, "health": true},
		results:  map[string][]engine.Result{"desk.operator": {{Waits: true, Owner: &human}}},
	}
}

func (c *chat) scene() *engine.Scene {
	return &engine.Scene{
		Now: c.now, Contact: &c.contact, Me: &c.me,
		Clinic:  &dialogs.Clinic{Name: "Улыбка", Site: c.site, Phone: "+78120000000", EmergencyPhone: "112", Branch: dialogs.Branch{Zone: "Europe/Moscow"}},
		Catalog: noRecords{},
		Desk:    &dialogs.Desk{Promise: 15 * time.Minute},
		Consent: func(kind string) bool { return c.consents[kind] },
		Document: func(kind string) *dialogs.ConsentDocument {
			return &dialogs.ConsentDocument{Kind: kind, URL: "https://clinic.example/" + kind}
		},
		Patient:  func(_ context.Context, id string) (*dialogs.Patient, error) { return c.family[id], nil },
		Call:     c.call,
		Remember: func(context.Context, string, string, string, any) error { return nil },
		Variant:  func(string) string { return "a" },
		Sealer:   reversed{},
	}
}

// call answers with the result that the test has laid ready, else with the action's good outcome.
func (c *chat) call(_ context.Context, call engine.Call) (engine.Result, error) {
	c.calls = append(c.calls, call)
	if call.Name == "consent.record" {
		c.consents[call.With["kind"].(string)] = call.With["given"].(bool)
	}
	if ready := c.results[call.Name]; len(ready) > 0 {
		if len(ready) > 1 {
			c.results[call.Name] = ready[1:]
		}
		return ready[0], nil
	}
	for _, a := range actions() {
		if a.Name == call.Name {
			return engine.Result{Outcome: a.Outcomes[0]}, nil
		}
	}
	return engine.Result{}, errors.New("no action " + call.Name)
}

// noRecords is a clinic whose records are gone: they are known by what was stored of them.
type noRecords struct{}

func (noRecords) Service(string) *dialogs.Service           { return nil }
func (noRecords) Practitioner(string) *dialogs.Practitioner { return nil }
func (noRecords) Branch(string) *dialogs.Branch             { return nil }

// reversed seals by turning the bytes round: enough to see that the words are not stored as they are.
type reversed struct{}

func (reversed) Seal(b []byte) ([]byte, error) { return turn(b), nil }
func (reversed) Open(b []byte) ([]byte, error) { return turn(b), nil }

func turn(b []byte) []byte {
	b = slices.Clone(b)
	slices.Reverse(b)
	return b
}

// step gives one input and reads the conversation back from what would be stored.
func (c *chat) step(in engine.Input) error {
	sprint, err := c.engine.Step(context.Background(), c.conv, in, c.scene())
	if err != nil {
		return err
	}
	if c.conv.Shown != nil && c.conv.Shown.Key == "" {
		c.conv.Shown.Key = "key"
	}
	c.last = sprint
	for _, said := range sprint.Say {
		if len(said.Choices) > 0 {
			c.shown = said.Choices
		}
	}
	written, err := json.Marshal(c.conv)
	if err != nil {
		return err
	}
	back := &dialogs.Conversation{}
	if err := json.Unmarshal(written, back); err != nil {
		return err
	}
	if again, _ := json.Marshal(back); string(again) != string(written) {
		c.t.Errorf("read back differently:\n%s\n%s", written, again)
	}
	c.conv = back
	return nil
}

func (c *chat) must(in engine.Input) *chat {
	c.t.Helper()
	if err := c.step(in); err != nil {
		c.t.Fatal(err)
	}
	return c
}

// starts runs a dialog on top.
func (c *chat) starts(dialog string) *chat {
	c.t.Helper()
	return c.must(engine.Input{Start: &engine.Start{Dialog: dialog, Origin: "test"}})
}

func (c *chat) sends(m channels.Incoming) *chat {
	c.t.Helper()
	return c.must(engine.Input{Message: &m})
}

func (c *chat) writes(text string) *chat {
	c.t.Helper()
	return c.sends(channels.Incoming{Text: text})
}

// taps presses the button with this label under the last message that had one.
func (c *chat) taps(label string) *chat {
	c.t.Helper()
	return c.presses(c.data(label))
}

func (c *chat) presses(data string) *chat {
	c.t.Helper()
	return c.sends(channels.Incoming{Choice: data})
}

// data is what the button with this label carries, under the last message that had buttons.
func (c *chat) data(label string) string {
	c.t.Helper()
	for _, choice := range c.shown {
		if choice.Label == label {
			return choice.Data
		}
	}
	c.t.Fatalf("no button %q among %v", label, c.shown)
	return ""
}

// passes lets time go by and wakes the engine whenever it asked for it.
func (c *chat) passes(d time.Duration) *chat {
	c.t.Helper()
	until := c.now.Add(d)
	var all engine.Sprint
	for range 20 {
		if c.last.Wake.IsZero() || c.last.Wake.After(until) {
			break
		}
		if c.last.Wake.After(c.now) {
			c.now = c.last.Wake
		}
		c.must(engine.Input{Timeout: &engine.Timeout{}})
		all.Say = append(all.Say, c.last.Say...)
		all.Ended = append(all.Ended, c.last.Ended...)
	}
	c.now = until
	all.Wake, all.Redraw, all.Events, all.Told = c.last.Wake, c.last.Redraw, c.last.Events, c.last.Told
	c.last = all
	return c
}

func (c *chat) heard() []string {
	var all []string
	for _, said := range c.last.Say {
		all = append(all, said.Text)
	}
	return all
}

// hears checks all messages of the last step.
func (c *chat) hears(want ...string) *chat {
	c.t.Helper()
	if diff := cmp.Diff(want, c.heard()); diff != "" {
		c.t.Fatalf("the bot should have said otherwise (-want +got):\n%s", diff)
	}
	return c
}

// sees checks the buttons under the last message.
func (c *chat) sees(want ...string) *chat {
	c.t.Helper()
	var got []string
	if n := len(c.last.Say); n > 0 {
		for _, choice := range c.last.Say[n-1].Choices {
			got = append(got, choice.Label)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Fatalf("other buttons were expected (-want +got):\n%s", diff)
	}
	return c
}

// stands checks where the open question is, as dialog.state; "" = nowhere.
func (c *chat) stands(want string) *chat {
	c.t.Helper()
	if got := place(c.conv); got != want {
		c.t.Fatalf("stands in %q, not in %q", got, want)
	}
	return c
}

func place(c *dialogs.Conversation) string {
	if len(c.Tasks) == 0 {
		return ""
	}
	frames := c.Tasks[len(c.Tasks)-1].Frames
	f := frames[len(frames)-1]
	return f.Dialog + "." + f.State
}

// told is the answers that the desk got in the last step.
func (c *chat) told() map[string]any {
	all := map[string]any{}
	for _, told := range c.last.Told {
		all[told.Name] = told.Value
	}
	return all
}

// tells checks one answer that reached the desk.
func (c *chat) tells(name string, want any) *chat {
	c.t.Helper()
	got, ok := c.told()[name]
	if !ok {
		c.t.Fatalf("nothing was told of %s, but %v; the bot said %q", name, c.told(), c.heard())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Fatalf("%s (-want +got):\n%s", name, diff)
	}
	return c
}
