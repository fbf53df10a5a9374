package scripts

import (
	"fmt"
	"regexp"
	"strings"

	"careline/bot/web/page"
	"careline/dialogs/source"
)

var verb = regexp.MustCompile(`%[a-z]`)

// told is what was found, in the reader's language. The check speaks English; its table has the same in Russian, with the same
// values in the same order.
func told(q *page.Request, f source.Finding) string {
	row, ok := source.RowOf(f.Number)
	if !ok || q.Language != "ru" {
		return f.Text
	}
	shape := "(?s)^" + verb.ReplaceAllString(regexp.QuoteMeta(row.Format), "(.*?)") + "$"
	values := regexp.MustCompile(shape).FindStringSubmatch(f.Text)
	russian := verb.ReplaceAllString(row.Russian, "%s")
	if values == nil || strings.Count(russian, "%s") != len(values)-1 {
		return f.Text
	}
	filled := make([]any, len(values)-1)
	for i, v := range values[1:] {
		filled[i] = v
	}
	return fmt.Sprintf(russian, filled...)
}
