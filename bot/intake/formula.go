package intake

import (
	"strings"
	"unicode/utf8"
)

// formula signs begin what a spreadsheet would reckon instead of show.
const formula = "=+-@\t\r\n＝＋－＠"

func reckoned(cell string) bool {
	first, size := utf8.DecodeRuneInString(cell)
	return size > 0 && strings.ContainsRune(formula, first)
}

// Harmless is a cell of a table that no spreadsheet takes for a formula.
func Harmless(cell string) string {
	if reckoned(cell) {
		return "'" + cell
	}
	return cell
}

// disarmed is the cell as it was before Harmless.
func disarmed(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && reckoned(rest) {
		return rest
	}
	return cell
}
