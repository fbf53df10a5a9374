package source_test

import (
	"strings"
	"testing"
	"time"

	"careline/dialogs/source"
)

func TestReadKeepsPlacesInCharacters(t *testing.T) {
	n, fs := source.Read("a.yaml", []byte("\ufeffsay: Привет\r\nchoose: {да: b, c: d}\r\ntext: |\r\n  Раз {x}\r\n  два {y}\r\nq: \"a b\"\r\n"))
	if len(fs) != 0 {
		t.Fatal(fs)
	}
	if p := n.Get("choose").Get("c").Pos; p.Line != 2 || p.Column != 20 {
		t.Errorf("d stands at %v", p)
	}
	text := n.Get("text")
	if text.Text != "Раз {x}\nдва {y}\n" {
		t.Errorf("%q", text.Text)
	}
	if p := text.At(len([]rune("Раз {x}\nдва "))); p.Line != 5 || p.Column != 7 {
		t.Errorf("{y} stands at %v", p)
	}
	if p := n.Get("q").At(2); p.Column != 7 {
		t.Errorf("b stands at %v", p)
	}
}

func TestReadFindsWhatBreaksYAML(t *testing.T) {
	cases := map[string]string{
		"say: {name}, ждём\n":                        "f:1:6: error: a text that begins with `{` is read as a structure; put it in quotes: `\"{name}, ждём\"`",
		"say: [x] текст\nq: @a\n":                    "f:1:6: error: a text that begins with `[`",
		"say: Врач: Иван\nb: x\nc: Как: так\n":       "f:1:10: error: a colon followed by a space",
		"a: 1\n\tb: 2\n":                             "f:2:1: error: a tab is not used here; indent with spaces",
		"a: &x y\n":                                  "f:1:4: error: `&` is not used here; put a text in quotes",
		"---\na: 1\n":                                "f:1:1: error: `---` is not used here; remove the line",
		"a: 1\nb: 2\na: 3\n":                         "f:3:1: error: a stands here twice, first at line 1; remove one",
		"next:\n  \"sleep\" in limits: b\n":          "f:2:3: error: a condition cannot begin with a quote",
		"a:\n  b: 1\n c: 2\n":                        "f:3:2: error: this is not YAML: this line begins in column 2, those above in column 3 or 1",
		"a:\n  if: x\n    say: y\n":                  "f:3:5: error: this is not YAML: this line is indented deeper than the line above, which has its value already",
		"a:\n  b:  # why\n    c: d\n    e f\n":       "f:4:5: error: this is not YAML: there is no colon after `e`; write `e: `",
		"a:\n  ask wish\n  b: c\n":                   "f:2:3: error: this is not YAML: there is no colon after `ask`; write `ask: `",
		"a:\n  ask:wish\n  b: c\n":                   "f:2:3: error: this is not YAML: a colon is followed by a space: `ask: `",
		"a:\n  - b: c\n  -d: e\n":                    "f:3:3: error: this is not YAML: a dash is followed by a space: `- d:`",
		"a: \"Улыбка\" ждёт вас\n":                   "f:1:12: error: this is not YAML: the quotes end before the text does",
		"a: 'x\n":                                    "f:1:4: error: this is not YAML: the quote that opens here is never closed",
		"":                                           "f:1:1: error: the file is empty",
		"# only\n":                                   "f:1:1: error: the file is empty",
		"a: " + strings.Repeat("[", 1000) + "\n":     "f:1:1: error: the file is nested",
		strings.Repeat("\n", 6000) + "a: b":          "f:1:1: error: the file has more than",
		strings.Repeat("a: b\n", 100_000):            "f:1:1: error: the file is larger",
		"a: \xff\n":                                  "f:1:1: error: the file is not text",
		strings.Repeat("- ", 1000) + "x\n":           "f:1:1: error: the file is nested",
		"a: &a [x]\nb: [*a, *a]\nc: &c [*a, *a]\n":   "f:1:4: error: `&` is not used here",
		"<<: x\n":                                    "f:1:1: error: `<<` is not used here",
		"a:\n" + strings.Repeat("  [\n", 500) + "\n": "f:1:1: error: the file is nested",
	}
	for text, want := range cases {
		_, fs := source.Read("f", []byte(text))
		if len(fs) == 0 || !strings.HasPrefix(fs[0].String(), want) {
			t.Errorf("%.40q: %v\nwant %s", text, fs, want)
		}
	}
}

func TestEveryBrokenTextIsNamedAtOnce(t *testing.T) {
	_, fs := source.Read("f", []byte("say: Врач: Иван\nb: {x}, y\nc: Как: так\n"))
	if len(fs) != 3 {
		t.Error(fs)
	}
}

func TestTextsAreToldWhenYAMLCutsThem(t *testing.T) {
	n, fs := source.Read("f", []byte("a: Кабинет #5\nb: Да   # так лучше\nc: {yes: Да, спасибо}\nd: {name}\n"))
	if len(fs) > 0 {
		t.Fatal(fs)
	}
	var r source.Report
	for _, node := range []*source.Node{n.Get("a"), n.Get("b"), n.Get("c").Get("yes"), n.Get("d")} {
		r.Text(node, "say")
	}
	var numbers []int
	for _, f := range r.Findings {
		numbers = append(numbers, f.Number)
	}
	if len(numbers) != 3 || numbers[0] != 4 || numbers[1] != 5 || numbers[2] != 2 {
		t.Error(r.Findings)
	}
}

func TestUnknownKeysAreSuggested(t *testing.T) {
	n, _ := source.Read("f", []byte("nxt: a\nsay: b\n"))
	var r source.Report
	f := r.Fields(n, "a state", "say", "next")
	if f.Text("say") != "b" || r.Findings[0].Text != "unknown key nxt; did you mean `next`? A state may have: say, next" {
		t.Error(r.Findings)
	}
}

func TestDurationsAndNames(t *testing.T) {
	for s, want := range map[string]time.Duration{"30m": 30 * time.Minute, "1h30m": 90 * time.Minute, "7d": 7 * 24 * time.Hour, "0m": 0} {
		if d, ok := source.ParseDuration(s); !ok || d != want {
			t.Errorf("%s: %v %v", s, d, ok)
		}
	}
	for _, s := range []string{"", "30", "m", "h1", "99999999999999999999d", "-1h"} {
		if _, ok := source.ParseDuration(s); ok {
			t.Errorf("%s was read", s)
		}
	}
	if got := source.SuggestName("Шаг 1"); got != "shag_1" {
		t.Error(got)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a: {b: c}\n", "- |\n  x\n- 'y'\n", "a: &x\n  b: *x\n", "? a\n: b\n", "a: \"x\n  y\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, fs := source.Read("f", data)
		if n == nil && !fs.Failed() {
			t.Error("nothing was read and nothing was told")
		}
		var r source.Report
		r.Fields(n, "a file", "a")
		r.Text(n.Get("a"), "a")
	})
}
