package intake

import "strings"

// separators in the order in which they are believed.
const separators = ";\t,|"

// separator of a table is the one that its heading has most of, outside quotes.
func separator(heading string) rune {
	best, most := ',', 0
	for _, s := range separators {
		n, quoted := 0, false
		for _, c := range heading {
			switch c {
			case '"':
				quoted = !quoted
			case s:
				if !quoted {
					n++
				}
			}
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}

// declared is the separator of a first line «sep=;», which Excel writes and reads.
func declared(line string) (rune, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(line), "sep=")
	if !ok || len(rest) != 1 || !strings.Contains(separators, rest) {
		return 0, false
	}
	return rune(rest[0]), true
}
