package engine

import (
	"careline/channels"
	"careline/dialogs"
)

// file is a document or a picture; a question for a photo takes pictures only.
type file struct{ written }

func (file) understand(q *question, in *channels.Incoming) (any, bool) {
	for i := range in.Files {
		if f := &in.Files[i]; f.Kind == channels.Photo || q.Type.Kind == dialogs.File {
			return f, true
		}
	}
	return nil, false
}
