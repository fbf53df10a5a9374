package page

import "strings"

// Dialog is what people call a dialog. Titles are written in the scripts' own language only, but every dialog has a name.
func (q *Request) Dialog(name string) string {
	d := q.Scripts.Dialogs[name]
	if d != nil && d.Title != "" && q.Language == q.Scripts.Languages[0] {
		return strings.TrimSpace(d.Title)
	}
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
}
