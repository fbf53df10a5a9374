package translate_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"careline/dialogs"
	"careline/dialogs/check"
	"careline/dialogs/dialogstest"
	"careline/dialogs/translate"
	"careline/locales"
)

func TestAClinicIsTranslatedUntilTheCheckIsContent(t *testing.T) {
	clinic := fstest.MapFS{"dialogs/a.yaml": {Data: []byte(`dialog: a
title: А
takes:
  n: number
states:
  one:
    say:
      - Здравствуйте[, {me.name}]!
      - count: n
        one: "{n} визит"
        few: "{n} визита"
        many: "{n} визитов"
    ask: yes_or
    choose:
      other: Другое
      no: Нет
`)}}
	options := dialogs.Options{Actions: dialogstest.Actions()}
	run := func(o translate.Options, begin ...string) string {
		t.Helper()
		set, found := dialogs.Load(clinic, options)
		if set == nil {
			t.Fatal(found)
		}
		updates, found, err := translate.Folder(clinic, set, o, begin...)
		if err != nil || len(found) > 0 || len(updates) != 1 {
			t.Fatal(updates, found, err)
		}
		clinic[updates[0].Name] = &fstest.MapFile{Data: updates[0].Content, Mode: fs.ModePerm}
		return string(updates[0].Content)
	}
	words := run(translate.Options{}, "en")
	if _, found := check.All(clinic, options); len(found) != 4 {
		t.Errorf("four texts wait for a translator: %v", found)
	}
	english := strings.NewReplacer(
		"a.one.say:\n  hash: "+locales.Hash("Здравствуйте[, {me.name}]!")+"\n  other: \"\"", "a.one.say:\n  hash: "+locales.Hash("Здравствуйте[, {me.name}]!")+"\n  other: Hello[, {me.name}]!",
		"one: \"\"\n  other: \"\"", "one: \"{n} visit\"\n  other: \"{n} visits\"",
		"other: \"\"", "other: Something",
	).Replace(words)
	clinic["locales/en.yaml"].Data = []byte(english)
	if set, found := check.All(clinic, options); set == nil || len(found) > 0 {
		t.Errorf("the check is not content: %v\n%s", found, english)
	}
	if again := run(translate.Options{}); strings.Contains(again, "#") {
		t.Errorf("marks are left: %s", again)
	}
}
