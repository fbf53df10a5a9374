package thread

import (
	"careline/bot/access"
	"careline/bot/web/page"
	"careline/dialogs"
)

// standing is where a running dialog of the chat stands.
type standing struct{ dialog, state string }

// standings are the dialogs that run, the present one first.
func (c *chat) standings() (all []standing) {
	for i := len(c.conversation.Tasks) - 1; i >= 0; i-- {
		frames := c.conversation.Tasks[i].Frames
		if n := len(frames); n > 0 {
			all = append(all, standing{frames[n-1].Dialog, frames[n-1].State})
		}
	}
	return all
}

// says is what a state begins with: its first words, or the dialog that it runs; empty when it says nothing.
func (s standing) says(q *page.Request) string {
	d := q.Scripts.Dialogs[s.dialog]
	if d == nil || d.State(s.state) == nil {
		return ""
	}
	state := d.State(s.state)
	switch {
	case len(state.Say) > 0 && state.Say[0].ID != "":
		return q.Scripts.FirstWords(q.Language, state.Say[0].ID)
	case state.Doing == dialogs.Runs:
		return q.Dialog(state.Run.Name)
	}
	return ""
}

// graphOf is where the dialog that a timeline begins is drawn; empty when it begins none, or the reader may not see it.
func graphOf(q *page.Request, timeline string) string {
	for _, t := range q.Scripts.Journey.Timelines {
		if t.Name == timeline && t.Run != nil && q.May(access.SeeScripts) {
			return "/desk/scripts/" + t.Run.Name
		}
	}
	return ""
}
