package manual

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

// The table of actions stands between these marks, because only the top of the house knows the actions.
const (
	actionsBegin = "<!-- actions -->"
	actionsEnd   = "<!-- /actions -->"
)

func actionTable(lang string, actions []dialogs.Action) string {
	actions = slices.Clone(actions)
	slices.SortFunc(actions, func(a, b dialogs.Action) int { return cmp.Compare(a.Name, b.Name) })
	var rows [][]string
	for _, a := range actions {
		outcomes := "**" + a.Outcomes[0] + "**"
		for _, o := range a.Outcomes[1:] {
			outcomes += ", " + o
		}
		rows = append(rows, []string{code(a.Name), does(lang, a), params(a.With), params(a.Gives), outcomes})
	}
	head := []string{"action", "does", "`with`", "gives", "outcomes"}
	if lang == "ru" {
		head = []string{"действие", "что делает", "`with`", "что даёт", "исходы"}
	}
	return actionsBegin + "\n\n" + table(head, rows) + "\n" + actionsEnd
}

func does(lang string, a dialogs.Action) string {
	text := []string{strings.TrimSuffix(a.Does, ".")}
	if a.Later {
		text = append(text, say(lang, "ответ приходит позже", "answers later"))
	}
	if len(a.Needs) > 0 {
		text = append(text, say(lang, "нужно согласие: ", "needs consent: ")+strings.Join(a.Needs, ", "))
	}
	return strings.Join(slices.DeleteFunc(text, func(s string) bool { return s == "" }), "; ")
}

func params(list []dialogs.Param) string {
	var all []string
	for _, p := range list {
		s := p.Name + ": " + typeOf(p.Type)
		if p.Optional {
			s += "?"
		}
		all = append(all, code(s))
	}
	return strings.Join(all, " ")
}

func typeOf(t dialogs.Type) string {
	switch {
	case t.Kind == dialogs.ListKind && t.Elem != nil:
		return "list of " + typeOf(*t.Elem)
	case t.Kind == dialogs.Word && len(t.Words) > 0:
		return strings.Join(t.Words, " | ")
	}
	return string(t.Kind)
}

// findings is the table of everything that a check may say. Two rows need more than files, so no check tells them:
// where people stand, and where transcripts went.
func findings(lang string) string {
	letter := map[source.Severity]string{source.Error: "E", source.Warning: "W", source.Note: "N"}
	var rows [][]string
	for _, r := range source.Rows() {
		if r.Number == 75 || r.Number == 76 {
			continue
		}
		values := strings.NewReplacer("%s", "…", "%d", "…")
		row := []string{strconv.Itoa(r.Number), letter[r.Severity], values.Replace(r.Format)}
		if lang == "ru" {
			row = append(row, values.Replace(r.Russian))
		}
		rows = append(rows, row)
	}
	if lang == "ru" {
		return table([]string{"#", "", "что скажет", "по-русски"}, rows)
	}
	return table([]string{"#", "", "what it says"}, rows)
}
