package vktest

import (
	"slices"
	"time"
)

const (
	pressLife   = time.Minute
	maxSnackbar = 90 // characters
)

// press is one press of a callback button.
type press struct {
	asked    time.Time
	user     int64
	chat     *chat
	answered bool
	toast    string
}

func (s *Server) answerPress(p *params) (any, *refusal) {
	q, known := s.presses[p.text("event_id")]
	if !known || q.answered || q.user != p.number("user_id") || q.chat.peer != p.number("peer_id") ||
		s.o.Now().Sub(q.asked) > pressLife {
		return nil, bad("event_id is invalid or expired")
	}
	var data struct {
		Type string `json:"type"`
		Text string `json:"text"`
		Link string `json:"link"`
	}
	if err := p.object("event_data", &data); err != nil {
		return nil, bad("event_data should be a JSON object")
	}
	switch {
	case p.has("event_data") && !slices.Contains([]string{"show_snackbar", "open_link", "open_app"}, data.Type):
		return nil, bad("event_data has an unknown type")
	case data.Type == "show_snackbar" && (data.Text == "" || len([]rune(data.Text)) > maxSnackbar):
		return nil, bad("event_data text should have from 1 to 90 characters")
	case data.Type == "open_link" && data.Link == "":
		return nil, bad("event_data link is undefined")
	}
	q.answered, q.toast = true, data.Text
	if data.Text != "" {
		q.chat.toasts = append(q.chat.toasts, data.Text)
	}
	return 1, nil
}

// Answer tells what the person saw over the chat after a press; false = the button still spins.
func (s *Server) Answer(query string) (snackbar string, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, known := s.presses[query]
	if !known {
		return "", false
	}
	return q.toast, q.answered
}

// Spinning counts the presses that nobody has answered.
func (s *Server) Spinning() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.presses {
		if !q.answered {
			n++
		}
	}
	return n
}
