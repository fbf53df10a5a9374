package locales

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Builder gathers the messages of a Catalogue.
type Builder struct {
	own       string
	languages map[string]map[string]Message
}

// NewBuilder begins a catalogue whose scripts are written in the language (ISO 639-1). It has the
// shipped phrases (engine.…, channel.…, web.…) in their languages.
func NewBuilder(own string) *Builder {
	b := &Builder{own: own, languages: map[string]map[string]Message{own: {}}}
	for lang, messages := range shipped() {
		b.Add(lang, messages...)
	}
	return b
}

// Add puts messages into a language. A later message replaces an earlier one of the same id, so that a
// clinic can say the engine's phrases in its own way.
func (b *Builder) Add(lang string, messages ...Message) *Builder {
	if b.languages[lang] == nil {
		b.languages[lang] = map[string]Message{}
	}
	for _, m := range messages {
		b.languages[lang][m.ID] = m
	}
	return b
}

// MessageError is a message that cannot stand in a catalogue; Err is a *SyntaxError when its text is wrong.
type MessageError struct {
	Language string
	ID       string
	Form     Form
	Err      error
}

func (e *MessageError) Error() string {
	return fmt.Sprintf("%s: %s (%s): %v", e.Language, e.ID, e.Form, e.Err)
}

// Unwrap gives the cause.
func (e *MessageError) Unwrap() error { return e.Err }

// Build makes the catalogue, or tells everything that is wrong, joined.
func (b *Builder) Build() (*Catalogue, error) {
	own, err := language.Parse(b.own)
	if err != nil {
		return nil, fmt.Errorf("reading the language %q: %w", b.own, err)
	}
	bundle := i18n.NewBundle(own)
	c := &Catalogue{own: b.own, languages: map[string]*spoken{}, parsed: parsed{}}
	var problems []error
	for lang, messages := range b.languages {
		tag, err := language.Parse(lang)
		if err != nil {
			problems = append(problems, fmt.Errorf("reading the language %q: %w", lang, err))
			continue
		}
		s := &spoken{localizer: i18n.NewLocalizer(bundle, lang), messages: make(map[string]Message, len(messages))}
		c.languages[lang] = s
		for id, m := range messages {
			m = m.filled()
			problems = append(problems, c.parsed.add(lang, m)...)
			s.messages[id] = m
			if err := bundle.AddMessages(tag, bundled(lang, m)); err != nil {
				problems = append(problems, fmt.Errorf("adding %q to %q: %w", id, lang, err))
			}
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return c, nil
}

func (p parsed) add(lang string, m Message) (problems []error) {
	if strings.TrimSpace(m.Forms[Other]) == "" {
		problems = append(problems, &MessageError{lang, m.ID, Other, errors.New("the text is blank")})
	}
	for form, text := range m.Forms {
		t, err := Parse(text)
		if err != nil {
			problems = append(problems, &MessageError{lang, m.ID, form, err})
			continue
		}
		p[text] = t
	}
	return problems
}

// bundled is the message as go-i18n keeps it. A form that nobody translated reads as `other`: a clumsy
// ending is better than a blank message.
func bundled(lang string, m Message) *i18n.Message {
	forms := maps.Clone(m.Forms)
	for _, f := range m.Lacking(lang) {
		forms[f] = forms[Other]
	}
	return &i18n.Message{
		ID: m.ID, Hash: m.Hash,
		Zero: forms[Zero], One: forms[One], Two: forms[Two], Few: forms[Few], Many: forms[Many], Other: forms[Other],
	}
}
