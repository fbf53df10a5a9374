package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongCallsAreExplained(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	for _, c := range []struct {
		args  []string
		tells string
	}{
		{[]string{"chekc"}, "check"},
		{[]string{"init"}, "careline init DIR"},
		{[]string{"init", "a", "b"}, `"b" is too much`},
		{[]string{"check", "--jsn"}, "--jsn"},
		{[]string{"check", nowhere}, "careline init DIR"},
		{[]string{"fmt", nowhere}, "no careline.yaml"},
		{[]string{"translate", nowhere}, "no careline.yaml"},
		{[]string{"test", nowhere}, "no careline.yaml"},
		{[]string{"serve", nowhere}, "no careline.yaml"},
		{[]string{"migrate", nowhere}, "no careline.yaml"},
		{[]string{"chat", "--as", "icq"}, "telegram, vk, web, whatsapp"},
		{[]string{"chat", "--language", "fr"}, "ru, en"},
		{[]string{"graph"}, "careline graph DIALOG [DIR]"},
		{[]string{"graph", "bokking"}, "booking"},
		{[]string{"schema", "dialogue"}, "dialog, "},
		{[]string{"version", "now"}, `"now" is too much`},
		{[]string{"demo", "--listen", "nowhere"}, "nowhere"},
		{[]string{"health"}, "the server"},
		{[]string{"frobnicate"}, "frobnicate"},
		{[]string{"course", "strat"}, "did you mean `careline course start`?"},
	} {
		careline(t, t.TempDir(), "", c.args...).badly(c.tells)
	}
}

func TestEveryCommandTellsWhatItIsFor(t *testing.T) {
	for _, c := range commands(whatsApp()).Commands() {
		careline(t, ".", "", c.Name(), "--help").well("Usage:\n  careline " + c.Name())
	}
	careline(t, ".", "").well("careline demo", "careline init")
}

func TestGroupsOfCommandsKnowTheirOwn(t *testing.T) {
	groups := 0
	for _, c := range commands(whatsApp()).Commands() {
		if c.HasSubCommands() {
			groups++
			careline(t, ".", "", c.Name()).well(c.Commands()[0].Name())
			careline(t, ".", "", c.Name(), "frobnicate").badly("there is no command `careline " + c.Name() + " frobnicate`")
		}
	}
	if groups < 6 {
		t.Errorf("%d groups", groups)
	}
}

func TestWhatIsPrinted(t *testing.T) {
	careline(t, ".", "", "version").well("careline ", "go1.")
	for _, shell := range []string{"bash", "zsh", "fish"} {
		careline(t, ".", "", "completion", shell).well("careline")
	}
	careline(t, ".", "", "__complete", "chat", "--as", "").well("telegram", "whatsapp")
	careline(t, ".", "", "__complete", "graph", "boo").well("booking")
	careline(t, ".", "", "__complete", "schema", "").well("triage")
	careline(t, ".", "", "__complete", "check", "").well(":16") // folders only
	careline(t, ".", "", "graph", "reminder").well("%% begun by reminder_hours: 2h before visit.start")
	drawn := careline(t, ".", "", "graph", "booking").well("stateDiagram-v2").out
	if strings.Count(drawn, "-->") < 10 {
		t.Errorf("the drawing is thin:\n%s", drawn)
	}
	for _, kind := range []string{"", "dialog", "everywhere", "triage", "memory", "journey", "test"} {
		args := []string{"schema"}
		if kind != "" {
			args = append(args, kind)
		}
		if out := careline(t, ".", "", args...).well("$schema").out; !json.Valid([]byte(out)) {
			t.Errorf("schema %s is no JSON", kind)
		}
	}
}
