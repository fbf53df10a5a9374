package web_test

import (
	"net/http"
	"testing"

	"careline/channels"
	"careline/channels/web"
)

func TestThePageHearsBothSidesLive(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	next := b.listen("")
	if e := next(); e.name != "ready" {
		t.Fatalf("an empty chat begins with %+v", e)
	}
	b.post(`{"id":"m1","text":"Болит зуб"}`)
	mine := next()
	if mine.name != "line" || mine.line.Mine != "m1" || mine.text() != "Болит зуб" {
		t.Fatalf("heard %+v", mine)
	}
	chat := s.inbox()[0].From.Chat
	s.says(chat, channels.Outgoing{Key: "k1", Text: "Давно?", Choices: []channels.Choice{{Data: "q:1", Label: "Да"}, {Data: "q:2", Label: "Нет"}}})
	asked := next()
	if asked.text() != "Давно?" || asked.line.Key != "k1" || asked.id != "2" || asked.line.Shown[0].Rows[0][1].Data != "q:2" {
		t.Errorf("heard %+v", asked)
	}
	if err := s.web.Typing(t.Context(), channels.Address{Channel: "web", Chat: chat}); err != nil {
		t.Fatal(err)
	}
	if e := next(); e.name != "typing" {
		t.Errorf("heard %+v, want typing", e)
	}
}

func TestMarksAndClosedButtonsReachThePage(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	chat := b.chat(s)
	choices := []channels.Choice{{Data: "q:1", Label: "Болит", Chosen: true}, {Data: "q:2", Label: "Готово"}}
	s.says(chat, channels.Outgoing{Key: "k2", Redraws: "k1", Ask: channels.AskSeveral, Choices: choices})
	s.says(chat, channels.Outgoing{Key: "k3", Closes: "k1"})
	next := b.listen("")
	if e := next(); e.line.Redraws != "k1" || e.text() != "" || !e.line.Shown[0].Rows[0][0].Chosen {
		t.Errorf("heard %+v, want new marks", e)
	}
	if e := next(); e.line.Closes != "k1" || len(e.line.Shown) != 0 {
		t.Errorf("heard %+v, want buttons closed", e)
	}
}

func TestAStreamGoesOnWhereItBroke(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	chat := b.chat(s)
	for i := range 150 {
		s.says(chat, channels.Outgoing{Key: "k", Text: string(rune('a' + i%26))})
	}
	next := b.listen("140")
	seen := map[int64]bool{}
	for e := next(); e.name == "line"; e = next() {
		if seen[e.line.Seq] {
			t.Errorf("line %d came twice", e.line.Seq)
		}
		seen[e.line.Seq] = true
	}
	for seq := int64(141); seq <= 151; seq++ {
		if !seen[seq] {
			t.Errorf("line %d is lost", seq)
		}
	}
	if seen[20] {
		t.Error("the whole history came again")
	}
}

func TestALineThatBecomesVisibleLateIsStillShown(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	chat := b.chat(s)
	next := b.listen("")
	next()
	for _, said := range []struct {
		seq  int64
		text string
	}{{7, "седьмая"}, {5, "пятая, чей коммит запоздал"}, {8, "восьмая"}} {
		s.mu.Lock()
		s.add(chat, web.Line{Seq: said.seq, Out: &channels.Outgoing{Text: said.text}})
		s.mu.Unlock()
		if e := next(); e.text() != said.text || e.line.Seq != said.seq {
			t.Errorf("heard %+v, want %q", e, said.text)
		}
	}
}

func TestTheFirstWordOfThePageIsNotShown(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	b.chat(s) // writes /start
	if e := b.listen("")(); e.name != "ready" {
		t.Errorf("the page shows %+v", e)
	}
}

func TestOneBrowserMayNotHoldEndlessStreams(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for range 12 {
		b.listen("")()
	}
	if r := b.do("GET", "events", "", nil); r.StatusCode != http.StatusTooManyRequests || r.Header.Get("Retry-After") == "" {
		t.Errorf("the thirteenth stream: %s", r.Status)
	}
}
