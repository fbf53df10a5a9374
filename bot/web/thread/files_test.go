package thread_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/bot/web/page/pagetest"
	"careline/channels"
	"careline/store"
)

// file of a form.
type file struct{ name, data string }

// upload sends a form with files.
func upload(t *testing.T, p pagetest.Person, path string, fields map[string]string, files ...file) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := form.CreateFormFile("files", f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.Do(r, "HX-Request", "true")
}

var (
	chosen   = regexp.MustCompile(`name="file" value="([^"]+)"`)
	fileLink = regexp.MustCompile(`href="(/desk/chats/[^"]+/files/[^"]+)"`)
)

// Files are chosen before the words: those that cannot be sent are named, the others wait, also when the words are refused.
func TestChosenFilesGoWithTheWords(t *testing.T) {
	w := world(t)
	s := open(t, w)
	ira, olga := s.As(access.Administrator), s.As(access.Owner)
	chat := "/desk/chats/" + contactOf(t, w, "anna").ID
	seen := seenOn(t, ira.Get(chat).Body.String())
	large := strings.Repeat("x", desk.MaxFile+1)
	body := upload(t, ira, chat+"/files", nil, file{"план лечения.pdf", "%PDF-1.7 план"}, file{"снимок.png", "\x89PNG\r\n\x1a\n"}, file{"game.exe", "MZ"}, file{"huge.mov", large}).Body.String()
	has(t, "what was chosen", body, "план лечения.pdf", "снимок.png", "game.exe: Программы", "huge.mov: Файл больше")
	refs := chosen.FindAllStringSubmatch(body, -1)
	if len(refs) != 2 {
		t.Fatalf("%d files wait:\n%s", len(refs), body)
	}
	olga.Post(chat+"/say", map[string][]string{"text": {"Я первая"}, "seen": {seen}, "once": {"olga-first"}})
	form := map[string][]string{"text": {"Ваш план"}, "seen": {seen}, "once": {"ira-second"}, "file": {refs[0][1], refs[1][1]}}
	a := ira.Post(chat+"/say", form, "HX-Request", "true")
	if a.Code != http.StatusUnprocessableEntity {
		t.Errorf("the second reply: %d", a.Code)
	}
	has(t, "the refusal", a.Body.String(), "Я первая", ">Ваш план</textarea>", "план лечения.pdf", "снимок.png")
	settle(t, w)
	has(t, "the page loaded again", ira.Get(chat).Body.String(), "план лечения.pdf", "снимок.png")
	if strings.Contains(olga.Get(chat).Body.String(), "план лечения.pdf") {
		t.Error("a colleague sees what she has not sent")
	}
	ira.Post(chat+"/files/remove", map[string][]string{"remove": {refs[1][1]}}, "HX-Request", "true")
	form["seen"], form["once"], form["file"] = []string{seenOn(t, ira.Get(chat).Body.String())}, []string{"ira-third"}, form["file"][:1]
	for range 2 {
		if a := ira.Post(chat+"/say", form); a.Code != http.StatusSeeOther {
			t.Fatalf("the third: %d\n%s", a.Code, a.Body)
		}
		settle(t, w)
	}
	said := told(w, "Ваш план")
	if len(said) != 1 || len(said[0].Files) != 1 || said[0].Files[0].Name != "план лечения.pdf" || string(said[0].Files[0].Data) != "%PDF-1.7 план" {
		t.Errorf("the phone shows %+v", said)
	}
	if a := upload(t, ira, chat+"/say", map[string]string{"seen": "999", "once": "without-script"}, file{"памятка.txt", "не есть час"}); a.Code != http.StatusOK {
		t.Errorf("without script: %d\n%s", a.Code, a.Body)
	}
	settle(t, w)
	if last := w.Phones.Told("anna"); len(last[len(last)-1].Files) != 1 {
		t.Error("a file that comes with the form itself is not sent")
	}
}

// A file is shown to those who read the chat it is in, under its name, as what its bytes are, and runs nothing.
func TestFilesAreOpenedFromTheirChatAlone(t *testing.T) {
	w := world(t)
	w.Says("boris", "/start")
	s := open(t, w)
	owner := s.As(access.Owner)
	anna, boris := contactOf(t, w, "anna"), contactOf(t, w, "boris")
	send := func(f channels.File) (path string) {
		in := w.Write("anna", "файл")
		in.Files = []channels.File{f}
		if err := w.Runner.Accept(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		settle(t, w)
		links := fileLink.FindAllStringSubmatch(owner.Get("/desk/chats/"+anna.ID).Body.String(), -1)
		return links[len(links)-1][1]
	}
	for _, c := range []struct {
		file              channels.File
		kind, disposition string
	}{
		{channels.File{Kind: channels.Photo, Name: "снимок.png", MIME: "image/png", Data: []byte("\x89PNG\r\n\x1a\nrest")}, "image/png", "inline; filename*=utf-8''%D1%81%D0%BD%D0%B8%D0%BC%D0%BE%D0%BA.png"},
		{channels.File{Kind: channels.Photo, Name: "evil.png", MIME: "image/png", Data: []byte("<script>alert(1)</script>")}, "application/octet-stream", "attachment; filename=evil.png"},
		{channels.File{Kind: channels.Document, Name: "a\"b\r\nX: y.svg", MIME: "image/svg+xml", Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`)}, "application/octet-stream", "attachment"},
	} {
		path := send(c.file)
		a := owner.Get(path)
		h := a.Header()
		if a.Code != http.StatusOK || h.Get("Content-Type") != c.kind || !strings.HasPrefix(h.Get("Content-Disposition"), c.disposition) || strings.ContainsAny(h.Get("Content-Disposition"), "\r\n") {
			t.Errorf("%s: %d, %v", c.file.Name, a.Code, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
			t.Errorf("%s may run: %v", c.file.Name, h)
		}
		if !bytes.Equal(a.Body.Bytes(), c.file.Data) {
			t.Errorf("%s has other bytes", c.file.Name)
		}
		for _, other := range []string{strings.Replace(path, anna.ID, boris.ID, 1), path + "7", strings.Replace(path, "/files/", "/files/9", 1)} {
			if a := owner.Get(other); a.Code != http.StatusNotFound {
				t.Errorf("%s: %d", other, a.Code)
			}
		}
		if a := s.As(access.Marketer).Get(path); a.Code != http.StatusForbidden {
			t.Errorf("a marketer opens %s: %d", c.file.Name, a.Code)
		}
	}
	seen := 0
	err := w.Store.Read(t.Context(), func(tx store.Tx) error {
		all, err := tx.Deeds(t.Context(), store.Deeds{Patient: anna.PatientID, Limit: 100})
		for _, e := range all {
			if e.Action == "file_seen" {
				seen++
			}
		}
		return err
	})
	if err != nil || seen != 3 {
		t.Errorf("the audit has %s openings (%v)", strconv.Itoa(seen), err)
	}
}
