package dialogs

// Show writes a value as a text shows it bare: a moment «завтра, 25 ноября, в 18:40», money «от 1 500 ₽».
func (v View) Show(value any) (string, bool) { panic("locales helper") }

// Field reads a field of a record, a moment, a list (or, and, lines), or memory (me.allergies). nil = empty.
func (v View) Field(value any, name string) any { panic("locales helper") }

// Label is the short text of a list's element, for a button: it says only what differs.
func (v View) Label(value any) string { panic("locales helper") }
