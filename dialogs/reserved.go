package dialogs

import (
	"slices"

	"careline/dialogs/source"

	"github.com/expr-lang/expr/builtin"
)

// keywords of expressions that no answer may be called.
var keywords = []string{
	"in", "not", "and", "or", "let", "if", "else", "end", "matches", "contains", "startsWith", "endsWith",
	"nil", "true", "false", "yes", "no", "me", "contact", "clinic", "now", "desk", "consent", "has",
}

// events are the outcomes that no script declares and the machine's own names.
var events = []string{"unclear", "silence", "failed", "quit", "expired", "no_consent", "skip", "next", "else", "end"}

// outcomeName checks the name of a choice or an end; finding 12.
func (l *loader) outcomeName(at source.Pos, name string) {
	if slices.Contains(events, name) {
		l.Add(at, 12, name, name)
	}
}

// answerName checks the name of an answer; findings 11 and 12. `patient` may be given by a dialog.
func (l *loader) answerName(at source.Pos, name string) {
	l.Name(at, name)
	if _, isBuiltin := builtin.Index[name]; isBuiltin || slices.Contains(keywords, name) || slices.Contains(events, name) {
		l.Add(at, 12, name, name)
	}
}
