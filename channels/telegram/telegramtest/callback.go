package telegramtest

import (
	"time"
	"unicode/utf8"
)

const queryLife = time.Minute

// query is one press of a button under a message.
type query struct {
	asked    time.Time
	answered bool
	toast    string
	alert    bool
}

func (s *Server) answerCallbackQuery(p *params) (any, *refusal) {
	q, known := s.queries[p.text("callback_query_id")]
	if !known || q.answered || s.o.Now().Sub(q.asked) > queryLife {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if utf8.RuneCountInString(p.text("text")) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	q.answered, q.toast, q.alert = true, p.text("text"), p.yes("show_alert")
	return true, nil
}

// Answer tells what the person saw over the chat after a press; false = the button still spins.
func (s *Server) Answer(queryID string) (toast string, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, known := s.queries[queryID]
	if !known {
		return "", false
	}
	return q.toast, q.answered
}

// Spinning counts the presses that nobody has answered.
func (s *Server) Spinning() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.queries {
		if !q.answered {
			n++
		}
	}
	return n
}
