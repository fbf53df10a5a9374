package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
)

const (
	maxPhoto = 5 << 20 // bytes; more goes as a document
	maxFile  = 64 << 20
)

// file shows a file with its caption: bytes of ours, a picture of the clinic ("media/…"), or what a person sent.
func (l *line) file(ctx context.Context, s channels.Shown, c *waE2E.ContextInfo) (*waE2E.Message, error) {
	f := s.File
	if m, ok := openRef(f.Ref); ok && len(f.Data) == 0 {
		return m.message(f.Name, s.Text, c), nil
	}
	data, err := l.bytes(f)
	if err != nil {
		return nil, err
	}
	m := media{Kind: f.Kind, MIME: f.MIME}
	// Of recordings WhatsApp wants to know how long they are and what they look like, which we do not.
	if m.Kind != channels.Photo || len(data) > maxPhoto || m.MIME != "image/jpeg" && m.MIME != "image/png" {
		m.Kind = channels.Document
	}
	as := whatsmeow.MediaDocument
	if m.Kind == channels.Photo {
		as = whatsmeow.MediaImage
	}
	up, err := l.client.Upload(ctx, data, as)
	if err != nil {
		return nil, &channels.Error{Kind: channels.Retry, Code: "upload", Reason: "the file could not be uploaded"}
	}
	m.Path, m.URL, m.Key, m.Hash, m.Sealed, m.Size = up.DirectPath, up.URL, up.MediaKey, up.FileSHA256, up.FileEncSHA256, up.FileLength
	return m.message(f.Name, s.Text, c), nil
}

func (l *line) bytes(f *channels.File) ([]byte, error) {
	if len(f.Data) > 0 {
		return f.Data, nil
	}
	data, err := l.clinic(f.Ref)
	if err != nil || len(data) == 0 || len(data) > maxFile {
		return nil, &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "the file is not there, empty or too long"}
	}
	return data, nil
}

func (l *line) clinic(ref string) ([]byte, error) {
	if l.options.Clinic == nil || !strings.HasPrefix(ref, "media/") {
		return nil, errors.New("no file of the clinic")
	}
	body, err := l.options.Clinic.Open(ref)
	if err != nil {
		return nil, fmt.Errorf("opening a file of the clinic: %w", err)
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, maxFile+1))
}
