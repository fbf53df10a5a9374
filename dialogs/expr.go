package dialogs

import "careline/dialogs/source"

// Expr is a condition or a value, compiled and type-checked at load.
type Expr struct {
	Pos    source.Pos
	Source string
	Type   Type
}

// Eval gives the expression's value. A comparison with an empty value is false, a field of an empty
// record is empty.
func (e *Expr) Eval(env Env) (any, error) { panic("dialogs helper") }

// True is Eval of a condition.
func (e *Expr) True(env Env) (bool, error) { panic("dialogs helper") }
