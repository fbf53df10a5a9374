package whatsapptest_test

import (
	"context"
	"errors"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"careline/channels/whatsapp/whatsapptest"
)

func TestFilesOfAPerson(t *testing.T) {
	_, b, anna := linked(t)
	for kind, send := range map[string]func() whatsapptest.Sent{
		"image": func() whatsapptest.Sent { return anna.SendImage([]byte("jpeg of a rash"), "вот") },
		"document": func() whatsapptest.Sent {
			return anna.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF"), "МРТ")
		},
		"bare": func() whatsapptest.Sent {
			return anna.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF"), "")
		},
		"voice": func() whatsapptest.Sent { return anna.SendVoice([]byte("OggS")) },
		"video": func() whatsapptest.Sent { return anna.SendVideo([]byte("mp4"), "") },
	} {
		t.Run(kind, func(t *testing.T) {
			send()
			got := await[*events.Message](b)
			data, err := b.Download(t.Context(), file(got.Message))
			fine(t, err)
			all := anna.Messages()
			if last := all[len(all)-1]; last.File == nil || string(last.File.Data) != string(data) {
				t.Errorf("downloaded %q of %+v", data, last)
			}
		})
	}
}

func TestAFileOfTheBot(t *testing.T) {
	_, b, anna := linked(t)
	up, err := b.Upload(t.Context(), []byte("BEGIN:VCALENDAR"), whatsmeow.MediaDocument)
	fine(t, err)
	_, err = b.send(anna, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileSHA256: up.FileSHA256,
		FileEncSHA256: up.FileEncSHA256, FileLength: &up.FileLength, Mimetype: proto.String("text/calendar"),
		FileName: proto.String("visit.ics"), Caption: proto.String("Ваш визит"),
	}})
	fine(t, err)
	m := shown(t, anna, "Ваш визит")
	equal(t, "name", m.File.Name, "visit.ics")
	equal(t, "bytes", string(m.File.Data), "BEGIN:VCALENDAR")
}

func TestMediaThatFails(t *testing.T) {
	srv, b, anna := linked(t)
	srv.FailNext("upload", 1, whatsapptest.Refused(500))
	if _, err := b.Upload(t.Context(), []byte("x"), whatsmeow.MediaImage); err == nil {
		t.Error("an upload that was refused went well")
	}
	srv.FailNext("upload", 1, whatsapptest.Reset)
	if _, err := b.Upload(t.Context(), []byte("x"), whatsmeow.MediaImage); err == nil {
		t.Error("an upload that was cut off went well")
	}
	anna.SendImage([]byte("jpeg"), "")
	srv.Expire()
	if _, err := b.Download(t.Context(), file(await[*events.Message](b).Message)); !errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith404) {
		t.Errorf("downloading what expired: %v", err)
	}
}

func TestTheFrontPageTellsTheVersion(t *testing.T) {
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	version, err := whatsmeow.GetLatestVersion(context.Background(), whatsapptest.Dial(srv.Addr()))
	fine(t, err)
	equal(t, "revision", version[2], uint32(whatsapptest.Revision))
}

func file(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.GetImageMessage() != nil:
		return m.GetImageMessage()
	case m.GetDocumentMessage() != nil:
		return m.GetDocumentMessage()
	case m.GetAudioMessage() != nil:
		return m.GetAudioMessage()
	}
	return m.GetVideoMessage()
}
