package rehearsal

import (
	"context"
	"strings"

	"careline/channels"
)

// recorder is a messenger that keeps what it would show, within the limits of the one it stands for.
type recorder struct {
	id   channels.ID
	caps channels.Caps
	play *play
}

// heard is one message of the bot.
type heard struct {
	channels.Outgoing
	shown []channels.Shown
}

func (r *recorder) ID() channels.ID { return r.id }

// Caps are those of the messenger but for its pace: a rehearsal waits for nobody.
func (r *recorder) Caps() channels.Caps {
	caps := r.caps
	caps.Rates = channels.Rates{}
	return caps
}

// Invite is a link like those of messengers.
func (r *recorder) Invite(source string) string { return "https://example.org/?start=" + source }

// Run has nothing to receive: the transcript writes to the inbox itself.
func (r *recorder) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

// Send keeps the message. One that only closes buttons says nothing.
func (r *recorder) Send(_ context.Context, _ channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if m.Redraws == "" && m.Text != "" || len(m.Files) > 0 || m.Place != nil {
		h := heard{Outgoing: m, shown: channels.Render(m, r.caps, r.play.words)}
		r.play.unheard = append(r.play.unheard, h)
		r.play.said = append(r.play.said, h)
	}
	return channels.Receipt{ID: m.Key}, nil
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
