package dialogs

import (
	"strings"
	"time"

	"careline/channels"
	"careline/dialogs/words"
	"careline/locales"
)

// Show writes a value as a text shows it bare: a moment «завтра, 25 ноября, в 18:40», money «от 1 500 ₽».
// Empty values and lists are "", false.
func (v View) Show(value any) (string, bool) { return v.show(value, "") }

// Field reads a field of a record, a moment, a list (or, and, lines), or memory (me.allergies). nil = empty.
// Records come as pointers, lists of records as []any.
func (v View) Field(value any, name string) any { return v.field(settle(value), name, "") }

// Label is the short text of a list's element, for a button: it says only what differs.
func (v View) Label(value any) string {
	value = settle(value)
	if p, ok := value.(*Patient); ok && p.FullName != "" {
		return p.FullName
	}
	label, _ := v.show(value, "")
	return label
}

// Source gives a text the values behind its paths, shown to this reader.
func (v View) Source(env Env) locales.Source {
	return func(path string) (string, bool) {
		value, city := v.walk(env, path)
		return v.show(value, city)
	}
}

// walk follows a dotted path from the first name in env. It remembers the city of the last record that
// has one, because a moment inside it does not know where it is.
func (v View) walk(env Env, path string) (value any, city string) {
	name, rest, more := strings.Cut(path, ".")
	value = settle(env.Value(name))
	city = cityOf(value, "")
	for more {
		name, rest, more = strings.Cut(rest, ".")
		value = v.field(value, name, city)
		city = cityOf(value, city)
	}
	return value, city
}

func (v View) show(value any, city string) (string, bool) {
	text := ""
	switch x := settle(value).(type) {
	case string:
		text = x
		if locales.IsPhone(x) {
			text = locales.Phone(x)
		}
	case MomentValue:
		text = v.words().When(v.moment(x, city))
	case MoneyValue:
		text = v.words().Money(x.Amount, x.Upto, x.Currency, x.From)
	case time.Duration:
		text = v.words().Duration(x)
	case float64:
		text = v.words().Number(x)
	case int:
		text = v.words().Number(float64(x))
	case bool:
		text = v.words().YesNo(x)
	case words.Date:
		text = v.date(x)
	case words.Clock:
		text = clock(x)
	case *StoryValue:
		text = x.Text
	case *channels.File:
		text = x.Name
	case *channels.Place:
		text = x.Title
		if text == "" {
			text = x.Address
		}
	default:
		text = v.label(x, city)
	}
	return text, text != ""
}

// field reads from a value that is settled.
func (v View) field(value any, name, city string) any {
	switch x := value.(type) {
	case nil:
		return nil
	case MomentValue:
		return v.momentField(x, name, city)
	case *Visit:
		if shown := v.momentField(x.Start, name, x.Branch.City); shown != nil {
			return shown
		}
	case *Slot:
		if shown := v.momentField(x.Start, name, x.Branch.City); shown != nil {
			return shown
		}
	}
	if list, ok := members(value); ok {
		return v.listField(list, name, city)
	}
	return settle(ReadField(value, name))
}

func (v View) words() *locales.Format { return locales.FormatOf(v.Language) }
