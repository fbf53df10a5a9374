package manual_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"careline/dialogs"
	"careline/dialogs/check"
	"careline/dialogs/dialogstest"
	"careline/dialogs/manual"
	"careline/dialogs/source"
	"careline/dialogs/transcript"
)

var update = flag.Bool("update", false, "write docs/language.md, keeping its table of actions")

var files = map[string]string{"ru": "../../docs/language.md", "en": "../../docs/language.en.md"}

func page(t *testing.T, lang string) string {
	t.Helper()
	b, err := manual.Page(lang, dialogstest.Actions())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var actionTable = regexp.MustCompile(`(?s)<!-- actions -->.*<!-- /actions -->`)

// The table of actions is made from the real ones, which stand higher in the house and are compared there.
func TestThePagesAreUpToDate(t *testing.T) {
	for lang, name := range files {
		want := page(t, lang)
		have, err := os.ReadFile(name)
		if err != nil && !*update {
			t.Fatal(err)
		}
		if table := actionTable.FindString(string(have)); table != "" {
			want = actionTable.ReplaceAllLiteralString(want, table)
		}
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if d := cmp.Diff(string(have), want); d != "" {
			t.Errorf("%s is out of date: run `go test ./dialogs/manual -update`: %s", name, d)
		}
	}
}

var example = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// consent is the dialog that no page shows and every whole clinic has.
const consent = `dialog: consent
title: Согласие
takes:
  kind: personal | health | advertising
ends: [given, refused]
states:
  ask:
    say: Даёте согласие?
    ask: answer
    choose:
      yes: Даю
      no: Не даю
    on: {no: end refused}
`

// The examples of a page together are a small clinic that has no mistakes.
func TestTheExamplesLoad(t *testing.T) {
	for lang := range files {
		clinic := fstest.MapFS{"dialogs/consent.yaml": {Data: []byte(consent)}}
		for _, m := range example.FindAllStringSubmatch(page(t, lang), -1) {
			key, rest, _ := strings.Cut(m[1], ":")
			name := strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0])
			switch key {
			case "test":
				if _, found := transcript.Read(lang+".yaml", []byte(m[1])); len(found) > 0 {
					t.Error(found)
				}
			case "dialog":
				clinic["dialogs/"+name+".yaml"] = &fstest.MapFile{Data: []byte(m[1])}
			case "everywhere":
				clinic["dialogs/everywhere.yaml"] = &fstest.MapFile{Data: []byte(m[1])}
			default:
				clinic[key+".yaml"] = &fstest.MapFile{Data: []byte(m[1])}
			}
		}
		set, found := check.All(clinic, dialogs.Options{Actions: dialogstest.Actions(), Language: lang})
		for _, f := range found {
			if f.Number != 84 { // an example shows one thing and need not be started
				t.Errorf("%s: %s", lang, f)
			}
		}
		if set == nil || len(set.Dialogs) < 6 {
			t.Errorf("%s: the examples are few", lang)
		}
	}
}

func TestNothingIsLeftOut(t *testing.T) {
	for lang := range files {
		text := page(t, lang)
		if strings.Contains(text, "{{") {
			t.Errorf("%s: a table is missing", lang)
		}
		for _, a := range dialogstest.Actions() {
			if !strings.Contains(text, "`"+a.Name+"`") {
				t.Errorf("%s: action %s is missing", lang, a.Name)
			}
		}
		for _, typ := range dialogs.TypeNames() {
			if !strings.Contains(text, "| `"+typ+"` |") {
				t.Errorf("%s: type %s is missing", lang, typ)
			}
		}
		for _, row := range source.Rows() {
			if row.Number == 75 || row.Number == 76 {
				continue // they need live conversations and performed transcripts
			}
			if before, _, _ := strings.Cut(row.Format, "%"); !strings.Contains(text, strings.ReplaceAll(before, "|", `\|`)) {
				t.Errorf("%s: finding %d is missing", lang, row.Number)
			}
		}
	}
}

func TestEveryTypeThatIsExplainedCanBeAsked(t *testing.T) {
	for _, m := range regexp.MustCompile("`type: ([a-z0-9. ]+)`").FindAllStringSubmatch(page(t, "ru"), -1) {
		src := "dialog: a\ntitle: А\nstates:\n  x:\n    say: Что?\n    ask: b\n    type: " + m[1] + "\n"
		if m[1] == "several" {
			src += "    choose:\n      c: Да\n"
		}
		if _, found := dialogs.Load(fstest.MapFS{"dialogs/a.yaml": {Data: []byte(src)}}, dialogs.Options{}); len(found) > 0 {
			t.Error(m[1], found)
		}
	}
}
