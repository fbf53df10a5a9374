package rehearsal

import (
	"context"
	"strings"

	"careline/channels"
)

// recorder is the seat's messenger as the program has it: what it showed is kept.
type recorder struct {
	Seat
	play *play
}

// heard is one message of the bot.
type heard struct {
	channels.Outgoing
	shown []channels.Shown
}

// Caps are those of the messenger but for its pace: a rehearsal waits for nobody.
func (r *recorder) Caps() channels.Caps {
	caps := r.Seat.Caps()
	caps.Rates = channels.Rates{}
	return caps
}

// Invite is the messenger's link.
func (r *recorder) Invite(source string) string {
	if inviter, ok := r.Seat.(channels.Inviter); ok {
		return inviter.Invite(source)
	}
	return ""
}

// Send keeps the message when it is shown. One that only closes buttons says nothing.
func (r *recorder) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	receipt, err := r.Seat.Send(ctx, to, m)
	if err == nil && (m.Redraws == "" && m.Text != "" || len(m.Files) > 0 || m.Place != nil) {
		h := heard{Outgoing: m, shown: channels.Render(m, r.Seat.Caps(), r.play.Scripts.Catalogue().Word)}
		r.play.unheard = append(r.play.unheard, h)
		r.play.said = append(r.play.said, h)
	}
	return receipt, err
}

// labels of a message's buttons.
func (h *heard) labels() []string {
	list := make([]string, len(h.Choices))
	for i, c := range h.Choices {
		list[i] = c.Label
	}
	return list
}

// attached names what hangs on the message: calendar, place, photo, file.
func (h *heard) attached() []string {
	var list []string
	if h.Place != nil {
		list = append(list, "place")
	}
	for _, f := range h.Files {
		switch {
		case strings.HasPrefix(f.MIME, "text/calendar"):
			list = append(list, "calendar")
		case f.Kind == channels.Photo:
			list = append(list, "photo")
		default:
			list = append(list, "file")
		}
	}
	return list
}
