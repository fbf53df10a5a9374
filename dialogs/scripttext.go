package dialogs

import (
	"careline/dialogs/source"
	"careline/locales"
)

// ScriptFile is a script as it was written.
type ScriptFile struct {
	Name string
	Kind string       // its first key: dialog, everywhere, triage, memory, journey
	Root *source.Node // nil when it could not be read
}

// Role is what a text is for.
type Role string

// The roles. Note is a text handed to an action or kept in memory: people outside the chat read it, so it
// is not translated.
const (
	SayRole    Role = "say"
	LabelRole  Role = "choose"
	RetryRole  Role = "retry"
	LinkRole   Role = "link"
	NoteRole   Role = "with"
	TitleRole  Role = "title"
	AdviceRole Role = "advice"
)

// ScriptText is a text of the scripts with its place.
type ScriptText struct {
	ID        string
	Role      Role
	Class     Class
	Message   locales.Message
	Templates map[locales.Form]*locales.Template
	Nodes     map[locales.Form]*source.Node
	Scope     Scope
	Dialog    *Dialog // nil outside of dialogs
	State     *State
}

// Pos is where the text begins.
func (s *ScriptText) Pos() source.Pos { return s.Node().Pos }

// Node is the text as it was written; of plural forms the first.
func (s *ScriptText) Node() *source.Node {
	for _, f := range locales.AllForms {
		if n := s.Nodes[f]; n != nil {
			return n
		}
	}
	return nil
}
