package whatsapp

import (
	"encoding/base64"
	"encoding/json"
	"mime"

	"careline/channels"
	"careline/channels/wire"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// media is where WhatsApp keeps a file and how to open it, as File.Ref holds it.
type media struct {
	Kind   channels.FileKind `json:"kind"`
	Path   string            `json:"path"`
	URL    string            `json:"url,omitempty"`
	Key    []byte            `json:"key"`
	Hash   []byte            `json:"hash"`
	Sealed []byte            `json:"sealed"` // hash of the encrypted file
	Size   uint64            `json:"size"`
	MIME   string            `json:"mime"`
	Name   string            `json:"name,omitempty"`
}

func (m media) ref() string {
	text, err := json.Marshal(m)
	if err != nil {
		return "" // strings and bytes can always be written
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func openRef(ref string) (m media, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(ref)
	return m, err == nil && json.Unmarshal(text, &m) == nil && m.Path != "" && len(m.Key) > 0
}

// stored is what all kinds of file have in common.
type stored interface {
	GetURL() string
	GetDirectPath() string
	GetMediaKey() []byte
	GetFileSHA256() []byte
	GetFileEncSHA256() []byte
	GetFileLength() uint64
	GetMimetype() string
}

// fileOf is the file that a person sent.
func fileOf(m *waE2E.Message) (channels.File, bool) {
	switch {
	case m.ImageMessage != nil:
		return described(m.ImageMessage, channels.Photo, "photo"), true
	case m.VideoMessage != nil:
		return described(m.VideoMessage, channels.Video, "video"), true
	case m.PtvMessage != nil:
		return described(m.PtvMessage, channels.Video, "video"), true
	case m.AudioMessage != nil && m.AudioMessage.GetPTT():
		return described(m.AudioMessage, channels.Voice, "voice"), true
	case m.AudioMessage != nil:
		return described(m.AudioMessage, channels.Document, "audio"), true
	case m.DocumentMessage != nil:
		f := described(m.DocumentMessage, channels.Document, "document")
		if given := wire.Clean(m.DocumentMessage.GetFileName()); given != "" {
			f.Name = given
		}
		return f, true
	}
	return channels.File{}, false
}

func described(s stored, kind channels.FileKind, name string) channels.File {
	given, _, err := mime.ParseMediaType(s.GetMimetype())
	if err != nil {
		given = "application/octet-stream"
	}
	m := media{
		Kind: kind, Path: s.GetDirectPath(), URL: s.GetURL(), Key: s.GetMediaKey(), Hash: s.GetFileSHA256(), Sealed: s.GetFileEncSHA256(),
		Size: s.GetFileLength(), MIME: given,
	}
	return channels.File{Kind: kind, Name: name + extensions[given], MIME: given, Size: int64(min(m.Size, 1<<40)), Ref: m.ref()}
}

// extensions of what phones make themselves.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "video/mp4": ".mp4", "audio/ogg": ".ogg", "audio/mpeg": ".mp3",
	"audio/mp4": ".m4a", "application/pdf": ".pdf",
}

// message shows the file under its caption.
func (m media) message(name, caption string, c *waE2E.ContextInfo) *waE2E.Message {
	words := given(caption)
	switch m.Kind {
	case channels.Photo:
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Hash, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, Caption: words, ContextInfo: c,
		}}
	case channels.Video:
		return &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Hash, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, Caption: words, ContextInfo: c,
		}}
	case channels.Voice:
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Hash, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, PTT: proto.Bool(true), ContextInfo: c,
		}}
	}
	return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Hash, FileEncSHA256: m.Sealed, FileLength: &m.Size,
		Mimetype: &m.MIME, FileName: &name, Title: &name, Caption: words, ContextInfo: c,
	}}
}
