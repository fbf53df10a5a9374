package telegram

import (
	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot/models"
)

// attach adds what a message holds beside words. A file's Ref is its file_id, which this bot may send and
// open as long as it likes.
func attach(in *channels.Incoming, m *message) {
	add := func(kind channels.FileKind, ref, name, fallback, mime string, size int64) {
		if ref == "" {
			return
		}
		if name = wire.Cut(wire.Clean(name), maxName); name == "" {
			name = fallback
		}
		in.Files = append(in.Files, channels.File{Kind: kind, Name: name, MIME: wire.Clean(mime), Size: size, Ref: ref})
	}
	switch {
	case m.Animation != nil: // it comes as a document too, for old programs
	case len(m.Photo) > 0:
		p := largest(m.Photo)
		add(channels.Photo, p.FileID, "", "photo.jpg", "image/jpeg", int64(p.FileSize))
	case m.Document != nil:
		add(channels.Document, m.Document.FileID, m.Document.FileName, "document", m.Document.MimeType, m.Document.FileSize)
	case m.Voice != nil:
		add(channels.Voice, m.Voice.FileID, "", "voice.ogg", m.Voice.MimeType, m.Voice.FileSize)
	case m.Video != nil:
		add(channels.Video, m.Video.FileID, m.Video.FileName, "video.mp4", m.Video.MimeType, m.Video.FileSize)
	case m.Audio != nil:
		add(channels.Document, m.Audio.FileID, m.Audio.FileName, "audio.mp3", m.Audio.MimeType, m.Audio.FileSize)
	case m.Contact != nil:
		in.Shared = shared(m.Contact, m.From)
	case m.Venue != nil: // it comes with a location too
		in.Place = &channels.Place{
			Latitude: m.Venue.Location.Latitude, Longitude: m.Venue.Location.Longitude, Title: wire.Clean(m.Venue.Title), Address: wire.Clean(m.Venue.Address),
		}
	case m.Location != nil:
		in.Place = &channels.Place{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude}
	}
}

const maxName = 200 // bytes of a file's name

func largest(sizes []models.PhotoSize) models.PhotoSize {
	best := sizes[0]
	for _, p := range sizes {
		if p.Width*p.Height > best.Width*best.Height {
			best = p
		}
	}
	return best
}

// shared is a contact card; Telegram vouches that it is the sender's own by its user id.
func shared(c *models.Contact, from *models.User) *channels.Shared {
	return &channels.Shared{
		Phone: wire.Clean(c.PhoneNumber), Name: wire.Clean(c.FirstName + " " + c.LastName), Own: from != nil && c.UserID == from.ID,
	}
}
