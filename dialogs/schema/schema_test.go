package schema_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"careline/dialogs/schema"
)

func compile(t *testing.T, b []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("careline.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("careline.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func instance(t *testing.T, src []byte) any {
	t.Helper()
	j, err := yaml.YAMLToJSON(src)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(j, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMistakesDoNotFitTheSchema(t *testing.T) {
	b, err := schema.All()
	if err != nil {
		t.Fatal(err)
	}
	all := compile(t, b)
	for name, src := range map[string]string{
		"unknown key":         "dialog: a\ntitle: А\nstates: {x: {sai: Привет}}",
		"no kind":             "title: А",
		"no title":            "dialog: a\nstates: {x: {say: Привет}}",
		"strange class":       "dialog: a\ntitle: А\nclass: urgent\nstates: {x: {say: Привет}}",
		"period":              "dialog: a\ntitle: А\nstates: {x: {ask: a, wait: soon}}",
		"type":                "dialog: a\ntitle: А\nstates: {x: {ask: a, type: raiting 1..5}}",
		"name of a state":     "dialog: a\ntitle: А\nstates: {Шаг: {say: Привет}}",
		"consent":             "dialog: a\ntitle: А\nneeds: helth\nstates: {x: {say: Привет}}",
		"choice without text": "dialog: a\ntitle: А\nstates: {x: {ask: a, choose: {yes: {words: [да]}}}}",
		"line":                "test: А\nnow: 2026-11-23 10:00\nlines: [{patent: да}]",
	} {
		if all.Validate(instance(t, []byte(src))) == nil {
			t.Errorf("%s: the schema takes it", name)
		}
	}
}

func TestTheSchemaTakesWhatTheLoaderTakes(t *testing.T) {
	b, err := schema.All()
	if err != nil {
		t.Fatal(err)
	}
	all := compile(t, b)
	for name, src := range map[string]string{
		"a year as a text":   "dialog: a\ntitle: А\nstates: {x: {say: 2026}}",
		"a number on a key":  "dialog: a\ntitle: А\nstates: {x: {ask: a, choose: {five: 5}}}",
		"a single consent":   "dialog: a\ntitle: А\nneeds: personal\nstates: {x: {say: Привет}}",
		"a single word":      "everywhere: a\nreactions: {x: {says: привет, say: Привет}}\nunclear: {run: a}\nunknown: {run: a}",
		"a type with bounds": "dialog: a\ntitle: А\nstates: {x: {ask: a, type: number 0..10}}",
		"a number is said":   "test: А\nnow: 2026-11-23 10:00 Europe/Moscow\nlines: [{patient: 7}]",
	} {
		if err := all.Validate(instance(t, []byte(src))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEachKindHasItsSchema(t *testing.T) {
	for _, k := range schema.Kinds() {
		b, err := schema.For(k.Key)
		if err != nil {
			t.Fatal(err)
		}
		compile(t, b)
	}
	if _, err := schema.For("poem"); err == nil {
		t.Error("a schema for an unknown kind")
	}
}

func TestTheOrderOfKeysIsTheLanguages(t *testing.T) {
	file, _ := schema.Of("dialog")
	state := file.Key("states").Key("any")
	want := strings.Fields("if set say ask type again list choose also retry call run with wait on next")
	if got := state.Keys(); !slices.Equal(got, want) {
		t.Errorf("a state's keys are %v", got)
	}
	if got := state.Key("say").Item().Keys(); got[0] != "if" {
		t.Errorf("an item begins with %v", got)
	}
	if got := state.Key("choose").Keys(); got != nil {
		t.Errorf("choices are in the order %v, it should be the author's", got)
	}
}

func TestEveryKeyIsExplainedInBothLanguages(t *testing.T) {
	var visit func(path string, s schema.Shape, depth int)
	visit = func(path string, s schema.Shape, depth int) {
		if depth > 6 {
			return
		}
		for _, key := range s.Keys() {
			for _, lang := range []string{"ru", "en"} {
				if s.About(key, lang) == "" {
					t.Errorf("%s.%s has no words in %s", path, key, lang)
				}
			}
			visit(path+"."+key, s.Key(key), depth+1)
		}
		if s.Keys() == nil && depth < 6 {
			if inner := s.Key("any"); inner != s {
				visit(path+".*", inner, depth+1)
			}
		}
		if item := s.Item(); item != (schema.Shape{}) {
			visit(path+"[]", item, depth+1)
		}
	}
	for _, k := range schema.Kinds() {
		s, _ := schema.Of(k.Key)
		visit(k.Key, s, 0)
	}
}
