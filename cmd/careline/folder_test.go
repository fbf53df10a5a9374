package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestInitWritesAClinicThatIsInOrder(t *testing.T) {
	dir := newClinic(t)
	for _, name := range []string{"careline.yaml", "schema.json", "triage.yaml", "dialogs/booking.yaml", "locales/en.yaml"} {
		read(t, filepath.Join(dir, name))
	}
	checked := careline(t, dir, "", "check").well()
	if strings.Contains(checked.out, "error:") || !strings.Contains(checked.err, "errors: 0") {
		t.Errorf("check says\n%s%s", checked.out, checked.err)
	}
	careline(t, dir, "", "fmt", "--list").well()
	careline(t, dir, "", "test", "--only", "booking_crown").well("✓")
}

func TestInitOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "careline.yaml"), "mine")
	careline(t, ".", "", "init", dir).badly("is not empty", "name a new folder")
	if read(t, filepath.Join(dir, "careline.yaml")) != "mine" {
		t.Error("somebody's file is overwritten")
	}
	careline(t, ".", "", "init", filepath.Join(dir, "careline.yaml")).badly("careline.yaml")
}

// What a marketer mistypes is told with its place and what to do.
func TestATypoIsExplainedWithItsPlace(t *testing.T) {
	dir := newClinic(t)
	menu := filepath.Join(dir, "dialogs", "menu.yaml")
	edit(t, menu, "run: prices", "run: pricse")
	line := 1 + strings.Count(read(t, menu)[:strings.Index(read(t, menu), "run: pricse")], "\n")
	told := careline(t, ".", "", "check", dir).badly("menu.yaml:"+strconv.Itoa(line)+":", "error:", "pricse", "errors:")
	if !strings.Contains(told.out, "prices") {
		t.Errorf("the right word is not offered:\n%s", told.out)
	}
	var findings []struct {
		File         string
		Line, Column int
		Severity     string
		What, Hint   string
	}
	if err := json.Unmarshal([]byte(careline(t, ".", "", "check", "--json", dir).badly().out), &findings); err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.File == menu && f.Line == line {
			return
		}
	}
	t.Errorf("--json does not tell the place: %+v", findings)
}

// Files that are no scripts are told as such: nothing hangs, nothing panics, the place is named.
func TestSpoiltFilesAreTold(t *testing.T) {
	good := "dialog: spoilt\ntitle: Проба\nends: [done]\nstates:\n  hello:\n    say: Привет\n"
	for name, c := range map[string]struct{ content, tells string }{
		"empty":        {"", "spoilt.yaml"},
		"only comment": {"# ничего\n", "spoilt.yaml"},
		"huge":         {good + strings.Repeat("# "+strings.Repeat("х", 1000)+"\n", 20_000), "spoilt.yaml"},
		"deep":         {"dialog: spoilt\nstates: " + strings.Repeat("{a: ", 20_000) + "1" + strings.Repeat("}", 20_000), "spoilt.yaml"},
		"deep list":    {"dialog: spoilt\nstates: " + strings.Repeat("[", 50_000), "spoilt.yaml"},
		"aliases":      {"dialog: spoilt\na: &a [1,1,1,1]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nstates: [*c,*c,*c,*c]\n", "spoilt.yaml:2:"},
		"tabs":         {"dialog: spoilt\nstates:\n\thello:\n\t\tsay: Привет\n", "spoilt.yaml:3:"},
		"twice":        {"dialog: spoilt\ndialog: spoilt\n", "spoilt.yaml:2:"},
		"not utf-8":    {"dialog: spoilt\ntitle: \xcf\xf0\xe8\xe2\xe5\xf2\n", "spoilt.yaml"},
		"binary":       {"\x00\x01\x02\x03", "spoilt.yaml"},
		"half a line":  {"dialog: spoilt\nstates: {a: \"", "spoilt.yaml:2:"},
		"a list":       {"- dialog\n- spoilt\n", "spoilt.yaml:1:"},
		"a number":     {"42", "spoilt.yaml:1:"},
		"a folder":     {"", "spoilt.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newClinic(t)
			path := filepath.Join(dir, "dialogs", "spoilt.yaml")
			if name == "a folder" {
				if err := os.Mkdir(path, 0o755); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, path, c.content)
			}
			careline(t, dir, "", "check").badly(c.tells, "error:")
			careline(t, dir, "", "serve").badly(c.tells)
			careline(t, dir, "", "fmt", "--list").calmly()
			careline(t, dir, "", "translate").badly(c.tells)
		})
	}
}

