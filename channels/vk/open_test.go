package vk_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"careline/channels"
	"careline/channels/vk/vktest"
)

func TestAPersonsFileIsOpened(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	long := bytes.Repeat([]byte("снимок "), 17<<20/13) // longer than any answer of a method
	wants := [][]byte{pixel, []byte("%PDF"), []byte("OggS"), long}
	p.SendPhoto(pixel, "вот")
	p.SendDocument("снимок.pdf", wants[1], "")
	p.SendVoice(wants[2])
	p.SendDocument("снимок.dcm", long, "")
	for i, in := range s.hears(t, len(wants)) {
		body, err := s.Open(t.Context(), in.From, in.Files[0])
		if err != nil {
			t.Fatalf("file %d: %v", i, err)
		}
		if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, wants[i]) {
			t.Errorf("file %d is %d bytes (%v)", i, len(got), err)
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A Ref opens what is in the person's own chat, and nothing else.
func TestAFileThatIsNobodysIsNotOpened(t *testing.T) {
	s := open(t)
	anna, boris := s.server.Person(vktest.User{}), s.server.Person(vktest.User{})
	anna.SendPhoto(pixel, "")
	boris.Write("здравствуйте")
	in := s.hears(t, 2)[0]
	if in.From != address(anna.Seat) {
		in = s.clinic.stored()[1]
	}
	name, place, _ := strings.Cut(in.Files[0].Ref, "#")
	if _, err := s.Open(t.Context(), address(boris.Seat), in.Files[0]); !errors.Is(err, channels.ErrGone) {
		t.Errorf("boris opens anna's: %v", err)
	}
	asked := len(s.server.Calls("messages.getByConversationMessageId"))
	for _, ref := range []string{"", "nobody's", name, name + "#", name + "#0", name + "#-1", "http://127.0.0.1/#" + place, "media/smile.png#" + place} {
		if _, err := s.Open(t.Context(), in.From, channels.File{Ref: ref}); !errors.Is(err, channels.ErrGone) {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if now := len(s.server.Calls("messages.getByConversationMessageId")); now != asked {
		t.Errorf("VK was asked for what is no file %d times", now-asked)
	}
	n, _ := strconv.Atoi(place)
	for _, ref := range []string{name + "#" + strconv.Itoa(n+7), "photo1_2#" + place} {
		if _, err := s.Open(t.Context(), in.From, channels.File{Ref: ref}); !errors.Is(err, channels.ErrGone) {
			t.Errorf("%q: %v", ref, err)
		}
	}
	var failed *channels.Error
	if _, err := s.Open(t.Context(), channels.Address{Channel: "telegram", Chat: "1"}, in.Files[0]); !errors.As(err, &failed) || failed.Kind != channels.Rejected {
		t.Errorf("from another messenger: %v", err)
	}
}

// elsewhere is a server that nobody may be led to.
func elsewhere(t *testing.T) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte("the inside of the clinic"))
	}))
	t.Cleanup(server.Close)
	return server, &asked
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	s := open(t)
	inside, asked := elsewhere(t)
	p := s.server.Person(vktest.User{})
	p.SendDocument("снимок.pdf", []byte("%PDF"), "")
	in, sent := s.hears(t, 1)[0], p.Log()[0].Attachments[0]
	host := strings.TrimPrefix(inside.URL, "http://")
	for _, at := range []string{
		inside.URL, "http://vk.com@" + host, "https://vk.com.example/x", "https://evilvk.com/x", "http://userapi.com/x", "https://userapi.com:8443/x",
		"https://a:b@userapi.com/x", "file:///etc/passwd", "//" + host, "", "%",
		strings.TrimSuffix(s.server.URL(), "/method") + "/away?to=" + inside.URL, // VK's own server leads away
	} {
		s.server.Move(sent, at)
		if _, err := s.Open(t.Context(), in.From, in.Files[0]); !errors.Is(err, channels.ErrGone) {
			t.Errorf("%q: %v", at, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("a server that is not VK's was asked %d times", n)
	}
}

func TestAFileThatVKDoesNotGive(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.SendDocument("снимок.pdf", []byte("<!DOCTYPE html>Документ удалён"), "")
	p.SendDocument("страница.html", []byte("<!DOCTYPE html>"), "")
	p.SendDocument("том.zip", make([]byte, 20<<20+1), "")
	got, log := s.hears(t, 3), p.Log()
	if _, err := s.Open(t.Context(), got[0].From, got[0].Files[0]); !errors.Is(err, channels.ErrGone) {
		t.Errorf("a page instead of a document: %v", err)
	}
	body, err := s.Open(t.Context(), got[1].From, got[1].Files[0])
	if err != nil {
		t.Fatalf("a page that was sent: %v", err)
	}
	body.Close()
	var failed *channels.Error
	if _, err := s.Open(t.Context(), got[2].From, got[2].Files[0]); !errors.As(err, &failed) || failed.Kind != channels.Rejected {
		t.Errorf("a file that is too long: %v", err)
	}
	s.server.Revoke()
	_, err = s.Open(t.Context(), got[1].From, got[1].Files[0])
	if !errors.As(err, &failed) || failed.Kind != channels.Misconfigured || strings.Contains(err.Error(), s.server.Token()) {
		t.Errorf("without a token: %v", err)
	}
	s.server.Allow()
	files := strings.TrimSuffix(s.server.URL(), "/method") + "/file/"
	s.server.Move(log[1].Attachments[0], files+"1.html?hash=key-of-the-file")
	if _, err := s.Open(t.Context(), got[1].From, got[1].Files[0]); !errors.Is(err, channels.ErrGone) {
		t.Errorf("a file that was deleted: %v", err)
	}
	for _, fault := range []vktest.Fault{vktest.Reset, vktest.ServerError, vktest.HTML} {
		s.server.FailNext("file", 2, fault) // one is tried again on a connection that was kept
		_, err := s.Open(t.Context(), got[1].From, got[1].Files[0])
		if !errors.As(err, &failed) || failed.Kind != channels.Retry || strings.Contains(err.Error(), "key-of") || strings.Contains(err.Error(), s.server.Token()) {
			t.Errorf("%v: %v", fault, err)
		}
	}
}
