package dialogs

import (
	"fmt"
	"strings"
	"time"

	"careline/channels"
	"careline/locales"
)

// texts is the catalogue of a Set: the scripts' own language and its translations.
type texts struct{ catalogue *locales.Catalogue }

// View is how values are shown to one reader.
type View struct {
	Language string
	Zone     *time.Location // the reader's; times of visits are shown in their branch's
	Now      time.Time
}

// Text fills the message id for the reader. count chooses the plural form when the message has forms;
// otherwise it is ignored. The engine's own phrases (engine.…) are found as well.
func (s *Set) Text(id string, count float64, env Env, v View) (string, error) {
	text, err := s.texts.catalogue.Text(v.Language, id, &count, func(path string) (string, bool) {
		value := v.at(path, env)
		if empty(value) {
			return "", false
		}
		return v.Show(value)
	})
	if err != nil {
		return "", fmt.Errorf("writing %s: %w", id, err)
	}
	return text, nil
}

// Catalogue is the messages of all languages.
func (s *Set) Catalogue() *locales.Catalogue { return s.texts.catalogue }

// at is the value behind a path of a text; nil when it is empty.
func (v View) at(path string, env Env) any {
	name, rest, _ := strings.Cut(path, ".")
	value := env.Value(name)
	for rest != "" && !empty(value) {
		name, rest, _ = strings.Cut(rest, ".")
		value = v.Field(value, name)
	}
	if rest != "" {
		return nil
	}
	return value
}

// Attachment is the file or place behind Message.Attach; nil, nil when the value is empty.
func (s *Set) Attachment(path string, env Env) (*channels.File, *channels.Place, error) {
	if name, ok := strings.CutPrefix(path, "media/"); ok {
		return &channels.File{Kind: fileKind(name), Name: name, MIME: mimeType(name), Ref: path}, nil, nil
	}
	switch v := (View{}).at(path, env).(type) {
	case nil:
		return nil, nil, nil
	case *channels.File:
		return v, nil, nil
	case *channels.Place:
		return nil, v, nil
	default:
		return nil, nil, fmt.Errorf("attaching %s: %T is no file and no place", path, v)
	}
}
