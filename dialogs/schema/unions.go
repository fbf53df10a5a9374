package schema

import (
	"reflect"

	"github.com/invopop/jsonschema"
)

// A union is written in more than one form: shapes gives a value of each.
type union interface{ shapes() []any }

// Says is a text, one item, or a list of both.
type Says struct{}

func (Says) shapes() []any { return []any{Text(""), Item{}, []Said{}} }

// Said is one message of a list.
type Said struct{}

func (Said) shapes() []any { return []any{Text(""), Item{}} }

// Choice is a label, or a button with more than that.
type Choice struct{}

func (Choice) shapes() []any { return []any{Text(""), LongChoice{}} }

// Ways is one target, or a fork of conditions.
type Ways struct{}

func (Ways) shapes() []any { return []any{"", map[string]Target{}} }

// When is a time, or a time for each variant of a test.
type When struct{}

func (When) shapes() []any { return []any{"", map[string]string{}} }

// PatientCard is `new`, or what the clinic knows already.
type PatientCard struct{}

func (PatientCard) shapes() []any { return []any{"", Card{}} }

// Words are a list of words, or a single one.
type Words struct{}

func (Words) shapes() []any { return []any{"", []string{}} }

// Needs are consents, or a single one.
type Needs struct{}

func (Needs) shapes() []any { return []any{Mark(""), []Mark{}} }

// Mark is a consent that a dialog may need.
type Mark string

// Text is what people read; YAML takes `2026` for a number and `true` for a truth.
type Text string

// Asked is a type of answer that a question may have.
type Asked string

// Scalar is any plain value; its type follows from what it fills.
type Scalar string

// Expr is an expression.
type Expr string

// Target of an edge: a state, `end` or `end OUTCOME`.
type Target string

// Period is a length of time: 30m, 4h, 7d.
type Period string

// Class of a message.
type Class string

func plain(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[Scalar](), reflect.TypeFor[Expr]():
		return oneOf("string", "number", "boolean", "null")
	case reflect.TypeFor[Text]():
		return oneOf("string", "number", "boolean")
	case reflect.TypeFor[Mark]():
		return &jsonschema.Schema{Type: "string", Enum: []any{"personal", "health"}}
	case reflect.TypeFor[Asked]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
			{Enum: []any{"text", "story", "number", "rating", "yesno", "date", "time", "period", "phone", "name", "email", "photo", "file", "several"}},
			{Type: "string", Pattern: `^((number|rating) .+|date (past|future)|.+\|.+)$`},
		}}
	case reflect.TypeFor[Target]():
		return &jsonschema.Schema{Type: "string", Pattern: `^(end( [a-z][a-z0-9_]*)?|[a-z][a-z0-9_]*)$`}
	case reflect.TypeFor[Period]():
		return &jsonschema.Schema{Type: "string", Pattern: `^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$`}
	case reflect.TypeFor[Class]():
		return &jsonschema.Schema{Type: "string", Enum: []any{"service", "care", "advertising"}}
	case reflect.TypeFor[bool]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "boolean"}, {Enum: []any{"yes", "no"}}}}
	}
	return nil
}

func oneOf(types ...string) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	for _, t := range types {
		s.AnyOf = append(s.AnyOf, &jsonschema.Schema{Type: t})
	}
	return s
}

// JSONSchemaExtend lets an item hold the variants of its test.
func (Item) JSONSchemaExtend(s *jsonschema.Schema) {
	s.AdditionalProperties = &jsonschema.Schema{Type: "string", Description: "Вариант A/B-теста"}
}
