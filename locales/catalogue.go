// Package locales is what careline says in each language: the template language of texts, plural
// forms through go-i18n, the way dates, money and phones are written, and the engine's own phrases.
package locales

// Catalogue is the messages of all languages. It is immutable once built and safe for concurrent use.
type Catalogue struct{}
