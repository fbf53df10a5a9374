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
		locales.Hash("Другое")+"\n  other: \"\"", locales.Hash("Другое")+"\n  other: Something else",
		locales.Hash("Нет")+"\n  other: \"\"", locales.Hash("Нет")+"\n  other: Not at all",
	).Replace(words)
	clinic["locales/en.yaml"].Data = []byte(english)
	if set, found := check.All(clinic, options); set == nil || len(found) > 0 {
		t.Errorf("the check is not content: %v\n%s", found, english)
	}
	if again := run(translate.Options{}); strings.Contains(again, "#") {
		t.Errorf("marks are left: %s", again)
	}
}

func TestANewLanguageGetsTheEnginesPhrasesToo(t *testing.T) {
	clinic := fstest.MapFS{"dialogs/a.yaml": {Data: []byte("dialog: a\ntitle: А\nstates:\n  one:\n    say: Раз\n")}}
	options := dialogs.Options{Actions: dialogstest.Actions()}
	set, found := dialogs.Load(clinic, options)
	if set == nil {
		t.Fatal(found)
	}
	updates, _, err := translate.Folder(clinic, set, translate.Options{}, "en", "de")
	if err != nil || len(updates) != 2 {
		t.Fatal(updates, err)
	}
	if n := len(updates[0].Did.Added); n != 1 {
		t.Errorf("English has the engine's phrases: %d added", n)
	}
	if !strings.Contains(string(updates[1].Content), "\nengine.resume:\n") {
		t.Error("German lacks the engine's phrases")
	}
	clinic["locales/de.yaml"] = &fstest.MapFile{Data: updates[1].Content}
	if _, found := check.All(clinic, options); len(found) != len(updates[1].Did.Added) {
		t.Errorf("the check wants %d translations, the file has %d to make", len(found), len(updates[1].Did.Added))
	}
}
