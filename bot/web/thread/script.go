package thread

import (
	"cmp"
	"encoding/json"
	"strings"
	"unicode"

	"careline/bot/desk"
	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/locales"
)

// standing is where a running dialog of the chat stands.
type standing struct{ dialog, state string }

// standings are the dialogs that run, the present one first.
func (c *chat) standings() (all []standing) {
	for i := len(c.conversation.Tasks) - 1; i >= 0; i-- {
		frames := c.conversation.Tasks[i].Frames
		if n := len(frames); n > 0 {
			all = append(all, standing{frames[n-1].Dialog, frames[n-1].State})
		}
	}
	return all
}

// says is what a state begins with: its first words, or the dialog that it runs; empty when it says nothing.
func (s standing) says(q *page.Request) string {
	d := q.Scripts.Dialogs[s.dialog]
	if d == nil || d.State(s.state) == nil {
		return ""
	}
	state := d.State(s.state)
	switch {
	case len(state.Say) > 0 && state.Say[0].ID != "":
		return firstWords(q, state.Say[0].ID)
	case state.Doing == dialogs.Runs:
		return q.Dialog(state.Run.Name)
	}
	return ""
}

// firstWords of a text of the scripts: its first line that is not only values; they show as dots.
func firstWords(q *page.Request, id string) string {
	catalogue := q.Scripts.Catalogue()
	m, ok := catalogue.Message(q.Language, id)
	if !ok {
		if m, ok = catalogue.Message(q.Scripts.Languages[0], id); !ok {
			return ""
		}
	}
	t, err := locales.Parse(m.Forms[locales.Other])
	if err != nil {
		return ""
	}
	for line := range strings.Lines(t.Plain()) {
		if strings.ContainsFunc(line, unicode.IsLetter) {
			return strings.Join(strings.Fields(strings.ReplaceAll(line, locales.Placeholder, "…")), " ")
		}
	}
	return ""
}

// planned is what a timeline is going to do, in words.
func planned(q *page.Request, e journey.Entry) string {
	for _, t := range q.Scripts.Journey.Timelines {
		if t.Name != e.Timeline {
			continue
		}
		switch {
		case t.Run != nil:
			return q.Dialog(t.Run.Name)
		case t.Call != nil && t.Call.Name == "desk.came":
			return desk.TicketTitle(q.Scripts.Catalogue(), q.Language, desk.Outcome)
		case len(t.Say) > 0 && t.Say[0].ID != "":
			return cmp.Or(firstWords(q, t.Say[0].ID), q.Dialog(t.Name))
		case len(t.Series) > 0 && len(t.Series[0].Say) > 0:
			return cmp.Or(firstWords(q, t.Series[0].Say[0].ID), q.Dialog(t.Name))
		}
	}
	return q.Dialog(e.Timeline)
}

// valueOf is an answer in words, as scripts keep it: a word, a number, or a record with a title.
func valueOf(q *page.Request, raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return inWords(q, v)
}

func inWords(q *page.Request, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return q.Format().YesNo(v)
	case float64:
		return q.Format().Number(v)
	case []any:
		var all []string
		for _, one := range v {
			if words := inWords(q, one); words != "" {
				all = append(all, words)
			}
		}
		return strings.Join(all, ", ")
	case map[string]any:
		for _, name := range []string{"text", "title", "name", "full_name", "label", "said", "words", "id"} {
			if words := inWords(q, v[name]); words != "" {
				return words
			}
		}
	}
	return ""
}
