package page_test

import (
	"fmt"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page/pagetest"
)

// A browser without a screen has neither loudspeakers nor a place for notifications: they are noted here.
const deaf = `(() => {
	window.noted = []; window.notes = 0;
	window.Notification = class {
		static permission = "default";
		static async requestPermission() { return Notification.permission = "granted"; }
		constructor(text, how) { noted.push(text + JSON.stringify(how)); }
	};
	window.AudioContext = class extends AudioContext { createOscillator() { notes++; return super.createOscillator(); } };
})()`

// The bell is struck through until somebody presses it; then a ticket is heard in a tab that is not seen, and nobody beside the
// screen reads whose it is.
func TestATicketIsHeardInAHiddenTab(t *testing.T) {
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), (&heard{back: make(chan string, 10)}).routes)
	anna, _ := meet(t, s.Desk.Store)
	tab := s.Browser(t, access.Owner, "/desk/inbox", 1000, 700)
	tab.Until(`doc.readyState === "complete" && localStorage.getItem("careline.newest.account-owner") === "0"`)
	tab.Get(deaf)
	if pressed := tab.Get(`doc.querySelector(".bell").ariaPressed + doc.querySelector(".bell .silent").checkVisibility()`); pressed != "falsetrue" {
		t.Errorf("before anybody was asked the bell is %s", pressed)
	}
	tab.Get(`doc.querySelector(".bell").click()`)
	tab.Shows(".toast", "Звук и уведомления включены")
	tab.Until(`doc.querySelector(".bell").ariaPressed === "true" && !doc.querySelector(".bell .silent").checkVisibility() && notes === 2`)

	hide(tab, true)
	ticket(t, s, anna, "k1")
	tab.Until(`noted.length === 1 && notes === 4 && doc.title.startsWith("(1) ")`)
	if said := tab.Get(`noted[0]`); said != `Новое обращение{"tag":"careline","renotify":true}` {
		t.Errorf("the notification says %s", said)
	}

	tab.Get(`doc.querySelector(".bell").click()`)
	tab.Shows(".toast", "выключены")
	s.Clock.Advance(time.Second)
	ticket(t, s, anna, "k2")
	tab.Until(fmt.Sprintf(`doc.title.startsWith("(2) ") && localStorage.getItem("careline.newest.account-owner") === "%d"`, s.Clock.Now().UnixMicro()))
	if got := tab.Get(`[noted.length, notes, doc.querySelector(".bell").ariaPressed]`); got != "1,4,false" {
		t.Errorf("switched off it is heard: %s", got)
	}
}
