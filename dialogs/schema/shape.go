package schema

import (
	"reflect"
	"slices"
	"strings"
)

// Shape is what may stand in one place of a file. The zero Shape is anything.
type Shape struct{ t reflect.Type }

// Of gives the shape of a file by its first key.
func Of(kind string) (Shape, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Key == kind })
	if i < 0 {
		return Shape{}, false
	}
	return Shape{reflect.TypeOf(kinds[i].file)}, true
}

// Keys that a mapping here may have, in the language's only order; nil when the names are the author's.
func (s Shape) Keys() []string {
	t := s.form(reflect.Struct)
	if t == nil {
		return nil
	}
	var keys []string
	for f := range fields(t) {
		keys = append(keys, keyOf(f))
	}
	return keys
}

// Key gives the shape of the value behind a key.
func (s Shape) Key(name string) Shape {
	if t := s.form(reflect.Struct); t != nil {
		for f := range fields(t) {
			if keyOf(f) == name {
				return Shape{f.Type}
			}
		}
		return Shape{}
	}
	if t := s.form(reflect.Map); t != nil {
		return Shape{t.Elem()}
	}
	return Shape{}
}

// Item gives the shape of a list's elements.
func (s Shape) Item() Shape {
	if t := s.form(reflect.Slice); t != nil {
		return Shape{t.Elem()}
	}
	return Shape{}
}

// form finds the way of writing s that is of the kind.
func (s Shape) form(k reflect.Kind) reflect.Type {
	t := s.t
	if t == nil {
		return nil
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if u, ok := reflect.Zero(t).Interface().(union); ok {
		for _, v := range u.shapes() {
			if vt := reflect.TypeOf(v); vt.Kind() == k {
				return vt
			}
		}
		return nil
	}
	if t.Kind() != k {
		return nil
	}
	return t
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); keyOf(f) != "-" && !yield(f) {
				return
			}
		}
	}
}

func keyOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// About is what a key means, in Russian or English.
func (s Shape) About(key, lang string) string {
	t := s.form(reflect.Struct)
	if t == nil {
		return ""
	}
	for f := range fields(t) {
		switch {
		case keyOf(f) != key:
		case lang == "ru":
			return f.Tag.Get("jsonschema_description")
		default:
			return english[t.Name()+"."+key]
		}
	}
	return ""
}
