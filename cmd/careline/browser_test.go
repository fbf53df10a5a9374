package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"careline/channels/browsertest"
)

// sitting is an administrator before the desk, in a browser of their own.
type sitting struct {
	*browsertest.Tab
	name string
}

// sits makes the account at the command line and signs in at the desk of the server.
func sits(t *testing.T, s *server, login, name string) sitting {
	t.Helper()
	const password = "тёплый чай и лимон"
	careline(t, s.dir, password+"\n", "admin", "create", "--login", login, "--name", name, "--role", "administrator").well("Made: " + login)
	a := sitting{browsertest.Open(t, 1280, 860), name}
	a.Go("http://" + s.address + "/desk/")
	a.Until(`doc.querySelector("[name=login]")`)
	a.Get(fmt.Sprintf(`doc.querySelector("[name=login]").value = %q`, login))
	a.Type("[name=password]", password)
	a.Until(`doc.querySelector(".inbox") && window.htmx`)
	a.Get(`window.untouched = true`) // until the page is loaded again
	return a
}

// hears waits until the page rings and its title counts, without having been loaded again.
func (a sitting) hears(kind string) {
	a.Shows("#said", "New request")
	a.Until(`doc.title.startsWith("(1) ")`)
	a.Shows("#inbox-list", kind)
	a.stays()
}

// stays holds that the page is the one that was there.
func (a sitting) stays() { a.Until(`window.untouched`) }

// opens the chat of the request.
func (a sitting) opens(kind string) {
	a.Tap("#inbox-list a", kind)
	a.Until(`doc.getElementById("words") && window.htmx && doc.readyState === "complete"`)
	a.Get(`window.untouched = true`)
}

// writes into the answer, and sends nothing.
func (a sitting) writes(text string) {
	a.Get(`doc.getElementById("words").focus()`)
	a.Press(text)
	a.Until(fmt.Sprintf(`doc.getElementById("words").value === %q`, text))
}

func (a sitting) answers(text string) {
	a.writes(text)
	a.Tap("#compose button", "Send")
	a.reads(text)
}

// reads waits for the words among what was said.
func (a sitting) reads(text string) { a.Shows("#chat-lines .said-line .text", text) }

func (a sitting) handsBack() {
	a.Tap("#chat-turn button", "Hand back to the bot")
	a.Shows("#chat-turn", "The bot is talking")
}

// at lets the browser send what is written at that moment, whatever the test does meanwhile.
func (a sitting) at(moment time.Time) {
	a.Get(fmt.Sprintf(`setTimeout(() => doc.getElementById("compose").requestSubmit(), %d - Date.now())`, moment.UnixMilli()))
}

// clinicAtOnce is a folder of a clinic that asks for a rating as soon as a visit is over.
func clinicAtOnce(t *testing.T) string {
	t.Helper()
	dir := newClinic(t)
	file := filepath.Join(dir, "journey.yaml")
	text := read(t, file)
	changed := strings.Replace(text, "28h after visit.end at 12:00", "1s after visit.end", 1)
	if changed == text {
		t.Fatal("journey.yaml asks for no rating")
	}
	write(t, file, changed)
	return dir
}
