package dialogs

import (
	"cmp"
	"reflect"
	"time"

	"careline/channels"
	"careline/dialogs/words"
)

// empty: never given, or given without any content. 0 and false are values.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case words.Date:
		return v == ""
	case bool, float64, time.Duration, words.Clock, MoneyValue:
		return false
	case MomentValue:
		return v.At.IsZero()
	case *StoryValue:
		return v == nil || v.Text == "" && len(v.Files) == 0
	case *channels.File:
		return v == nil
	case []string:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Interface:
		return r.IsNil()
	case reflect.Slice:
		return r.Len() == 0
	}
	return false
}

func equal(a, b any) bool {
	if empty(a) || empty(b) {
		return empty(a) && empty(b)
	}
	if order, ok := compare(a, b); ok {
		return order == 0
	}
	switch x := a.(type) {
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	}
	if x, y := identity(a), identity(b); x != "" || y != "" {
		return x == y
	}
	return reflect.DeepEqual(a, b)
}

// identity of a record that has an id: two snapshots of one service are the same service.
func identity(v any) string {
	switch r := v.(type) {
	case *Patient:
		return "patient " + r.ID
	case *Contact:
		return "contact " + r.ID
	case *Service:
		return "service " + r.ID
	case *Practitioner:
		return "practitioner " + r.ID
	case *Branch:
		return "branch " + r.ID
	case *Visit:
		return "visit " + r.ID
	case *Offer:
		return "offer " + r.ID
	case *Waiting:
		return "waiting " + r.ID
	case *CourseStep:
		return "step " + r.ID
	case *Group:
		return "group " + r.ID
	case *Flag:
		return "flag " + r.Name
	}
	return ""
}

// compare orders two values of one sort; false when they have no order.
func compare(a, b any) (int, bool) {
	switch x := a.(type) {
	case float64:
		y, ok := b.(float64)
		return cmp.Compare(x, y), ok
	case time.Duration:
		y, ok := b.(time.Duration)
		return cmp.Compare(x, y), ok
	case words.Clock:
		y, ok := b.(words.Clock)
		return cmp.Compare(x, y), ok
	case MoneyValue:
		y, ok := b.(MoneyValue)
		return cmp.Compare(x.Amount, y.Amount), ok && x.Currency == y.Currency
	}
	if x, ok := instant(a); ok {
		y, ok := instant(b)
		return x.Compare(y), ok
	}
	if x, ok := asText(a); ok {
		y, ok := asText(b)
		return cmp.Compare(x, y), ok
	}
	return 0, false
}

func instant(v any) (time.Time, bool) {
	switch m := v.(type) {
	case MomentValue:
		return m.At, true
	case *MomentValue:
		if m != nil {
			return m.At, true
		}
	case time.Time:
		return m, true
	}
	return time.Time{}, false
}

func asText(v any) (string, bool) {
	switch s := v.(type) {
	case string:
		return s, true
	case words.Date:
		return string(s), true
	case *StoryValue:
		if s != nil {
			return s.Text, true
		}
	}
	return "", false
}

// elements walks over a list of any Go type, as the elements stand in scripts; false when v is no list.
func elements(v any) (n int, at func(int) any, ok bool) {
	switch list := v.(type) {
	case nil:
		return 0, nil, true
	case []any:
		return len(list), func(i int) any { return list[i] }, true
	case []string:
		return len(list), func(i int) any { return list[i] }, true
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice {
		return 0, nil, false
	}
	kind := typeOfElem(r.Type())
	return r.Len(), func(i int) any { return plain(r.Index(i), kind) }, true
}

func typeOfElem(slice reflect.Type) Kind {
	if slice.Elem() == reflect.TypeFor[MomentValue]() {
		return Moment
	}
	return ""
}
