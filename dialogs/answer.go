package dialogs

// NewAnswer wraps a value for storing.
func NewAnswer(value any) *Answer { return &Answer{value: value} }

// Value decodes the answer as t, once.
func (a *Answer) Value(t Type) (any, error) { panic("dialogs helper") }

// MarshalJSON writes the value, or what was read when nobody looked at it.
func (a *Answer) MarshalJSON() ([]byte, error) { panic("dialogs helper") }

// UnmarshalJSON keeps the JSON for later.
func (a *Answer) UnmarshalJSON(b []byte) error { panic("dialogs helper") }
