package dialogs

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"careline/dialogs/words"
)

// Encode appends the conversation as JSON to buf: what encoding/json would read, several times as fast,
// because every step writes one. Equal conversations give equal bytes.
func (c *Conversation) Encode(buf []byte) ([]byte, error) {
	w := writer{buf: slices.Grow(buf, 1024)}
	w.open('{')
	w.text("owner", string(c.Owner))
	if len(c.Tasks) > 0 {
		w.key("tasks")
		w.open('[')
		for _, t := range c.Tasks {
			w.task(t)
		}
		w.close(']')
	}
	w.number("next", int64(c.NextID))
	if c.Held != nil {
		w.any("held", c.Held)
	}
	if c.Late != nil {
		w.any("late", c.Late)
	}
	if c.Shown != nil {
		w.any("shown", c.Shown)
	}
	w.number("last_in", c.LastIn)
	w.text("tapped", c.Tapped)
	w.close('}')
	if w.err != nil {
		return nil, fmt.Errorf("writing a conversation: %w", w.err)
	}
	return w.buf, nil
}

// MarshalJSON is Encode.
func (c *Conversation) MarshalJSON() ([]byte, error) { return c.Encode(nil) }

func (w *writer) task(t *Task) {
	w.comma()
	w.open('{')
	w.key("id")
	w.buf = strconv.AppendInt(w.buf, int64(t.ID), 10)
	w.text("patient", t.Patient)
	w.key("frames")
	w.open('[')
	for _, f := range t.Frames {
		w.frame(f)
	}
	w.close(']')
	w.text("origin", t.Origin)
	w.close('}')
}

func (w *writer) frame(f *Frame) {
	w.comma()
	w.open('{')
	w.key("d")
	w.string(f.Dialog)
	w.key("v")
	w.string(f.Version)
	w.key("s")
	w.string(f.State)
	w.answers(f.Answers)
	w.number("n", int64(f.Visit))
	w.number("m", int64(f.Misses))
	w.number("p", int64(f.Page))
	w.number("t", f.Since)
	w.number("q", f.Asked)
	w.text("y", string(f.Kind))
	w.list("k", f.Picked)
	if f.Told != nil {
		w.any("w", f.Told)
	}
	w.number("wt", f.ToldAt)
	w.list("b", f.Trail)
	w.text("c", f.Missing)
	w.close('}')
}

func (w *writer) answers(answers map[string]*Answer) {
	if len(answers) == 0 {
		return
	}
	var room [16]string
	names := room[:0]
	for name := range answers {
		names = append(names, name)
	}
	slices.Sort(names)
	w.key("a")
	w.open('{')
	for _, name := range names {
		w.key(name)
		w.answer(answers[name])
	}
	w.close('}')
}

func (w *writer) answer(a *Answer) {
	if a == nil {
		w.buf = append(w.buf, "null"...)
		return
	}
	if len(a.raw) > 0 {
		w.buf = append(w.buf, a.raw...)
		return
	}
	switch v := a.value.(type) {
	case string:
		w.string(v)
	case words.Date:
		w.string(string(v))
	case bool:
		w.buf = strconv.AppendBool(w.buf, v)
	default:
		w.marshal(v)
	}
}

// writer appends JSON. Fields that are empty are left out.
type writer struct {
	buf []byte
	err error
}

func (w *writer) open(bracket byte) { w.buf = append(w.buf, bracket) }

func (w *writer) close(bracket byte) { w.buf = append(w.buf, bracket) }

func (w *writer) comma() {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.buf = append(w.buf, ',')
	}
}

func (w *writer) key(name string) {
	w.comma()
	w.string(name)
	w.buf = append(w.buf, ':')
}

func (w *writer) text(name, s string) {
	if s != "" {
		w.key(name)
		w.string(s)
	}
}

func (w *writer) number(name string, n int64) {
	if n != 0 {
		w.key(name)
		w.buf = strconv.AppendInt(w.buf, n, 10)
	}
}

func (w *writer) list(name string, list []string) {
	if len(list) == 0 {
		return
	}
	w.key(name)
	w.open('[')
	for _, s := range list {
		w.comma()
		w.string(s)
	}
	w.close(']')
}

func (w *writer) any(name string, v any) {
	w.key(name)
	w.marshal(v)
}

func (w *writer) marshal(v any) {
	b, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.buf = append(w.buf, b...)
}

func (w *writer) string(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			w.marshal(s)
			return
		}
	}
	if !utf8.ValidString(s) {
		w.marshal(s)
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, s...)
	w.buf = append(w.buf, '"')
}