// Windows' editors put a mark in front and two characters at the ends of lines.
func TestWindowsFilesAreRead(t *testing.T) {
	dir := newClinic(t)
	for _, name := range []string{"careline.yaml", "dialogs/menu.yaml", "triage.yaml", "locales/en.yaml"} {
		path := filepath.Join(dir, name)
		write(t, path, "\uFEFF"+strings.ReplaceAll(read(t, path), "\n", "\r\n"))
	}
	checked := careline(t, dir, "", "check").well()
	if strings.Contains(checked.out, "error:") {
		t.Errorf("check says\n%s", checked.out)
	}
	careline(t, dir, "", "test", "--only", "booking_crown").well("✓")
}

func TestFmtPutsKeysInOrderOnce(t *testing.T) {
	dir := newClinic(t)
	path := filepath.Join(dir, "dialogs", "contacts.yaml")
	content := read(t, path)
	write(t, path, strings.Replace(content, "title: Адреса и телефоны\nends: [done]\n", "ends: [done]\ntitle: Адреса и телефоны   # так\n", 1))
	careline(t, dir, "", "fmt", "--list").badly("contacts.yaml")
	if !strings.HasPrefix(read(t, path), "# yaml-language-server: $schema=../schema.json\ndialog: contacts\nends:") {
		t.Fatal("--list changes the file")
	}
	careline(t, dir, "", "fmt").well("contacts.yaml")
	once := read(t, path)
	if !strings.Contains(once, "dialog: contacts\ntitle: Адреса и телефоны   # так\nends:") {
		t.Errorf("fmt makes of it\n%s", once)
	}
	if said := careline(t, dir, "", "fmt").well().out; said != "" || read(t, path) != once {
		t.Errorf("the second time it says %q", said)
	}
}

func TestTranslateAddsMarksAndAccepts(t *testing.T) {
	dir := newClinic(t)
	menu, english := filepath.Join(dir, "dialogs", "menu.yaml"), filepath.Join(dir, "locales", "en.yaml")
	edit(t, menu, "questions: Вопросы", "questions: Вопросы\n      new: Новое")
	edit(t, menu, "questions: questions", "questions: questions\n      new: contacts")
	careline(t, dir, "", "translate").well("1 to translate")
	if !strings.Contains(read(t, english), "menu.wish.choose.new") {
		t.Error("the new text does not wait for its translation")
	}
	careline(t, dir, "", "check").badly("menu.wish.choose.new", "careline translate")
	edit(t, menu, "questions: Вопросы", "questions: Спросить")
	careline(t, dir, "", "translate").well("1 stale")
	careline(t, dir, "", "translate", "--accept").well("1 accepted")
	careline(t, dir, "", "translate").well("0 stale")
}

func TestATranscriptThatGoesAnotherWayNamesItsLine(t *testing.T) {
	dir := newClinic(t)
	write(t, filepath.Join(dir, "transcripts", "wrong.yaml"), `test: Другое приветствие
now: 2026-11-23 10:00 Europe/Moscow
channel: web
patient: new

lines:
  - patient: /start
  - bot: Добро пожаловать на борт!
`)
	told := careline(t, ".", "", "test", dir, "--only", "wrong").badly("✗ Другое приветствие", "wrong.yaml:8:", "Добро пожаловать на борт!", "Здравствуйте")
	if !strings.Contains(told.out, filepath.Join(dir, "transcripts", "wrong.yaml")) {
		t.Errorf("the file is not named as seen from here:\n%s", told.out)
	}
	careline(t, dir, "", "test", "--only", "nothing_is_called_so").badly("nothing_is_called_so")
	careline(t, dir, "", "test", "--as", "icq").badly("icq", "telegram")
}
