package vktest_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
)

const png = "\x89PNG\r\n\x1a\n and so on"

// A file goes up, is saved, is sent by its name, and is there for the person.
func TestFilesGoUpAndDown(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	photos, err := vk.UploadMessagesPhoto(int(p.ChatID()), strings.NewReader(png))
	must(t, err)
	doc, err := vk.UploadMessagesDoc(int(p.ChatID()), "doc", "визит.ics", "", strings.NewReader("BEGIN:VCALENDAR"))
	must(t, err)
	_, err = vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": "Ждём вас", "random_id": 0, "lat": 55.7, "long": 37.6,
		"attachment": photos[0].ToAttachment() + "," + doc.Doc.ToAttachment() + "_" + doc.Doc.AccessKey})
	must(t, err)
	m := read(t, p.Seat, "Ждём вас")
	if len(m.Attachments) != 2 || m.Document() == nil || m.Document().Title != "визит.ics" || m.Document().Ext != "ics" || m.Geo == nil {
		t.Fatalf("shown %+v", m)
	}
	if got := s.File(m.Attachments[0]); string(got) != png {
		t.Errorf("the photo is %q", got)
	}
	response, err := http.Get(m.Document().URL)
	must(t, err)
	defer response.Body.Close()
	if got, err := io.ReadAll(response.Body); err != nil || string(got) != "BEGIN:VCALENDAR" {
		t.Errorf("the document is %q, %v", got, err)
	}
}

func TestFilesThatAreNotTaken(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	if _, err := vk.UploadMessagesPhoto(int(p.ChatID()), strings.NewReader("no picture")); code(err) != 100 {
		t.Errorf("a text as a photo: %v", err)
	}
	var refused *api.UploadError
	if _, err := vk.UploadMessagesDoc(int(p.ChatID()), "doc", "setup.exe", "", strings.NewReader("MZ")); !errors.As(err, &refused) {
		t.Errorf("a program: %v", err)
	}
	if _, err := vk.UploadMessagesDoc(int(p.ChatID()), "doc", "пусто.txt", "", bytes.NewReader(nil)); !errors.As(err, &refused) {
		t.Errorf("nothing: %v", err)
	}
	if _, err := vk.UploadMessagesDoc(5, "doc", "a.txt", "", strings.NewReader("a")); code(err) != 100 {
		t.Errorf("for somebody unknown: %v", err)
	}
	if _, err := vk.UploadMessagesDoc(int(p.ChatID()), "graffiti", "a.txt", "", strings.NewReader("a")); code(err) != 100 {
		t.Errorf("of another type: %v", err)
	}
	if _, err := vk.DocsSave(api.Params{"file": "made up"}); code(err) != 105 {
		t.Errorf("what was never brought: %v", err)
	}
	s.FailNext("upload", 1, vktest.Half)
	if _, err := vk.UploadMessagesPhoto(int(p.ChatID()), strings.NewReader(png)); err == nil {
		t.Error("half an answer was enough")
	}
	voice, err := vk.UploadMessagesDoc(int(p.ChatID()), "audio_message", "a.ogg", "", strings.NewReader("OggS"))
	if err != nil || voice.AudioMessage.ID == 0 {
		t.Errorf("a voice: %+v, %v", voice, err)
	}
}
