package dialogs

// Env gives the value behind the first name of a path: an answer of the dialog, me, patient, contact,
// clinic, now, visit, desk, consent. nil = empty or unknown.
type Env interface {
	Value(name string) any
}
