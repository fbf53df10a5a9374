package demo

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"time"

	"careline/locales"
)

// parts of the page that change while it is open, each with a template and an element of that name.
var parts = []string{"clock", "next", "standing", "picture", "plans"}

var pages = template.Must(template.ParseFS(assets, "assets/*.html"))

// view is a scene as one reader sees it.
type view struct {
	reader
	demo   *Demo
	scene  scene
	dialog string // that the reader wants to see; empty = where the conversation stands
}

func (d *Demo) view(s scene, r reader, dialog string) *view {
	if d.Scripts.Dialogs[dialog] == nil {
		dialog = ""
	}
	return &view{reader: r, demo: d, scene: s, dialog: dialog}
}

// part renders one part of the page.
func (v *view) part(name string) (string, error) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, v); err != nil {
		return "", fmt.Errorf("drawing %s: %w", name, err)
	}
	return b.String(), nil
}

// zone of the clinic's main branch.
func (v *view) zone() *time.Location { return v.demo.Clinic.Branches[0].Zone }

func (v *view) moment(at time.Time) string { return v.When(at, v.scene.now, v.zone()) }

// Clinic is its name.
func (v *view) Clinic() string { return v.demo.Clinic.In(v.Lang).Text(v.demo.Clinic.Name) }

// ChatPath is where the chat is served.
func (v *view) ChatPath() string { return v.demo.Chat }

// Chat is the address of the phone's page.
func (v *view) Chat() string { return v.demo.Chat + "?lang=" + v.Lang }

// Desk is the address of the desk, at which the reader is let in.
func (v *view) Desk() string { return Entrance + "?lang=" + v.Lang }

// Others are the languages to switch to.
func (v *view) Others() []string {
	return slices.DeleteFunc(slices.Clone(v.demo.Scripts.Languages), func(l string) bool { return l == v.Lang })
}

// Now is the clock's time in words.
func (v *view) Now() string { return v.moment(v.scene.now) }

// Millis is the clock's time for the page to go on counting: milliseconds since 1970.
func (v *view) Millis() int64 { return v.scene.now.UnixMilli() }

// Zone is the clinic's, as browsers know it.
func (v *view) Zone() string { return v.zone().String() }

// Moving tells that the clock is on its way.
func (v *view) Moving() bool { return v.scene.moving }

// Passed is how much time the last move let pass; empty = it did not move.
func (v *view) Passed() string {
	if d := time.Duration(v.demo.passed.Load()).Round(time.Minute); d > 0 {
		return locales.FormatOf(v.Lang).Duration(d)
	}
	return ""
}

// Anybody tells that somebody has written.
func (v *view) Anybody() bool { return v.scene.contact != "" }
