package locales

// Source gives the value behind a path of a text, already in the reader's language. An unknown or empty
// value is "", false: the optional piece around it is dropped.
type Source func(path string) (string, bool)
