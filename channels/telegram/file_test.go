package telegram_test

import (
	"bytes"
	"slices"
	"testing"

	"careline/channels"
	"careline/channels/telegram/telegramtest"
)

func TestFilesGoOut(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	ics := []byte("BEGIN:VCALENDAR")
	s.send(t, p.Seat, channels.Outgoing{Text: "Ваш визит", Files: []channels.File{{Kind: channels.Document, Name: "визит.ics", MIME: "text/calendar", Data: ics}}})
	s.send(t, p.Seat, channels.Outgoing{Text: "Врач", Choices: choices("Записаться"), Files: []channels.File{{Kind: channels.Photo, Name: "smile.png", Ref: "media/smile.png"}}})
	s.send(t, p.Seat, channels.Outgoing{Files: []channels.File{{Kind: channels.Photo, Name: "no.png", Data: []byte("no picture")}}})
	got := p.Messages()
	if got[0].Document == nil || got[0].Document.Name != "визит.ics" || got[0].Caption != "Ваш визит" || !bytes.Equal(s.server.File(got[0].Document.ID), ics) {
		t.Errorf("the calendar came as %+v", got[0])
	}
	if got[1].Photo == nil || got[1].Caption != "Врач" || !slices.Equal(got[1].Labels(), []string{"Записаться"}) || !bytes.Equal(s.server.File(got[1].Photo[0].ID), pixel) {
		t.Errorf("the photo came as %+v", got[1])
	}
	if got[2].Document == nil {
		t.Errorf("what is no picture came as %+v", got[2])
	}
}

func TestAPersonsFileGoesOnByItsID(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	p.SendPhoto(pixel, "вот")
	p.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF"), "")
	p.SendVoice([]byte("OggS"))
	p.SendVideo("зуб.mp4", []byte("film"), "")
	p.SendAudio("щелчок.mp3", []byte("ID3"), "так щёлкает")
	s.hears(t, 5)
	doctor := s.server.Person(telegramtest.User{First: "Врач"})
	for _, in := range s.clinic.stored() {
		s.send(t, doctor.Seat, channels.Outgoing{Text: in.Text, Files: in.Files})
	}
	got := doctor.Messages()
	if len(got) != 5 || got[0].Photo == nil || !bytes.Equal(s.server.File(got[0].Photo[0].ID), pixel) || got[1].Document == nil {
		t.Fatalf("the doctor sees %+v", got)
	}
	if got[2].Voice == nil || got[3].Video == nil || got[4].Audio == nil || got[4].Caption != "так щёлкает" {
		t.Errorf("the doctor hears and sees %+v", got[2:])
	}
}

func TestAFileThatIsNotThereIsRejected(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	for name, f := range map[string]channels.File{
		"no such picture": {Kind: channels.Photo, Ref: "media/none.png"}, "out of the folder": {Kind: channels.Photo, Ref: "media/../../etc/passwd"},
		"empty": {Kind: channels.Document, Name: "x.ics"}, "unknown id": {Kind: channels.Document, Ref: "nobody's"},
	} {
		if failed := s.fails(t, p.Seat, channels.Outgoing{Files: []channels.File{f}}); failed.Kind != channels.Rejected {
			t.Errorf("%s: %v", name, failed)
		}
	}
}

func TestUploadsFailAsOtherCallsDo(t *testing.T) {
	s := build(t)
	p := s.server.Person(telegramtest.User{})
	m := channels.Outgoing{Files: []channels.File{{Kind: channels.Document, Name: "x.ics", Data: []byte("x")}}}
	for name, c := range failures {
		s.server.FailNext("sendDocument", 1, c.fault)
		if failed := s.fails(t, p.Seat, m); failed.Kind != c.want {
			t.Errorf("%s: %v, want %s", name, failed, c.want)
		}
	}
}
