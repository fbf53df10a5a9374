package source_test

import (
	"regexp"
	"slices"
	"testing"

	"careline/dialogs/source"
)

func TestEveryFindingIsToldInRussianWithTheSameValues(t *testing.T) {
	verb, russian := regexp.MustCompile(`%[sd]`), regexp.MustCompile(`\p{Cyrillic}|^%s$`)
	for _, row := range source.Rows() {
		if !slices.Equal(verb.FindAllString(row.Format, -1), verb.FindAllString(row.Russian, -1)) || !russian.MatchString(row.Russian) {
			t.Errorf("finding %d: %q and %q", row.Number, row.Format, row.Russian)
		}
	}
}
