package vk_test

import (
	"bytes"
	"slices"
	"testing"

	"careline/channels"
	"careline/channels/vk/vktest"
)

func TestFilesGoOut(t *testing.T) {
	s := build(t)
	p := s.talking()
	ics := []byte("BEGIN:VCALENDAR")
	s.send(t, p.Seat, channels.Outgoing{Key: "1", Text: "Ваш визит", Files: []channels.File{{Kind: channels.Document, Name: "визит.ics", MIME: "text/calendar", Data: ics}}})
	s.send(t, p.Seat, channels.Outgoing{Key: "2", Text: "Врач", Choices: choices("Записаться"), Files: []channels.File{{Kind: channels.Photo, Name: "smile.png", Ref: "media/smile.png"}}})
	got := p.Messages()
	if doc := got[0].Attachments[0]; doc.Doc == nil || doc.Doc.Title != "визит.ics" || got[0].Text != "Ваш визит" || !bytes.Equal(s.server.File(doc), ics) {
		t.Errorf("the calendar came as %+v", got[0])
	}
	if photo := got[1].Attachments[0]; photo.Photo == nil || got[1].Text != "Врач" || !slices.Equal(got[1].Labels(), []string{"Записаться"}) || !bytes.Equal(s.server.File(photo), pixel) {
		t.Errorf("the photo came as %+v", got[1])
	}
}

func TestWhatIsNoPictureGoesAsADocument(t *testing.T) {
	s := build(t)
	p := s.talking()
	s.send(t, p.Seat, channels.Outgoing{Key: "1", Files: []channels.File{{Kind: channels.Photo, Name: "no.png", Data: []byte("no picture")}}})
	if m := p.Messages()[0]; m.Attachments[0].Doc == nil {
		t.Errorf("it came as %+v", m)
	}
}

func TestAFileOfTheClinicIsBroughtOnce(t *testing.T) {
	s := build(t)
	p, q := s.talking(), s.talking()
	m := channels.Outgoing{Key: "1", Text: "Врач", Choices: choices("Записаться"), Files: []channels.File{{Kind: channels.Photo, Name: "smile.png", Ref: "media/smile.png"}}}
	shown := s.send(t, p.Seat, m)
	s.VK = s.another(t, s.options) // after a restart
	s.send(t, q.Seat, m)
	if n := len(s.server.Calls("photos.saveMessagesPhoto")); n != 1 {
		t.Errorf("it was brought %d times", n)
	}
	s.server.FailNext("messages.send", 1, vktest.Refused(100, "One of the parameters specified was missing or invalid: attachment is invalid"))
	m.Key = "2"
	s.send(t, q.Seat, m)
	if n := len(s.server.Calls("photos.saveMessagesPhoto")); n != 2 || len(q.Messages()) != 2 {
		t.Errorf("after somebody deleted it, it was brought %d times", n)
	}
	s.send(t, p.Seat, channels.Outgoing{Key: "3", Closes: shown.ID})
	if first := p.Messages()[0]; len(first.Attachments) != 1 || len(first.Buttons()) != 0 || first.Text != "Врач" {
		t.Errorf("closed, it is %+v", first)
	}
}

func TestTroubleOfAnUploadServerPasses(t *testing.T) {
	s := build(t)
	p := s.talking()
	ics := channels.File{Kind: channels.Document, Name: "visit.ics", MIME: "text/calendar", Data: []byte("BEGIN:VCALENDAR")}
	smile := channels.File{Kind: channels.Photo, Name: "smile.png", Data: pixel}
	for i, f := range []channels.File{ics, smile} {
		m := channels.Outgoing{Key: f.Name, Text: "Ваш визит", Files: []channels.File{f}}
		s.server.FailNext("upload", 1, vktest.UploadError)
		if e := s.fails(t, p.Seat, m); e.Kind != channels.Retry {
			t.Errorf("%s: %v", f.Name, e)
		}
		s.send(t, p.Seat, m)
		if got := p.Messages(); len(got) != i+1 || len(got[i].Attachments) != 1 {
			t.Errorf("%s: shown %+v", f.Name, got)
		}
	}
	program := channels.File{Kind: channels.Document, Name: "setup.exe", Data: []byte("MZ")}
	if e := s.fails(t, p.Seat, channels.Outgoing{Key: "p", Files: []channels.File{program}}); e.Kind != channels.Rejected || e.Code != "file" {
		t.Errorf("what VK never takes: %v", e)
	}
}

func TestAFileThatIsNotThere(t *testing.T) {
	s := build(t)
	p := s.talking()
	for _, f := range []channels.File{
		{Kind: channels.Photo, Name: "a", Ref: "media/none.png"}, {Kind: channels.Photo, Name: "a", Ref: "AgACAgIAAxkB"}, {Kind: channels.Document, Name: "a"},
	} {
		if e := s.fails(t, p.Seat, channels.Outgoing{Key: "k", Files: []channels.File{f}}); e.Kind != channels.Rejected || e.Code != "file" {
			t.Errorf("%q: %v", f.Ref, e)
		}
	}
	s.memory.broken = 2 // what is not remembered is brought again
	s.send(t, p.Seat, channels.Outgoing{Key: "k", Files: []channels.File{{Kind: channels.Document, Name: "price.pdf", Ref: "media/price.pdf"}}})
	if len(p.Messages()) != 1 {
		t.Errorf("shown %+v", p.Messages())
	}
}
