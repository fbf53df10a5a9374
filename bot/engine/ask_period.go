package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// period is a wish about time, in the days of the clinic.
type period struct{ written }

func (period) understand(q *question, in *channels.Incoming) (any, bool) {
	wish, ok := words.ParsePeriod(in.Text, q.scene.Now.In(q.clinicZone()))
	return wish, ok
}
