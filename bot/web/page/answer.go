package page

import (
	"encoding/json"
	"strings"

	"careline/dialogs"
	"careline/store"
)

// Question is what an answer is about, or the name that the script gives it when there is no word.
func (q *Request) Question(name string) string {
	if word := q.Name("desk.thread.answer", name); word != name {
		return word
	}
	return spaced(name)
}

// Answer is what a patient answered, as people read it: the label of the button, the names of services and practitioners, a
// time in its branch's zone. Empty when nothing was answered.
func (q *Request) Answer(a store.Answer) string {
	var plain any
	if json.Unmarshal(a.Value, &plain) != nil {
		return ""
	}
	if words, ok := q.chosen(a, plain); ok {
		return words
	}
	if d := q.Scripts.Dialogs[a.Dialog]; d != nil && d.Answers[a.Name].Kind != "" {
		if v, err := dialogs.DecodeValue(a.Value, d.Answers[a.Name]); err == nil {
			dialogs.Complete(v, q.Clinic.In(q.Language))
			return q.shown(v)
		}
	}
	return q.untyped(plain) // the script is another by now
}

// chosen are the labels of the buttons that give such answers; false when one was not a button.
func (q *Request) chosen(a store.Answer, plain any) (string, bool) {
	var values []any
	switch v := plain.(type) {
	case []any:
		values = v
	case bool:
		values = []any{map[bool]string{true: "yes", false: "no"}[v]}
	default:
		values = []any{v}
	}
	var words []string
	for _, v := range values {
		value, _ := v.(string)
		label := q.label(a, value)
		if label == "" {
			return "", false
		}
		words = append(words, label)
	}
	return strings.Join(words, ", "), len(words) > 0
}

func (q *Request) label(a store.Answer, value string) string {
	d := q.Scripts.Dialogs[a.Dialog]
	if d == nil || value == "" {
		return ""
	}
	for _, s := range d.States {
		if s.Ask == nil || s.Ask.Answer != a.Name {
			continue
		}
		for _, c := range s.Ask.Choices {
			if c.Value == value {
				return q.Scripts.FirstWords(q.Language, c.Label)
			}
		}
	}
	return ""
}

// shown is a value as texts show it; the elements of a list by commas.
func (q *Request) shown(value any) string {
	view := dialogs.View{Language: q.Language, Zone: q.Zone, Now: q.Now}
	switch list := value.(type) {
	case []any:
		words, _ := view.Field(list, "and").(string)
		return words
	case []string:
		return strings.Join(list, ", ")
	}
	words, _ := view.Show(value)
	return words
}

// untyped is what can be read in an answer of which only the JSON is known.
func (q *Request) untyped(v any) string {
	switch v := v.(type) {
	case []any:
		var all []string
		for _, one := range v {
			if words := q.untyped(one); words != "" {
				all = append(all, words)
			}
		}
		return strings.Join(all, ", ")
	case map[string]any:
		for _, name := range []string{"text", "title", "name", "full_name", "label", "id"} {
			if words := q.untyped(v[name]); words != "" {
				return words
			}
		}
		return ""
	}
	return q.shown(v)
}
