package telegramtest_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"careline/channels/telegram/telegramtest"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Files go both ways through the real client: uploaded, sent again by id, and downloaded.
func TestFiles(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	b := clinic(t, s)
	p := s.Person(telegramtest.User{})
	sent, err := b.SendDocument(t.Context(), &bot.SendDocumentParams{ChatID: p.ChatID(), Caption: "<i>Визит</i>", ParseMode: models.ParseModeHTML,
		Document: &models.InputFileUpload{Filename: "visit.ics", Data: strings.NewReader("BEGIN:VCALENDAR")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendDocument(t.Context(), &bot.SendDocumentParams{ChatID: p.ChatID(), Document: &models.InputFileString{Data: sent.Document.FileID}}); err != nil {
		t.Error(err)
	}
	if _, err := b.SendPhoto(t.Context(), &bot.SendPhotoParams{ChatID: p.ChatID(), Photo: &models.InputFileUpload{Filename: "doctor.png", Data: bytes.NewReader(picture(t))}}); err != nil {
		t.Error(err)
	}
	if _, err := b.SendPhoto(t.Context(), &bot.SendPhotoParams{ChatID: p.ChatID(), Photo: &models.InputFileUpload{Filename: "x.png", Data: strings.NewReader("text")}}); err == nil {
		t.Error("a text is a photo")
	}
	seen := p.Messages()
	if len(seen) != 3 || seen[0].Caption != "Визит" || seen[0].Document.Name != "visit.ics" || seen[1].Document.ID != seen[0].Document.ID || len(seen[2].Photo) != 1 {
		t.Fatalf("the person sees %+v", seen)
	}
	if got := string(s.File(seen[1].Document.ID)); got != "BEGIN:VCALENDAR" {
		t.Errorf("the file holds %q", got)
	}

	p.SendPhoto(picture(t), "вот тут")
	mine := p.Messages()[3]
	f, err := b.GetFile(t.Context(), &bot.GetFileParams{FileID: mine.Photo[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(b.FileDownloadLink(f))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got, err := io.ReadAll(answer.Body); err != nil || !bytes.Equal(got, picture(t)) {
		t.Errorf("downloaded %d bytes, %v", len(got), err)
	}
	big := p.SendDocument("scan.pdf", "application/pdf", make([]byte, 21<<20), "")
	doc := p.Messages()[4]
	if _, err := b.GetFile(t.Context(), &bot.GetFileParams{FileID: doc.Document.ID}); doc.ID != big.Message || err == nil {
		t.Errorf("a bot gets 21 MB: %v", err)
	}
}

// A place is shown as a point with a name.
func TestPlaces(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	call(t, s, "sendVenue", object{"chat_id": p.ChatID(), "latitude": 55.76, "longitude": 37.64, "title": "Клиника", "address": "Чистопрудный, 12"})
	call(t, s, "sendLocation", object{"chat_id": p.ChatID(), "latitude": 55.76, "longitude": 37.64})
	call(t, s, "sendChatAction", object{"chat_id": p.ChatID(), "action": "typing"})
	seen := p.Messages()
	if len(seen) != 2 || seen[0].Venue.Title != "Клиника" || seen[1].Location.Latitude != 55.76 || p.Typing() != 1 {
		t.Errorf("the person sees %+v", seen)
	}
}
