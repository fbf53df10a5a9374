package locales

import "strings"

// And joins the items: «A, B и C», "A, B, and C".
func (f *Format) And(items []string) string { return f.join("and", items) }

// Or joins the items: «A, B или C», "A, B, or C".
func (f *Format) Or(items []string) string { return f.join("or", items) }

// join puts semicolons between three and more items when one of them has commas of its own.
func (f *Format) join(word string, items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return f.Phrase(word+"_two", "rest", items[0], "last", items[1])
	default:
		rest := strings.Join(items[:n-1], ", ")
		if strings.Contains(strings.Join(items, ""), ",") {
			rest = strings.Join(items[:n-1], "; ")
		}
		return f.Phrase(word+"_many", "rest", rest, "last", items[n-1])
	}
}
