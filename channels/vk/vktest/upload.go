package vktest

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	maxPhoto = 50 << 20
	maxDoc   = 200 << 20
)

// upload is a file that was brought and not saved yet.
type upload struct {
	kind, name string
	data       []byte
}

func (s *Server) photoServer(p *params) (any, *refusal) {
	return map[string]any{"upload_url": s.uploadURL("photo"), "album_id": -64, "group_id": 0, "user_id": 0}, nil
}

func (s *Server) docServer(p *params) (any, *refusal) {
	kind := p.text("type")
	switch kind {
	case "":
		kind = "doc"
	case "doc", "audio_message":
	default:
		return nil, bad("type is invalid")
	}
	if _, known := s.chats[p.peer()]; !known {
		return nil, bad("peer_id is invalid")
	}
	return map[string]string{"upload_url": s.uploadURL(kind)}, nil
}

func (s *Server) uploadURL(kind string) string {
	s.ids.upload++
	return fmt.Sprintf("%s/upload/%s/%d", s.url, kind, s.ids.upload)
}

// upload takes a file; what it answers is to be given to the method that saves it.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, place string) {
	call := Call{Method: "upload", At: s.o.Now()}
	fault := s.fault("upload", 0)
	call.Code, call.Fault = fault.code(), fault.kind.String()
	if fault.kind == refused {
		send(w, http.StatusOK, uploadError{fault.refused.text, ""})
	} else if !before(w, r, fault, nil) {
		kind, number, _ := strings.Cut(place, "/")
		result := s.uploaded(r, kind, number)
		if !after(w, fault, result) {
			send(w, http.StatusOK, result)
		}
	}
	s.note(call)
}

type uploadError struct {
	Error string `json:"error"`
	Text  string `json:"error_descr"`
}

// never is what a document must not be.
var never = []string{".exe", ".mp3", ".bat", ".apk", ".jar"}

func (s *Server) uploaded(r *http.Request, kind, number string) any {
	field, most := "file", int64(maxDoc)
	if kind == "photo" {
		field, most = "photo", maxPhoto
	}
	file, head, err := r.FormFile(field)
	if err != nil {
		return uploadError{"no_file", "there is no " + field}
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	switch {
	case err != nil || len(data) == 0 || int64(len(data)) > most:
		return uploadError{"wrong_size", "wrong size of the file"}
	case kind == "photo" && !strings.HasPrefix(http.DetectContentType(data), "image/"):
		return map[string]any{"server": 1, "photo": "[]", "hash": "0"}
	case slices.Contains(never, strings.ToLower(path.Ext(head.Filename))):
		return uploadError{"unsupported_extension", "files of this kind are not taken"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	token := fmt.Sprintf("%s|%s|%08x", kind, number, hash(number))
	s.uploads[token] = &upload{kind: kind, name: head.Filename, data: data}
	if kind == "photo" {
		return map[string]any{"server": 1, "photo": token, "hash": fmt.Sprintf("%08x", hash(number))}
	}
	return map[string]string{"file": token}
}

func (s *Server) savePhoto(p *params) (any, *refusal) {
	u, brought := s.uploads[p.text("photo")]
	_, err := strconv.Atoi(p.text("server"))
	if !brought || u.kind != "photo" || err != nil || !p.has("hash") {
		return nil, bad("photos_list is invalid")
	}
	delete(s.uploads, p.text("photo"))
	return []Photo{*s.keep("photo", -s.o.GroupID, u.name, u.data).Photo}, nil
}

func (s *Server) saveDoc(p *params) (any, *refusal) {
	u, brought := s.uploads[p.text("file")]
	if !brought || u.kind == "photo" {
		return nil, &refusal{105, "Couldn't save file"}
	}
	delete(s.uploads, p.text("file"))
	if p.has("title") {
		u.name = p.text("title")
	}
	a := s.keep(u.kind, -s.o.GroupID, u.name, u.data)
	if a.Voice != nil {
		return map[string]any{"type": u.kind, "audio_message": a.Voice}, nil
	}
	return map[string]any{"type": u.kind, "doc": a.Doc}, nil
}
