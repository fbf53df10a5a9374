package words

import (
	"slices"
	"strings"
)

// SameName reports whether two full names may be one person's: the words of the shorter, two at least, all stand in
// the longer, in any order: «Петрова Анна» and «Анна Сергеевна Петрова».
func SameName(a, b string) bool {
	x, y := strings.Fields(fold(a)), strings.Fields(fold(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 2 {
		return slices.Equal(x, y)
	}
	return !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}
