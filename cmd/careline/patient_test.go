package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// patient is a browser with the web chat open. It knows nothing but what the server shows, and posts again what
// was not acknowledged, as the page does.
type patient struct {
	t      testing.TB
	server *server
	ip     string
	token  string
	name   string
	phone  string
	said   []string // everything that was acknowledged, in order
	posts  int
	seen   int64 // number of the last line that was read
}

// line is one event of the live stream.
type line struct {
	Seq   int64
	Mine  string
	Shown []struct {
		Text string
		Rows [][]struct{ Label, Data string }
	}
}

func (l line) text() (all string) {
	for _, s := range l.Shown {
		all += s.Text + "\n"
	}
	return all
}

// button is the data of the first one whose label begins so.
func (l line) button(label string) (string, bool) {
	for _, s := range l.Shown {
		for _, row := range s.Rows {
			for _, b := range row {
				if strings.HasPrefix(b.Label, label) {
					return b.Data, true
				}
			}
		}
	}
	return "", false
}

// page waits only so long: a request that hangs is a fault of the server.
var page = http.Client{Timeout: 20 * time.Second}

// ask sends a request; nil = nobody answered.
func (p *patient) ask(method, path, body string) *http.Response {
	request, err := http.NewRequest(method, "http://"+p.server.address+path, strings.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return nil
	}
	request.Header.Set("X-Real-IP", p.ip)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Careline-Chat", p.token)
	answer, err := page.Do(request)
	if err != nil {
		return nil
	}
	return answer
}

// visit opens the chat.
func (s *server) visit(t testing.TB, number int) *patient {
	t.Helper()
	p := &patient{t: t, server: s, name: "Иван Петров", phone: "8 912 345 67 89", ip: fmt.Sprintf("10.0.%d.%d", number/250, number%250+1)}
	eventually(t, "a session", func() bool {
		answer := p.ask("POST", "/chat/session", "")
		if answer == nil {
			return false
		}
		defer answer.Body.Close()
		var made struct{ Token string }
		_ = json.NewDecoder(answer.Body).Decode(&made) // half an answer is none
		p.token = made.Token
		return p.token != ""
	})
	return p
}

// post sends one message once and tells how the server answered; 0 = not at all.
func (p *patient) post(id, text, choice string) int {
	body, err := json.Marshal(map[string]string{"id": id, "text": text, "choice": choice, "language": "ru"})
	if err != nil {
		p.t.Error(err)
	}
	answer := p.ask("POST", "/chat/messages", string(body))
	if answer == nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// say posts until it is acknowledged and waits for the answer.
func (p *patient) say(text, choice string) {
	p.t.Helper()
	p.posts++
	id := fmt.Sprint("m", p.posts)
	eventually(p.t, "«"+text+"» is taken", func() bool { return p.post(id, text, choice) == http.StatusAccepted })
	p.said = append(p.said, strings.TrimSpace(text))
	eventually(p.t, "«"+text+"» is answered", func() bool {
		seen := p.seen
		p.seen = max(seen, p.last())
		return p.seen > seen
	})
}

// last is the number of the newest line that is not the patient's own.
func (p *patient) last() (seq int64) {
	for _, l := range p.lines() {
		if l.Mine == "" {
			seq = l.Seq
		}
	}
	return seq
}

// lines is the chat as a page that opens now shows it.
func (p *patient) lines() (lines []line) {
	answer := p.ask("GET", "/chat/events", "")
	if answer == nil {
		return nil
	}
	defer answer.Body.Close()
	events := bufio.NewScanner(answer.Body)
	events.Buffer(nil, 1<<20)
	for events.Scan() {
		if bytes.HasPrefix(events.Bytes(), []byte("event: ready")) {
			return lines
		}
		if data, ok := bytes.CutPrefix(events.Bytes(), []byte("data: ")); ok {
			var l line
			if err := json.Unmarshal(data, &l); err != nil {
				return nil
			}
			lines = append(lines, l)
		}
	}
	return nil // cut off before it was whole
}

// answers of a patient who books: to the first button or piece of text that is found.
var answers = []struct{ button, text, say string }{
	{button: "Даю согласие"}, {button: "Записаться на приём"}, {button: "Знаю услугу"}, {button: "Консультация стоматолога"},
	{button: "Всё верно"}, {button: "сегодня в"}, {button: "завтра в"}, {button: "в "}, {button: "во "}, {text: "имя", say: "name"}, {text: "номер", say: "phone"},
}

// tap presses the newest button that begins so.
func (p *patient) tap(label string) {
	p.t.Helper()
	for _, l := range slices.Backward(p.lines()) {
		if data, ok := l.button(label); ok {
			p.say(label, data)
			return
		}
	}
	p.t.Fatalf("the patient sees no button «%s»", label)
}

const booked = "Готово, записали"

// book walks until a visit is booked, whatever happens to the server meanwhile.
func (p *patient) book() {
	p.t.Helper()
	p.say("/start", "")
	for range 300 { // everybody wants the first time that is free
		var lines []line
		eventually(p.t, "the chat", func() bool { lines = p.lines(); return len(lines) > 0 })
		last := lines[len(lines)-1]
		for _, l := range lines {
			if strings.Contains(l.text(), booked) {
				return
			}
		}
		if !p.answer(last) {
			p.t.Errorf("the patient is lost at %q", last.text())
			return
		}
	}
	p.t.Error("three hundred answers are not enough for a visit")
}

func (p *patient) answer(last line) bool {
	p.t.Helper()
	for _, a := range answers {
		if data, ok := last.button(a.button); ok && a.button != "" {
			p.say(a.button, data)
			return true
		}
		if a.text != "" && strings.Contains(last.text(), a.text) {
			p.say(map[string]string{"name": p.name, "phone": p.phone}[a.say], "")
			return true
		}
	}
	return false
}
