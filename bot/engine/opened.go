package engine

import (
	"strconv"
	"strings"

	"careline/dialogs"
)

// opened: an address behind a button was opened. That answers the open question; anywhere else it is no word of the
// person: it neither ends what is half done on top, nor speaks to a human, nor is told that its question is closed.
func (s *step) opened(h *heard) (bool, error) {
	if !h.Opened {
		return false, nil
	}
	if s.operatorOwns() {
		return true, nil
	}
	q, b, err := s.pressed(h.Choice)
	if open := s.answerable(); err != nil || q == nil || open == nil || open.task != q.task {
		return true, err
	}
	return true, q.press(b, h.Incoming)
}

// PlaceOf names the button with this data in the conversation: "dialog.state.choice"; empty when its question does
// not stand any more.
func PlaceOf(c *dialogs.Conversation, data string) string {
	part := strings.SplitN(data, ".", 5)
	if len(part) != 5 || part[0] != tapVersion {
		return ""
	}
	for _, t := range c.Tasks {
		if f := top(t); strconv.FormatInt(int64(t.ID), 36) == part[1] && f != nil && place(f) == part[3] {
			return f.Dialog + "." + f.State + "." + part[4]
		}
	}
	return ""
}
