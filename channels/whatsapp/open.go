package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"io"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
)

// Open implements channels.Opener: only the device has what WhatsApp asks for a file, though the file's own key is in
// its Ref.
func (w *WhatsApp) Open(ctx context.Context, _ channels.Address, f channels.File) (io.ReadCloser, error) {
	m, ok := openRef(f.Ref)
	if !ok {
		return nil, channels.ErrGone
	}
	l, err := w.ready()
	if err != nil {
		return nil, err
	}
	data, err := l.client.Download(ctx, fileIn(m.message(f.Name, "", nil)))
	switch {
	case errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith403), errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith404),
		errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith410):
		return nil, channels.ErrGone
	case err != nil:
		return nil, &channels.Error{Kind: channels.Retry, Code: "download", Reason: "the file could not be downloaded"}
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// fileIn is the part of a message of ours that is the file.
func fileIn(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.ImageMessage != nil:
		return m.ImageMessage
	case m.VideoMessage != nil:
		return m.VideoMessage
	case m.AudioMessage != nil:
		return m.AudioMessage
	}
	return m.DocumentMessage
}
