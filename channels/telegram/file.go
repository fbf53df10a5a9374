package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"careline/channels"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	maxPhoto = 10 << 20 // bytes; more goes as a document
	maxFile  = 50 << 20
)

// file sends a file with its caption: bytes of ours, a picture of the clinic ("media/…"), or by its file_id
// what a person sent.
func (d *delivery) file(ctx context.Context, s channels.Shown) (int, error) {
	data, err := d.bytes(s.File)
	if err != nil {
		return 0, err
	}
	kind := s.File.Kind
	if s.File.Ref != "" && data == nil {
		return d.again(ctx, s, &models.InputFileString{Data: s.File.Ref})
	}
	fresh := func() models.InputFile {
		return &models.InputFileUpload{Filename: s.File.Name, Data: bytes.NewReader(data)}
	}
	if kind != channels.Photo || len(data) > maxPhoto {
		return d.upload(ctx, s, channels.Document, fresh())
	}
	id, err := d.upload(ctx, s, channels.Photo, fresh())
	if refusedWith(err, "PHOTO_", "IMAGE_PROCESS_FAILED") { // too long and thin, or no picture
		return d.upload(ctx, s, channels.Document, fresh())
	}
	return id, err
}

// again sends what Telegram has. We call a recording a document; Telegram does not, and changes no file's kind.
func (d *delivery) again(ctx context.Context, s channels.Shown, file *models.InputFileString) (int, error) {
	id, err := d.upload(ctx, s, s.File.Kind, file)
	if s.File.Kind != channels.Document || !refusedWith(err, "use file of type") {
		return id, err
	}
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	defer cancel()
	m, err := d.library.SendAudio(ctx, &bot.SendAudioParams{ChatID: d.chat, MessageThreadID: d.thread, Audio: file, Caption: s.Text, ReplyMarkup: d.markup(s)})
	if err != nil {
		return 0, plain(err)
	}
	return m.ID, nil
}

func (d *delivery) upload(ctx context.Context, s channels.Shown, kind channels.FileKind, file models.InputFile) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	defer cancel()
	var m *models.Message
	var err error
	switch markup := d.markup(s); kind {
	case channels.Photo:
		m, err = d.library.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: d.chat, MessageThreadID: d.thread, Photo: file, Caption: s.Text, ReplyMarkup: markup})
	case channels.Voice:
		m, err = d.library.SendVoice(ctx, &bot.SendVoiceParams{ChatID: d.chat, MessageThreadID: d.thread, Voice: file, Caption: s.Text, ReplyMarkup: markup})
	case channels.Video:
		m, err = d.library.SendVideo(ctx, &bot.SendVideoParams{ChatID: d.chat, MessageThreadID: d.thread, Video: file, Caption: s.Text, ReplyMarkup: markup})
	default:
		m, err = d.library.SendDocument(ctx, &bot.SendDocumentParams{ChatID: d.chat, MessageThreadID: d.thread, Document: file, Caption: s.Text, ReplyMarkup: markup})
	}
	if err != nil {
		return 0, plain(err)
	}
	return m.ID, nil
}

// plain is the error below what the library says around it.
func plain(err error) error {
	var e *channels.Error
	var moved *migrated
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	case errors.As(err, &moved):
		return moved
	}
	return &channels.Error{Kind: channels.Retry, Code: "library", Reason: "the call could not be made"}
}

// bytes are nil for a file that Telegram has already.
func (d *delivery) bytes(f *channels.File) ([]byte, error) {
	if len(f.Data) > 0 {
		return f.Data, nil
	}
	if f.Ref != "" && !strings.HasPrefix(f.Ref, "media/") {
		return nil, nil
	}
	data, err := d.media(f.Ref)
	if err != nil || len(data) == 0 || len(data) > maxFile {
		return nil, &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "the file is not there, empty or too long"}
	}
	return data, nil
}

func (d *delivery) media(ref string) ([]byte, error) {
	if d.options.Clinic == nil {
		return nil, errors.New("no folder of the clinic")
	}
	body, err := d.options.Clinic.Open(ref)
	if err != nil {
		return nil, fmt.Errorf("opening a file of the clinic: %w", err)
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, maxFile+1))
}
