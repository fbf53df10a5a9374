package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// micros is how the database keeps a moment: UTC microseconds, 0 = none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// at reads microseconds into a time.
type at struct{ *time.Time }

// Scan implements sql.Scanner.
func (a at) Scan(v any) error {
	us, ok := v.(int64)
	if !ok && v != nil {
		return fmt.Errorf("a moment is kept as %T", v)
	}
	*a.Time = moment(us)
	return nil
}

// none is the NULL of an optional reference.
func none(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// maybe reads a text that may be NULL.
type maybe struct{ *string }

// Scan implements sql.Scanner.
func (m maybe) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.string = ""
	case string:
		*m.string = v
	case []byte:
		*m.string = string(v)
	default:
		return fmt.Errorf("a text is kept as %T", v)
	}
	return nil
}

// raw reads a kept JSON document.
type raw struct{ *json.RawMessage }

// Scan implements sql.Scanner.
func (r raw) Scan(v any) error {
	var s string
	if err := (maybe{&s}).Scan(v); err != nil {
		return err
	}
	*r.RawMessage = nil
	if s != "" {
		*r.RawMessage = json.RawMessage(s)
	}
	return nil
}

// decoded reads a kept JSON document into a value; it reads what encoded wrote.
type decoded struct{ into any }

// Scan implements sql.Scanner.
func (d decoded) Scan(v any) error {
	var s string
	if err := (maybe{&s}).Scan(v); err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), d.into)
}

// encoded keeps a list as JSON; an empty one as an empty text.
func encoded[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// storable makes every text one that a database takes: UTF-8 without NUL. People paste anything.
func storable(args []any) []any {
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = clean(a)
		case json.RawMessage:
			args[i] = clean(string(a))
		case []string:
			args[i] = cleaned(a)
		}
	}
	return args
}

func cleaned(list []string) []string {
	better := make([]string, len(list))
	for i, s := range list {
		better[i] = clean(s)
	}
	return better
}

func clean(s string) string {
	if utf8.ValidString(s) && !strings.Contains(s, "\x00") {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
