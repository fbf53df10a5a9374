package channels

import (
	"strconv"
	"strings"
)

// letters are the marks where numbers mean something else, those that read alike in neither alphabet left out.
var letters = map[string][]rune{
	"ru": []rune("АБВГДЕЖИКЛМНПРСТУФЦЧШЭЮЯ"),
	"en": []rune("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}

// Marks are what the choices are called where they have to be typed, each in its turn: "1", "2", … as they stand. Where
// a number is an answer itself (AskRating, AskNumber, or a label that is a number) the others are called by letters, so
// that no number means two things. Empty: it is a number and called so, it opens an address, or it is the last of
// several («Готово»), which nobody has to type.
func Marks(choices []Choice, ask Ask, language string) []string {
	marks := make([]string, len(choices))
	called := letters[language]
	if called == nil {
		called = letters["en"]
	}
	byLetter := ask == AskRating || ask == AskNumber
	for i := range choices {
		byLetter = byLetter || isNumber(choices[i].Label)
	}
	n := 0
	for i, c := range choices {
		switch {
		case c.Link != "", ask == AskSeveral && i > 0 && i == len(choices)-1, byLetter && isNumber(c.Label):
			continue
		case byLetter && n < len(called):
			marks[i] = string(called[n])
		case !byLetter:
			marks[i] = strconv.Itoa(n + 1)
		}
		n++
	}
	return marks
}

// isNumber reports whether a label is read as a number when it is typed.
func isNumber(label string) bool {
	digits := strings.TrimLeft(strings.Trim(label, " .,!?()"), "+-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
