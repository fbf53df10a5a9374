package words

import (
	"slices"
	"strings"
)

// MatchSeveral understands a choice of several: «1, 3», «1 и 3», «спать и есть». Every piece must be
// understood; the indexes are in the order of the options.
func MatchSeveral(text string, options []Option) ([]int, bool) {
	if len(text) > 1000 || len(options) == 0 {
		return nil, false
	}
	named := namesOf(options)
	if i, _, ok := match(text, named); ok {
		return []int{i}, true
	}
	var found []int
	for piece := range pieces(text) {
		i, _, ok := match(piece, named)
		if !ok {
			return nil, false
		}
		found = append(found, i)
	}
	slices.Sort(found)
	return slices.Compact(found), len(found) > 0
}

// pieces cuts at commas, «и», plus signs, line ends, and between bare numbers.
func pieces(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		text = strings.NewReplacer(",", "\n", ";", "\n", "+", "\n", "&", "\n", " и ", "\n", " and ", "\n", " И ", "\n").Replace(text)
		for line := range strings.SplitSeq(text, "\n") {
			fields := strings.Fields(line)
			if len(fields) > 1 && !slices.ContainsFunc(fields, notNumber) {
				for _, f := range fields {
					if !yield(f) {
						return
					}
				}
				continue
			}
			if len(fields) > 0 && !yield(line) {
				return
			}
		}
	}
}

func notNumber(f string) bool { return strings.Trim(f, "0123456789.)") != "" }
