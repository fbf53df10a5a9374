package dialogs

import (
	"reflect"
	"time"
)

// settle brings a value into the one form that it is shown from: nil when it is empty, a record as a
// pointer, a moment and money as themselves.
func settle(value any) any {
	switch x := value.(type) {
	case nil, bool, float64, int:
		return x
	case string:
		if x == "" {
			return nil
		}
		return x
	case time.Duration:
		if x <= 0 {
			return nil
		}
		return x
	case time.Time:
		return settle(MomentValue{At: x})
	case MomentValue:
		if x.At.IsZero() {
			return nil
		}
		return x
	case *MomentValue:
		if x == nil {
			return nil
		}
		return settle(*x)
	case MoneyValue:
		if x == (MoneyValue{}) {
			return nil
		}
		return x
	case *MoneyValue:
		if x == nil {
			return nil
		}
		return settle(*x)
	}
	return settleOther(reflect.ValueOf(value))
}

func settleOther(r reflect.Value) any {
	switch r.Kind() {
	case reflect.Pointer:
		if r.IsNil() || r.Elem().IsZero() && r.Elem().Kind() == reflect.Struct {
			return nil
		}
		if r.Elem().Kind() == reflect.Bool {
			return r.Elem().Bool()
		}
	case reflect.Struct:
		if r.IsZero() {
			return nil
		}
		record := reflect.New(r.Type())
		record.Elem().Set(r)
		return record.Interface()
	case reflect.Slice, reflect.Map, reflect.String:
		if r.Len() == 0 {
			return nil
		}
	}
	return r.Interface()
}

// members are the elements of a list, each settled; empty ones are left out.
func members(list any) ([]any, bool) {
	n, at, ok := elements(list)
	if !ok {
		return nil, false
	}
	all := make([]any, 0, n)
	for i := range n {
		if e := settle(at(i)); e != nil {
			all = append(all, e)
		}
	}
	return all, true
}
