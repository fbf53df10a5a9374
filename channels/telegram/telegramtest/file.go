package telegramtest

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

const (
	maxPhoto    = 10 << 20
	maxDocument = 50 << 20
	maxDownload = 20 << 20 // what getFile gives to a bot
)

type stored struct {
	Attachment
	kind string
	path string
	data []byte
}

// keep stores a file, sent by anybody.
func (s *Server) keep(kind, name, kindOf string, data []byte) Attachment {
	s.ids.file++
	if kindOf == "" {
		kindOf = mime.TypeByExtension(path.Ext(name))
	}
	f := &stored{kind: kind, data: data}
	f.Attachment = Attachment{ID: fmt.Sprintf("AgAC%s%d", kind, s.ids.file), Unique: fmt.Sprintf("AQAD%d", s.ids.file), Size: int64(len(data))}
	f.path = fmt.Sprintf("%ss/file_%d%s", kind, s.ids.file, path.Ext(name))
	if kind == "photo" {
		f.Width, f.Height = 800, 600
	} else {
		f.Name, f.MIME = name, kindOf
	}
	s.files[f.ID] = f
	return f.Attachment
}

// attach is the file of a call: uploaded, or one that the server has, by its id.
func (s *Server) attach(p *params, kind string) (Attachment, *refusal) {
	given := p.text(kind)
	up, uploaded := p.files[kind]
	if name, ok := strings.CutPrefix(given, "attach://"); ok {
		up, uploaded = p.files[name]
	}
	if !uploaded {
		f, known := s.files[given]
		switch {
		case !known:
			return Attachment{}, bad("wrong file identifier/HTTP URL specified")
		case f.kind != kind:
			return Attachment{}, bad("can't use file of type " + title(f.kind) + " as " + title(kind))
		}
		return f.Attachment, nil
	}
	switch {
	case len(up.data) == 0:
		return Attachment{}, bad("file must be non-empty")
	case kind == "photo" && len(up.data) > maxPhoto, len(up.data) > maxDocument:
		return Attachment{}, &refusal{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	case kind == "photo" && !strings.HasPrefix(http.DetectContentType(up.data), "image/"):
		return Attachment{}, bad("IMAGE_PROCESS_FAILED")
	}
	if up.mime == "application/octet-stream" {
		up.mime = "" // the form's way to say nothing
	}
	return s.keep(kind, up.name, up.mime, up.data), nil
}

func title(kind string) string { return strings.ToUpper(kind[:1]) + kind[1:] }

func (s *Server) getFile(p *params) (any, *refusal) {
	f, known := s.files[p.text("file_id")]
	switch {
	case !known:
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	case f.Size > maxDownload:
		return nil, bad("file is too big")
	}
	return struct {
		ID     string `json:"file_id"`
		Unique string `json:"file_unique_id"`
		Size   int64  `json:"file_size"`
		Path   string `json:"file_path"`
	}{f.ID, f.Unique, f.Size, f.path}, nil
}

func (s *Server) download(w http.ResponseWriter, path string) {
	s.mu.Lock()
	var data []byte
	for _, f := range s.files {
		if f.path == path {
			data = f.data
		}
	}
	s.mu.Unlock()
	if data == nil {
		answer(w, nil, &refusal{code: 404, text: "Not Found"})
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data)
}

// File is the bytes of a file that anybody sent; nil = there is none.
func (s *Server) File(id string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, known := s.files[id]; known {
		return f.data
	}
	return nil
}
