package check

import (
	"slices"

	"careline/dialogs"
)

// outcomes that a state can have, without the implied ones.
func outcomes(set *dialogs.Set, s *dialogs.State) []string {
	switch s.Doing {
	case dialogs.Calls:
		if a := set.Actions[s.Call.Name]; a != nil {
			return slices.Clone(a.Outcomes)
		}
	case dialogs.Runs:
		if d := set.Dialogs[s.Run.Name]; d != nil {
			return slices.Clone(d.Ends)
		}
	case dialogs.Asks:
		return answers(s.Ask)
	}
	return []string{"done"}
}

func answers(q *dialogs.Question) []string {
	var out []string
	if !q.Closed() {
		out = append(out, "answered")
	}
	for _, c := range q.Choices {
		out = append(out, c.Value)
	}
	for _, a := range q.Also {
		out = append(out, a.Answer)
	}
	return out
}
