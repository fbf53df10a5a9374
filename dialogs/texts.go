package dialogs

import (
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
	panic("dialogs helper")
}

// Attachment is the file or place behind Message.Attach; nil, nil when the value is empty.
func (s *Set) Attachment(path string, env Env) (*channels.File, *channels.Place, error) {
	panic("dialogs helper")
}
