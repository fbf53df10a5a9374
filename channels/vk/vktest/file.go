package vktest

import (
	"fmt"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Photo is an image.
type Photo struct {
	ID    int64  `json:"id"`
	Owner int64  `json:"owner_id"`
	Album int64  `json:"album_id"`
	Date  int64  `json:"date"`
	Key   string `json:"access_key"`
	Text  string `json:"text"`
	Sizes []Size `json:"sizes"`
}

// Size is one of the sizes of a photo.
type Size struct {
	Type   string `json:"type"`
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Doc is a file.
type Doc struct {
	ID    int64  `json:"id"`
	Owner int64  `json:"owner_id"`
	Title string `json:"title"`
	Size  int    `json:"size"`
	Ext   string `json:"ext"`
	Date  int64  `json:"date"`
	Type  int    `json:"type"`
	URL   string `json:"url"`
	Key   string `json:"access_key"`
}

// Voice is something said.
type Voice struct {
	ID       int64  `json:"id"`
	Owner    int64  `json:"owner_id"`
	Duration int    `json:"duration"`
	OGG      string `json:"link_ogg"`
	MP3      string `json:"link_mp3"`
	Key      string `json:"access_key"`
}

type stored struct {
	Attachment
	key  string
	data []byte
}

// keep stores a file, sent by anybody.
func (s *Server) keep(kind string, owner int64, name string, data []byte) Attachment {
	s.ids.file++
	id, date := s.ids.file, s.o.Now().Unix()
	f := &stored{Attachment: Attachment{Type: kind}, key: fmt.Sprintf("%016x", id*0x9e3779b9), data: data}
	prefix := "doc"
	url := fmt.Sprintf("%s/file/%d%s", s.url, id, path.Ext(name))
	switch kind {
	case "photo":
		prefix = "photo"
		f.Photo = &Photo{ID: id, Owner: owner, Album: -3, Date: date, Key: f.key, Sizes: []Size{{"m", url, 130, 97}, {"x", url, 604, 453}}}
	case "audio_message":
		f.Voice = &Voice{ID: id, Owner: owner, Duration: 2, OGG: url, MP3: url, Key: f.key}
	default:
		url = strings.Replace(url, "/file/", "/doc/", 1) // which leads on to the file
		f.Doc = &Doc{ID: id, Owner: owner, Title: name, Size: len(data), Ext: strings.TrimPrefix(path.Ext(name), "."), Date: date, Type: 8, URL: url, Key: f.key}
	}
	s.files[fmt.Sprintf("%s%d_%d", prefix, owner, id)] = f
	return f.Attachment
}

var attachment = regexp.MustCompile(`^((?:photo|doc)-?\d+_\d+)(?:_([0-9a-f]+))?$`)

const maxAttachments = 10

// attachments are the files of a call, by their ids.
func (s *Server) attachments(p *params) (all []Attachment, refused *refusal) {
	if !p.has("attachment") {
		return nil, nil
	}
	for one := range strings.SplitSeq(p.text("attachment"), ",") {
		parts := attachment.FindStringSubmatch(strings.TrimSpace(one))
		if parts == nil {
			return nil, bad("attachment is invalid")
		}
		f, known := s.files[parts[1]]
		if !known || parts[2] != "" && parts[2] != f.key {
			return nil, bad("attachment is not found")
		}
		all = append(all, f.Attachment)
	}
	if len(all) > maxAttachments {
		return nil, bad("too many attachments")
	}
	return all, nil
}

func (s *Server) download(w http.ResponseWriter, r *http.Request, name string) {
	if before(w, r, s.fault("file", 0), nil) {
		return
	}
	id, _, _ := strings.Cut(name, ".")
	s.mu.Lock()
	var data []byte
	for at, f := range s.files {
		if strings.HasSuffix(at, "_"+id) {
			data = f.data
		}
	}
	s.mu.Unlock()
	if data == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(data))
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}

// Move says where the file of a message is from now on.
func (s *Server) Move(a Attachment, url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.sent(a)
	switch {
	case f == nil:
	case f.Photo != nil:
		f.Photo.Sizes = []Size{{"x", url, 604, 453}}
	case f.Doc != nil:
		f.Doc.URL = url
	default:
		f.Voice.OGG, f.Voice.MP3 = url, url
	}
}

// File is the bytes of a file that anybody sent; nil = it is none.
func (s *Server) File(a Attachment) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.sent(a); f != nil {
		return f.data
	}
	return nil
}

func (s *Server) sent(a Attachment) *stored {
	for _, f := range s.files {
		same := a.Photo != nil && f.Photo != nil && f.Photo.ID == a.Photo.ID ||
			a.Doc != nil && f.Doc != nil && f.Doc.ID == a.Doc.ID || a.Voice != nil && f.Voice != nil && f.Voice.ID == a.Voice.ID
		if same {
			return f
		}
	}
	return nil
}
