package locales

// Source gives the value behind a path of a text, already in the reader's language. An unknown or empty
// value is "", false: the optional piece around it is dropped.
type Source func(path string) (string, bool)

// Values is a Source of pairs: name, value, name, value. An empty value counts as unknown.
func Values(pairs ...string) Source {
	return func(path string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == path {
				return pairs[i+1], pairs[i+1] != ""
			}
		}
		return "", false
	}
}
