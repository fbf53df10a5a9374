package telegramtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// post brings one update; true = the bot took it.
func (w *poster) post(u update) bool {
	request, err := http.NewRequest(http.MethodPost, w.url, bytes.NewReader(u.body))
	if err != nil {
		return w.fault(err.Error())
	}
	request.Header.Set("Content-Type", "application/json")
	if w.secret != "" {
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", w.secret)
	}
	answer, err := w.client.Do(request)
	if err != nil {
		return w.fault(err.Error())
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return w.fault(err.Error())
	}
	if answer.StatusCode/100 != 2 {
		return w.fault(fmt.Sprintf("Wrong response from the webhook: %s", answer.Status))
	}
	w.carryOut(body)
	return true
}

func (w *poster) fault(text string) bool {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.s.hook.failed.at, w.s.hook.failed.text = w.s.o.Now(), text
	return false
}

// carryOut makes the call that a bot may put into its answer; nobody tells it how that went.
func (w *poster) carryOut(body []byte) {
	p := &params{values: map[string]string{}, files: map[string]upload{}}
	if err := p.json(bytes.NewReader(body)); err != nil {
		return // any other body means nothing
	}
	if m, known := w.s.methods[strings.ToLower(p.text("method"))]; known && m.do != nil {
		begun := w.s.o.Now()
		_, refused := w.s.carryOut(m, p)
		call := Call{Method: m.name, Params: p.plain(), At: begun}
		if refused != nil {
			call.Code = refused.code
		}
		w.s.note(call)
	}
}
