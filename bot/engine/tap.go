package engine

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"careline/channels"
	"careline/dialogs"
)

// A button carries the place of its question: "1.TASK.VISIT.PLACE.VALUE". Task and visit number the
// question within the conversation, PLACE is a fingerprint of dialog and state. At most 64 bytes.
const tapVersion = "1"

// tapPrefix is all of it but the value.
func tapPrefix(t *dialogs.Task, f *dialogs.Frame) string {
	return TapsOf(t.ID) + strconv.FormatInt(int64(f.Visit), 36) + "." + place(f) + "."
}

// TapsOf is how the data of all buttons of a task begins.
func TapsOf(task int) string { return tapVersion + "." + strconv.FormatInt(int64(task), 36) + "." }

// place is a fingerprint of where a dialog stands, three or four letters.
func place(f *dialogs.Frame) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(f.Dialog + "." + f.State)) // a hash never fails
	return strconv.FormatUint(uint64(h.Sum32()&0xffff), 36)
}

// pressed finds the question that a button belongs to and the button on it. Everything else (old,
// foreign, forged) belongs to no question.
func (s *step) pressed(data string) (*question, button, error) {
	part := strings.SplitN(data, ".", 5)
	if len(part) != 5 || part[0] != tapVersion {
		return nil, button{}, nil
	}
	id, err1 := strconv.ParseInt(part[1], 36, 32)
	visit, err2 := strconv.ParseInt(part[2], 36, 32)
	t := s.task(int(id))
	if err1 != nil || err2 != nil || t == nil {
		return nil, button{}, nil
	}
	f := top(t)
	q := s.question(t, f)
	if q == nil || f.Visit != int(visit) || place(f) != part[3] {
		return nil, button{}, nil
	}
	all, err := q.buttons()
	if err != nil {
		return nil, button{}, err
	}
	for _, b := range all {
		if b.value == part[4] {
			return q, b, nil
		}
	}
	return q.onOtherPage(part[4])
}

// onOtherPage is an element of the list that is not on the page shown last: its button is still in the chat.
func (q *question) onOtherPage(value string) (*question, button, error) {
	items, _ := q.env(q.task, q.frame).answer(q.List).([]any)
	i, err := strconv.Atoi(strings.TrimPrefix(value, "#"))
	if err != nil || !strings.HasPrefix(value, "#") || i < 0 || i >= len(items) {
		return nil, button{}, nil
	}
	return q, button{value: value, item: items[i]}, nil
}

// doubleTap is how soon the same button pressed again is a slip of the finger, and nothing to answer.
const doubleTap = 3 * time.Second

// again reports a second tap of a button whose question the first one has closed. Marks of a question with
// several answers, and pages of a list, go back and forth as often as they are pressed.
func (s *step) again(in *channels.Incoming) bool {
	if in.Choice == "" || in.Choice != s.c.Tapped || s.since(s.c.LastIn) >= doubleTap {
		return false
	}
	q, _, err := s.pressed(in.Choice)
	return q == nil && err == nil
}

// tap is a pressed button.
func (s *step) tap(h *heard) (bool, error) {
	if h.Choice == "" || s.stale {
		return h.Choice != "", nil
	}
	q, b, err := s.pressed(h.Choice)
	if err != nil {
		return true, err
	}
	if q == nil {
		return true, s.closed()
	}
	if err := s.uncover(q.task); err != nil {
		return true, err
	}
	return true, q.press(b, h.Incoming)
}

// press does what a button does.
func (q *question) press(b button, in *channels.Incoming) error {
	switch {
	case b.value == moreButton:
		q.frame.Page++
		return q.putAgain()
	case b.value == doneButton:
		if picked := q.picked(); len(picked) > 0 {
			return q.answer(q.severalReading(picked))
		}
		return q.miss(in)
	case q.Type.Kind == dialogs.Several && b.item == nil:
		return q.mark(b)
	}
	return q.answer(q.reading(b))
}

// closed answers a button whose question is gone.
func (s *step) closed() error {
	t, f := s.top()
	s.event(tapClosed, t, f, "")
	if err := s.phrase("engine.closed"); err != nil {
		return err
	}
	if q := s.openQuestion(); q != nil {
		return q.putAgain()
	}
	return nil
}

// TaskOf is the task to which a button belongs; 0 = none.
func TaskOf(data string) int {
	part := strings.SplitN(data, ".", 5)
	if len(part) != 5 || part[0] != tapVersion {
		return 0
	}
	id, err := strconv.ParseInt(part[1], 36, 32)
	if err != nil {
		return 0
	}
	return int(id)
}

// Renumbered is the data of a button whose task has got another number.
func Renumbered(data string, tasks map[int]int) string {
	id, ok := tasks[TaskOf(data)]
	if !ok {
		return data
	}
	return TapsOf(id) + strings.SplitN(data, ".", 3)[2]
}
