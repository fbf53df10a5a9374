package dialogs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// DecodeConversation reads what Encode wrote. The conversation keeps parts of data: it must not change.
func DecodeConversation(data []byte) (*Conversation, error) {
	c := &Conversation{}
	r := reader{data: data}
	r.object(func(key string) {
		switch key {
		case "owner":
			c.Owner = Owner(r.string())
		case "tasks":
			r.array(func() { c.Tasks = append(c.Tasks, r.task()) })
		case "next":
			c.NextID = int(r.number())
		case "held":
			r.any(&c.Held)
		case "late":
			r.any(&c.Late)
		case "shown":
			r.any(&c.Shown)
		case "last_in":
			c.LastIn = r.number()
		case "tapped":
			c.Tapped = r.string()
		default:
			r.raw()
		}
	})
	r.end()
	if r.err != nil {
		return nil, fmt.Errorf("reading a conversation at byte %d: %w", r.at, r.err)
	}
	return c, nil
}

// UnmarshalJSON is DecodeConversation of a copy.
func (c *Conversation) UnmarshalJSON(data []byte) error {
	read, err := DecodeConversation(bytes.Clone(data))
	if err != nil {
		return err
	}
	*c = *read
	return nil
}

func (r *reader) task() *Task {
	t := &Task{}
	r.object(func(key string) {
		switch key {
		case "id":
			t.ID = int(r.number())
		case "patient":
			t.Patient = r.string()
		case "frames":
			r.array(func() { t.Frames = append(t.Frames, r.frame()) })
		case "origin":
			t.Origin = r.string()
		default:
			r.raw()
		}
	})
	return t
}

func (r *reader) frame() *Frame {
	f := &Frame{}
	r.object(func(key string) {
		switch key {
		case "d":
			f.Dialog = r.string()
		case "v":
			f.Version = r.string()
		case "s":
			f.State = r.string()
		case "a":
			f.Answers = map[string]*Answer{}
			r.object(func(name string) { f.Answers[name] = &Answer{raw: r.raw()} })
		case "n":
			f.Visit = int(r.number())
		case "m":
			f.Misses = int(r.number())
		case "p":
			f.Page = int(r.number())
		case "t":
			f.Since = r.number()
		case "q":
			f.Asked = r.number()
		case "y":
			f.Kind = Kind(r.string())
		case "k":
			r.array(func() { f.Picked = append(f.Picked, r.string()) })
		case "w":
			r.any(&f.Told)
		case "wt":
			f.ToldAt = r.number()
		case "b":
			r.array(func() { f.Trail = append(f.Trail, r.string()) })
		case "c":
			f.Missing = r.string()
		default:
			r.raw()
		}
	})
	return f
}

// reader walks over JSON once. After the first error it gives zero values to the end.
type reader struct {
	data []byte
	at   int
	err  error
}

var errBroken = errors.New("not the JSON of one")

func (r *reader) fail() {
	if r.err == nil {
		r.err = errBroken
	}
}

// next is the next byte that is no space, 0 at the end or after an error.
func (r *reader) next() byte {
	for ; r.err == nil && r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case ' ', '\n', '\t', '\r':
		default:
			return c
		}
	}
	return 0
}

func (r *reader) take(c byte) bool {
	if r.next() != c {
		return false
	}
	r.at++
	return true
}

func (r *reader) end() {
	if r.next() != 0 || r.at < len(r.data) {
		r.fail()
	}
}

// object calls field for each key; it must read the value.
func (r *reader) object(field func(key string)) {
	r.list('{', '}', func() {
		key := r.string()
		if !r.take(':') {
			r.fail()
			return
		}
		field(key)
	})
}

// array calls item before each element; it must read it.
func (r *reader) array(item func()) { r.list('[', ']', item) }

func (r *reader) list(open, shut byte, item func()) {
	if !r.take(open) {
		r.null()
		return
	}
	if r.take(shut) {
		return
	}
	for r.err == nil {
		item()
		if r.take(shut) {
			return
		}
		if !r.take(',') {
			r.fail()
		}
	}
}

func (r *reader) null() {
	if r.next() != 'n' || string(r.raw()) != "null" {
		r.fail()
	}
}

func (r *reader) string() string {
	b := r.raw()
	if len(b) < 2 || b[0] != '"' {
		r.fail()
		return ""
	}
	for _, c := range b {
		if c == '\\' {
			var s string
			if json.Unmarshal(b, &s) != nil {
				r.fail()
			}
			return s
		}
	}
	return string(b[1 : len(b)-1])
}

func (r *reader) number() int64 {
	n, err := strconv.ParseInt(string(r.raw()), 10, 64)
	if err != nil {
		r.fail()
	}
	return n
}

func (r *reader) any(target any) {
	if b := r.raw(); r.err == nil && json.Unmarshal(b, target) != nil {
		r.fail()
	}
}

// raw is the next value as it stands; what is inside is looked at by whoever decodes it.
func (r *reader) raw() []byte {
	first := r.next()
	start, open := r.at, 0
	for ; r.err == nil && r.at < len(r.data); r.at++ {
		switch r.data[r.at] {
		case '"':
			r.skipString()
			if first == '"' {
				return r.data[start:r.at:r.at]
			}
			r.at--
		case '{', '[':
			open++
		case '}', ']':
			if open == 0 {
				return r.data[start:r.at:r.at]
			}
			if open--; open == 0 {
				r.at++
				return r.data[start:r.at:r.at]
			}
		case ',', ' ', '\n', '\t', '\r':
			if open == 0 {
				return r.data[start:r.at:r.at]
			}
		}
	}
	if open > 0 || start == r.at {
		r.fail()
	}
	return r.data[start:r.at:r.at]
}

// skipString moves behind the string that begins here.
func (r *reader) skipString() {
	for r.at++; r.at < len(r.data); r.at += 2 { // over a backslash and what it hides
		rest := r.data[r.at:]
		quote := bytes.IndexByte(rest, '"')
		if quote < 0 {
			break
		}
		escape := bytes.IndexByte(rest[:quote], '\\')
		if escape < 0 {
			r.at += quote + 1
			return
		}
		r.at += escape
	}
	r.at = len(r.data)
	r.fail()
}
