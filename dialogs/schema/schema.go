// Package schema describes every kind of script file as small Go types. From them come the JSON Schema
// that gives completion and hover help in editors, and the only order of keys.
package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"
)

// Kind of file: its first key names it.
type Kind struct {
	Key   string // dialog, everywhere, triage, memory, journey, replies, test
	Where string // path in the clinic's folder
	file  any
}

var kinds = []Kind{
	{"dialog", "dialogs/NAME.yaml", Dialog{}},
	{"everywhere", "dialogs/everywhere.yaml", Everywhere{}},
	{"triage", "triage.yaml", Triage{}},
	{"memory", "memory.yaml", Memory{}},
	{"journey", "journey.yaml", Journey{}},
	{"replies", "replies.yaml", Replies{}},
	{"test", "transcripts/*.yaml", Transcript{}},
}

// Kinds of file.
func Kinds() []Kind { return slices.Clone(kinds) }

// All is one JSON Schema for every kind of file, told apart by the first key.
func All() ([]byte, error) {
	all := &jsonschema.Schema{Version: jsonschema.Version, Title: "careline", Type: "object", Definitions: jsonschema.Definitions{}}
	for _, k := range kinds {
		s := reflectFile(k)
		maps.Copy(all.Definitions, s.Definitions)
		ref := &jsonschema.Schema{Ref: s.Ref}
		has := &jsonschema.Schema{Required: []string{k.Key}}
		all.AllOf = append(all.AllOf, &jsonschema.Schema{If: has, Then: ref})
		all.AnyOf = append(all.AnyOf, has)
	}
	return print(all)
}

// For is the JSON Schema of one kind of file.
func For(kind string) ([]byte, error) {
	for _, k := range kinds {
		if k.Key == kind {
			return print(reflectFile(k))
		}
	}
	return nil, fmt.Errorf("no kind of file %q", kind)
}

func print(s *jsonschema.Schema) ([]byte, error) {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return append(b, '\n'), nil
}

// reflectFile reflects a file and everything that its unions point to.
func reflectFile(k Kind) *jsonschema.Schema {
	var later []reflect.Type
	r := &jsonschema.Reflector{Anonymous: true}
	r.Mapper = func(t reflect.Type) *jsonschema.Schema {
		if s := plain(t); s != nil {
			return s
		}
		u, ok := reflect.Zero(t).Interface().(union)
		if !ok {
			return nil
		}
		s := &jsonschema.Schema{}
		for _, v := range u.shapes() {
			vt := reflect.TypeOf(v)
			s.AnyOf = append(s.AnyOf, formOf(r, vt))
			if vt.Kind() == reflect.Struct {
				later = append(later, vt)
			}
		}
		return s
	}
	s := r.Reflect(k.file)
	for len(later) > 0 {
		t := later[0]
		later = later[1:]
		if s.Definitions[t.Name()] == nil {
			maps.Copy(s.Definitions, r.ReflectFromType(t).Definitions)
		}
	}
	for _, d := range s.Definitions {
		name(d)
	}
	return s
}

// name demands names of the language where writers choose them.
func name(d *jsonschema.Schema) {
	for _, key := range []string{"states", "choose", "reactions", "timelines"} {
		if d.Properties == nil {
			return
		}
		if p, ok := d.Properties.Get(key); ok {
			p.PropertyNames = &jsonschema.Schema{Pattern: `^[a-z][a-z0-9_]{0,39}$`}
		}
	}
}

func formOf(r *jsonschema.Reflector, t reflect.Type) *jsonschema.Schema {
	if s := plain(t); s != nil {
		return s
	}
	switch t.Kind() {
	case reflect.Struct:
		return &jsonschema.Schema{Ref: "#/$defs/" + t.Name()}
	case reflect.Slice:
		items := r.Mapper(t.Elem())
		if items == nil {
			items = formOf(r, t.Elem())
		}
		return &jsonschema.Schema{Type: "array", Items: items}
	case reflect.Map:
		s := r.Mapper(t.Elem())
		if s == nil {
			s = &jsonschema.Schema{Type: "string"}
		}
		return &jsonschema.Schema{Type: "object", AdditionalProperties: s}
	}
	return &jsonschema.Schema{Type: "string"}
}
