package vk

import (
	"fmt"
	"mime"
	"strconv"

	"careline/channels"
	"careline/channels/wire"
)

// attachment is one thing that a message holds beside words; what is read of each is the same.
type attachment struct {
	Type  string `json:"type"`
	Photo *thing `json:"photo"`
	Doc   *thing `json:"doc"`
	Voice *thing `json:"audio_message"`
	Video *thing `json:"video"`
	Audio *thing `json:"audio"`
}

type thing struct {
	ID        int64     `json:"id"`
	OwnerID   int64     `json:"owner_id"`
	AccessKey string    `json:"access_key"`
	Title     string    `json:"title"`
	Ext       string    `json:"ext"`
	Size      int64     `json:"size"` // bytes
	URL       string    `json:"url"`  // of a document or a song
	Sizes     []picture `json:"sizes"`
	Original  picture   `json:"orig_photo"`
	OGG       string    `json:"link_ogg"`
	MP3       string    `json:"link_mp3"`
}

// picture is one size of a photo.
type picture struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// geo is a point on the map.
type geo struct {
	Coordinates struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
	} `json:"coordinates"`
	Place struct {
		Title   string `json:"title"`
		Address string `json:"address"`
	} `json:"place"`
}

const (
	forwarded = "forwarded"
	unknown   = "unknown" // what a person sent that is newer than we are
)

// attach adds what a message holds beside words. Words that the person passed on are not theirs: they are named only.
func attach(in *channels.Incoming, m *message) {
	other := ""
	for _, a := range m.Attachments {
		if f, ok := a.file(m.CMID); ok {
			in.Files = append(in.Files, f)
		} else if other == "" {
			other = wire.Cut(wire.Clean(a.Type), 32)
		}
	}
	if m.Geo != nil {
		in.Place = &channels.Place{
			Latitude: m.Geo.Coordinates.Latitude, Longitude: m.Geo.Coordinates.Longitude,
			Title: wire.Clean(m.Geo.Place.Title), Address: wire.Clean(m.Geo.Place.Address),
		}
	}
	bare := in.Text == "" && in.Files == nil && in.Place == nil
	switch {
	case len(m.Forwarded) > 0:
		in.Other = forwarded
	case bare && other != "":
		in.Other = other
	case bare:
		in.Other = unknown
	}
}

const maxName = 200 // bytes of a file's name

// placed comes in a Ref between a thing and the number of the message that holds it, by which it is opened.
const placed = "#"

// file is the attachment as a file of the message with that number in its chat (0 = not known); its Ref begins with
// what VK calls it, which this community may send on.
func (a *attachment) file(cmid int64) (channels.File, bool) {
	switch {
	case a.Photo != nil:
		return a.Photo.file(cmid, channels.Photo, "photo", "photo.jpg", "image/jpeg"), true
	case a.Doc != nil:
		return a.Doc.file(cmid, channels.Document, "doc", "document", mime.TypeByExtension("."+a.Doc.Ext)), true
	case a.Voice != nil:
		return a.Voice.file(cmid, channels.Voice, "doc", "voice.ogg", "audio/ogg"), true
	case a.Video != nil:
		return a.Video.file(cmid, channels.Video, "video", "video.mp4", "video/mp4"), true
	case a.Audio != nil:
		return a.Audio.file(cmid, channels.Document, "audio", "audio.mp3", "audio/mpeg"), true
	}
	return channels.File{}, false
}

func (t *thing) file(cmid int64, kind channels.FileKind, prefix, fallback, mime string) channels.File {
	name := wire.Cut(wire.Clean(t.Title), maxName)
	if name == "" || kind != channels.Document {
		name = fallback
	}
	return channels.File{Kind: kind, Name: name, MIME: mime, Size: max(t.Size, 0), Ref: t.ref(prefix, cmid)}
}

func (t *thing) ref(prefix string, cmid int64) string {
	ref := fmt.Sprintf("%s%d_%d", prefix, t.OwnerID, t.ID)
	if key := wire.Clean(t.AccessKey); key != "" {
		ref += "_" + key
	}
	if cmid > 0 {
		ref += placed + strconv.FormatInt(cmid, 10)
	}
	return ref
}
