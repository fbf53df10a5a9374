package dialogs

import (
	"fmt"
	"reflect"

	"careline/dialogs/source"

	"github.com/expr-lang/expr/ast"
)

// Expr is a condition or a value, compiled and type-checked at load.
type Expr struct {
	Pos    source.Pos
	Source string
	Type   Type
	Tree   ast.Node // for checks
	Paths  []string // values that it reads: pain, visit.status
	eval   evaluator
}

// evaluator is a compiled piece of an expression. nil = empty.
type evaluator func(*evaluation) any

// evaluation is one run of an expression.
type evaluation struct {
	env     Env
	element any // of the list that a predicate walks over
	err     error
}

// fail remembers the first value that was not of the Go type which its kind promises.
func (r *evaluation) fail(what string, got any) any {
	if r.err == nil {
		r.err = fmt.Errorf("%s cannot be %T", what, got)
	}
	return nil
}

// Eval gives the expression's value. A field of an empty record is empty; < > <= >= with an empty value are
// false; == holds between two empty values, and != is always its opposite. An error means that Env
// gave a Go type other than the kind's.
func (e *Expr) Eval(env Env) (any, error) {
	run := evaluation{env: env}
	value := e.eval(&run)
	if run.err != nil {
		return nil, fmt.Errorf("evaluating %s (%q): %w", e.Pos, e.Source, run.err)
	}
	return listed(value), nil
}

// listed is a list of records as answers keep it, whatever record it was read from.
func listed(value any) any {
	switch value.(type) {
	case nil, bool, float64, string, []any, []string:
		return value
	}
	if reflect.TypeOf(value).Kind() != reflect.Slice {
		return value
	}
	count, at, _ := elements(value)
	list := make([]any, count)
	for i := range list {
		list[i] = at(i)
	}
	return list
}

// True is Eval of a condition; empty is false.
func (e *Expr) True(env Env) (bool, error) {
	value, err := e.Eval(env)
	yes, _ := value.(bool)
	return yes, err
}
