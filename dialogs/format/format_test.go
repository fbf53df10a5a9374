package format_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"careline/dialogs/format"
)

func formatted(t *testing.T, src string) string {
	t.Helper()
	out, err := format.Format("a.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestKeysGoIntoOrderWithTheirComments(t *testing.T) {
	src := `# Зачем нужен этот диалог.
dialog: details
ends: [ready]        # один исход
# обязательно
title: Имя и телефон

states:
  # сначала имя
  name:
    ask: me.full_name   # один раз
    # ниже — текст
    say: |
      Как вас зовут?
      # это не комментарий
    if: me.full_name == nil

  phone:
    on: {yes: end}
    say:
      - text: "Привет: как дела?"
        if: me.known
      # вежливость
      - else: Здравствуйте
    ask: answer
    choose:
      no: Нет
      yes:
        words: [ага]
        label: Да
`
	want := `# Зачем нужен этот диалог.
dialog: details
# обязательно
title: Имя и телефон
ends: [ready]        # один исход

states:
  # сначала имя
  name:
    if: me.full_name == nil
    # ниже — текст
    say: |
      Как вас зовут?
      # это не комментарий
    ask: me.full_name   # один раз

  phone:
    say:
      - if: me.known
        text: "Привет: как дела?"
      # вежливость
      - else: Здравствуйте
    ask: answer
    choose:
      no: Нет
      yes:
        label: Да
        words: [ага]
    on: {yes: end}
`
	if d := cmp.Diff(want, formatted(t, src)); d != "" {
		t.Error(d)
	}
}

func TestMisplacedKeysAreNamedWithTheirPlace(t *testing.T) {
	found := format.Check("a.yaml", []byte("dialog: a\ntitle: А\nstates:\n  x:\n    ask: b\n    say: Привет\n"))
	if len(found) != 1 || found[0].String() != "a.yaml:6:5" || found[0].Key != "say" || found[0].Before != "ask" {
		t.Errorf("found %+v", found)
	}
}

func TestWindowsLineEndsAndTheByteOrderMarkStay(t *testing.T) {
	got := formatted(t, "\ufeffdialog: a\r\nstates:\r\n  x:\r\n    say: Привет\r\ntitle: А\r\n")
	if want := "\ufeffdialog: a\r\ntitle: А\r\nstates:\r\n  x:\r\n    say: Привет\r\n"; got != want {
		t.Errorf("%q", got)
	}
}

func TestWhatIsNotAScriptIsLeftAlone(t *testing.T) {
	if got := formatted(t, "b: 1\na: 2"); got != "b: 1\na: 2" {
		t.Errorf("%q", got)
	}
	if _, err := format.Format("a.yaml", []byte("dialog: [a")); err == nil {
		t.Error("broken YAML was formatted")
	}
}

func FuzzFormat(f *testing.F) {
	f.Add("dialog: a\nstates:\n  x:\n    ask: b\n    say:\n      - text: А\n        if: c\n# конец\ntitle: А\n")
	f.Add("test: А\nlines:\n  - buttons: [да]\n    bot: Да?\n")
	f.Add("dialog: a\nstates: {x: {ask: b, say: А}}\n")
	f.Fuzz(func(t *testing.T, src string) {
		once, err := format.Format("a.yaml", []byte(src))
		if err != nil {
			return
		}
		twice, err := format.Format("a.yaml", once)
		if err != nil {
			t.Fatalf("%v: %q became %q", err, src, once)
		}
		if d := cmp.Diff(string(once), string(twice)); d != "" {
			t.Errorf("the second time differs: %s", d)
		}
	})
}
