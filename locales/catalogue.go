// Package locales is what careline says in each language: the template language of texts, plural
// forms through go-i18n, the way dates, money and phones are written, and the engine's own phrases.
package locales

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Catalogue is the messages of all languages. It is immutable once built and safe for concurrent use.
type Catalogue struct {
	own       string
	languages map[string]*spoken
	parsed    parsed
}

// spoken is what one language has.
type spoken struct {
	localizer *i18n.Localizer
	messages  map[string]Message
}

// Filled is a text ready to be sent.
type Filled struct {
	Text     string
	Language string   // another than the wanted one when the translation is missing
	Missing  []string // values that the text needs and the source does not have; nothing stands in their place
}

// Text fills the message for a reader of the language; see Fill.
func (c *Catalogue) Text(lang, id string, count *float64, source Source) (string, error) {
	filled, err := c.Fill(lang, id, count, source)
	return filled.Text, err
}

// Fill fills the message for a reader of the language. count chooses the plural form of a message that
// has forms. A missing translation is told in the scripts' own language; an id that even that one
// lacks is an error.
func (c *Catalogue) Fill(lang, id string, count *float64, source Source) (Filled, error) {
	return c.fill(lang, id, count, filling{source: source})
}

// Phrase fills a message that may stand inside a line of a page: its first letter stays as it is written.
func (c *Catalogue) Phrase(lang, id string, count *float64, source Source) (string, error) {
	filled, err := c.fill(lang, id, count, filling{source: source, inside: true})
	return filled.Text, err
}

func (c *Catalogue) fill(lang, id string, count *float64, f filling) (Filled, error) {
	lang, m, ok := c.find(lang, id)
	if !ok {
		return Filled{}, fmt.Errorf("no message %q in %q", id, c.own)
	}
	config := i18n.LocalizeConfig{MessageID: id, TemplateParser: c.parsed, TemplateData: &f}
	if count != nil && m.Plural() {
		config.PluralCount = operand(*count)
	}
	text, err := c.languages[lang].localizer.Localize(&config)
	if err != nil {
		return Filled{}, fmt.Errorf("filling message %q in %q: %w", id, lang, err)
	}
	return Filled{Text: text, Language: lang, Missing: f.missing}, nil
}

// Word is a message without values, such as the label of a button; empty when nobody has written it.
func (c *Catalogue) Word(lang, id string) string {
	filled, _ := c.Fill(lang, id, nil, Values())
	return filled.Text
}

// Languages are all languages of the catalogue, the scripts' own first.
func (c *Catalogue) Languages() []string {
	others := slices.Sorted(maps.Keys(c.languages))
	others = slices.DeleteFunc(others, func(l string) bool { return l == c.own })
	return append([]string{c.own}, others...)
}

// IDs are the messages that the language has, sorted.
func (c *Catalogue) IDs(lang string) []string {
	if s := c.languages[lang]; s != nil {
		return slices.Sorted(maps.Keys(s.messages))
	}
	return nil
}

// Message is the language's own text of the id; there is no falling back.
func (c *Catalogue) Message(lang, id string) (Message, bool) {
	if s := c.languages[lang]; s != nil {
		m, ok := s.messages[id]
		return m, ok
	}
	return Message{}, false
}

// Speaks is the language of the catalogue that a reader of lang ("en-GB") gets.
func (c *Catalogue) Speaks(lang string) string {
	if c.languages[lang] != nil {
		return lang
	}
	if base := baseOf(lang); c.languages[base] != nil {
		return base
	}
	return c.own
}

// baseOf is the language of "en-GB" or "en_US".
func baseOf(lang string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	return base
}

func (c *Catalogue) find(lang, id string) (string, Message, bool) {
	lang = c.Speaks(lang)
	if m, ok := c.languages[lang].messages[id]; ok {
		return lang, m, true
	}
	if m, ok := c.languages[c.own].messages[id]; ok {
		return c.own, m, true
	}
	m, ok := c.languages[fallback].messages[id] // a shipped phrase that nobody has translated
	return fallback, m, ok
}

// operand is a number as go-i18n takes it: it refuses floats, because 1.0 and 1 are different words.
func operand(n float64) any {
	if n == float64(int64(n)) {
		return int64(n)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// parsed gives go-i18n the templates that were parsed when the catalogue was built.
type parsed map[string]*Template

func (p parsed) Cacheable() bool { return true }

func (p parsed) Parse(text, _, _ string) (template.ParsedTemplate, error) {
	return executable{p[text]}, nil
}

// filling travels through go-i18n as the template's data: where values come from and which were not there.
type filling struct {
	source  Source
	missing []string
	inside  bool // a part of a sentence, not a message
}

type executable struct{ t *Template }

func (e executable) Execute(data any) (text string, _ error) {
	f := data.(*filling)
	if f.inside {
		return e.t.fragment(f.source), nil
	}
	text, f.missing = e.t.Fill(f.source)
	return text, nil
}
