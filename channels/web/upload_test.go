package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"careline/channels"
)

var jpeg = append([]byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0}, bytes.Repeat([]byte{1}, 2000)...)

func TestAPhotoGoesToTheClinicAndBack(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	if status, code := b.attach(`{"id":"p1","text":"вот снимок"}`, `C:\Снимки\зуб.jpg`, jpeg); status != http.StatusAccepted {
		t.Fatalf("%d %s", status, code)
	}
	m := s.inbox()[0]
	if m.Text != "вот снимок" || len(m.Files) != 1 {
		t.Fatalf("arrived %+v", m)
	}
	f := m.Files[0]
	if f.Name != "зуб.jpg" || f.MIME != "image/jpeg" || f.Kind != channels.Photo || f.Size != int64(len(jpeg)) {
		t.Errorf("the file is %+v", f)
	}
	r := b.do("GET", "file?ref="+url.QueryEscape(f.Ref), "", nil)
	if got := read(t, r); got != string(jpeg) || r.Header.Get("Content-Type") != "image/jpeg" || !strings.Contains(r.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the photo comes back as %v", r.Header)
	}
	if r := s.visit(t).do("GET", "file?ref="+url.QueryEscape(f.Ref), "", nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("another person gets the photo: %s", r.Status)
	}
}

func TestFilesAreTakenByWhatTheyAre(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for name, c := range map[string]struct {
		file, content string
		status        int
		code          string
		kind          channels.FileKind
	}{
		"a page that calls itself a photo": {"x.jpg", "<!doctype html><script>alert(1)</script>", 415, "file_type", ""},
		"a program":                        {"x.pdf", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00", 415, "file_type", ""},
		"an empty file":                    {"x.pdf", "", 415, "file_type", ""},
		"a PDF":                            {"x.pdf", "%PDF-1.7 ...", 202, "", channels.Document},
		"a Word document":                  {"a.docx", "PK\x03\x04rest", 202, "", channels.Document},
		"an Android program":               {"a.apk", "PK\x03\x04rest", 415, "file_type", ""},
		"a photo of an iPhone":             {"a.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", 202, "", channels.Photo},
		"a voice":                          {"a.ogg", "OggS\x00rest", 202, "", channels.Voice},
		"too big":                          {"x.pdf", "%PDF" + strings.Repeat("x", 10<<20), 413, "too_big", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s.watch.pass(1e10)
			before := len(s.inbox())
			status, code := b.attach(`{"id":"f`+strings.Map(letters, name)+`"}`, c.file, []byte(c.content))
			if status != c.status || code != c.code {
				t.Fatalf("%d %s, want %d %s", status, code, c.status, c.code)
			}
			in := s.inbox()[before:]
			if c.status == 202 && (len(in) != 1 || in[0].Files[0].Kind != c.kind) || c.status != 202 && len(in) != 0 {
				t.Errorf("arrived %+v", in)
			}
		})
	}
}

func letters(r rune) rune {
	if r < 'a' || r > 'z' {
		return -1
	}
	return r
}

func TestAFormWithoutAMessageOrAFileIsRefused(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for name, body := range map[string]string{
		"no message": "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF\r\n--x--\r\n",
		"no file":    "--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{\"id\":\"a\"}\r\n--x--\r\n",
		"cut off":    "--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{\"id\":\"a\"}\r\n--x\r\nContent-Disp",
		"nothing":    "",
	} {
		if status, code, _ := answerOf(b.do("POST", "messages", "multipart/form-data; boundary=x", strings.NewReader(body))); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
	if n := len(s.inbox()); n != 0 {
		t.Errorf("%d messages were stored", n)
	}
}

// Anybody may open a chat, as many as they like; the clinic's disk is not theirs to fill.
func TestOneAddressMayNotSendFilesWithoutEnd(t *testing.T) {
	s := open(t)
	taken := 0
	for i := range 40 {
		status, code := s.visit(t).attach(`{"id":"a`+strconv.Itoa(i)+`"}`, "x.jpg", jpeg)
		switch {
		case status == http.StatusAccepted:
			taken++
		case status != http.StatusTooManyRequests || code != "too_many":
			t.Fatalf("%d %s", status, code)
		}
	}
	if taken != 20 {
		t.Errorf("%d messages with files are taken at once", taken)
	}
	s.watch.pass(10e9)
	if status, code := s.visit(t).attach(`{"id":"later"}`, "x.jpg", jpeg); status != http.StatusAccepted {
		t.Errorf("later: %d %s", status, code)
	}
}
