package locales

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Form is a plural form of CLDR.
type Form string

// The forms. A message without plural forms has only Other.
const (
	Zero  Form = "zero"
	One   Form = "one"
	Two   Form = "two"
	Few   Form = "few"
	Many  Form = "many"
	Other Form = "other"
)

// AllForms in their usual order.
var AllForms = [...]Form{Zero, One, Two, Few, Many, Other}

// Message is one text in one language. Line and Column (from 1) tell where a translation file has it.
type Message struct {
	ID           string
	Forms        map[Form]string
	Hash         string // of a translation: the fingerprint of the original it was made from
	Line, Column int
}

// Plain is a message without plural forms.
func Plain(id, text string) Message { return Message{ID: id, Forms: map[Form]string{Other: text}} }

// Plural reports whether the message has plural forms.
func (m Message) Plural() bool {
	_, other := m.Forms[Other]
	return len(m.Forms) > 1 || !other
}

// Fingerprint of the message as an original: what the translations' Hash is compared with.
func (m Message) Fingerprint() string {
	if !m.Plural() {
		return Hash(m.Forms[Other])
	}
	var all strings.Builder
	for _, f := range AllForms {
		if text, ok := m.Forms[f]; ok {
			all.WriteString(string(f) + ": " + strings.TrimSpace(text) + "\n")
		}
	}
	return Hash(all.String())
}

// Hash is a short stable fingerprint of a text; spaces around it do not count.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(text)))
	return hex.EncodeToString(sum[:4])
}
