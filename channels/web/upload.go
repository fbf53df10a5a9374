package web

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"

	"careline/channels"
)

const (
	maxUpload = 10 << 20 // bytes of all files of a message
	maxFiles  = 10
)

// readForm streams a form: first the field "message", then "file" up to maxFiles times.
func (w *Web) readForm(rw http.ResponseWriter, r *http.Request, chat string) (written, []channels.File, error) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxUpload+maxBody)
	form, err := r.MultipartReader()
	if err != nil {
		return written{}, nil, bad("form", "the body is not a form")
	}
	first, err := form.NextPart()
	if err != nil || first.FormName() != "message" {
		return written{}, nil, bad("form", "the first field is the message")
	}
	m, err := decode(http.MaxBytesReader(rw, first, maxBody))
	if err != nil {
		return m, nil, err
	}
	var files []channels.File
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || part.FormName() != "file" || len(files) == maxFiles {
			return m, nil, uploadFault(err)
		}
		f, err := w.keep(r, part, chat, m.ID+"/"+strconv.Itoa(len(files)))
		if err != nil {
			return m, nil, err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return m, nil, bad("empty", "a form has at least one file")
	}
	return m, files, nil
}

// keep stores one file by what it is, whatever its name says.
func (w *Web) keep(r *http.Request, part *multipart.Part, chat, key string) (channels.File, error) {
	body := bufio.NewReaderSize(part, 512)
	head, err := body.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return channels.File{}, uploadFault(err)
	}
	f := channels.File{Name: fileName(part.FileName())}
	if f.MIME, f.Kind = sniff(head, f.Name); f.MIME == "" {
		return f, &fault{http.StatusUnsupportedMediaType, "file_type", "photos, sound, video, PDF, office documents and plain text are taken"}
	}
	counted := &counter{r: body}
	f.Ref, err = w.options.Files.Put(r.Context(), chat, key, f, counted)
	if counted.err != nil {
		return f, uploadFault(counted.err)
	}
	if err != nil {
		return f, fmt.Errorf("storing a file: %w", err)
	}
	f.Size = counted.n
	return f, nil
}

// counter counts and remembers why reading failed: the browser's fault, not the storage's.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.n > maxUpload {
		err = &http.MaxBytesError{Limit: maxUpload}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

func uploadFault(err error) error {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return &fault{http.StatusRequestEntityTooLarge, "too_big", "files have at most 10 MB"}
	}
	return bad("form", "the form is broken")
}

// sniff tells a file by its first bytes; an empty type is not taken. Pages and scripts never are.
func sniff(head []byte, name string) (mimeType string, kind channels.FileKind) {
	mimeType, _, _ = strings.Cut(http.DetectContentType(head), ";")
	switch {
	case len(head) == 0:
		return "", ""
	case len(head) > 12 && bytes.Equal(head[4:8], []byte("ftyp")) && (bytes.HasPrefix(head[8:], []byte("hei")) || bytes.HasPrefix(head[8:], []byte("mif1"))):
		return "image/heic", channels.Photo
	case strings.HasPrefix(mimeType, "image/") && mimeType != "image/svg+xml":
		return mimeType, channels.Photo
	case strings.HasPrefix(mimeType, "audio/"), mimeType == "application/ogg":
		return mimeType, channels.Voice
	case strings.HasPrefix(mimeType, "video/"):
		return mimeType, channels.Video
	case mimeType == "application/pdf", mimeType == "text/plain":
		return mimeType, channels.Document
	case mimeType == "application/zip":
		return office[strings.ToLower(path.Ext(name))], channels.Document
	}
	return "", ""
}

// office documents are archives: only their name tells which.
var office = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".odt":  "application/vnd.oasis.opendocument.text",
	".zip":  "application/zip", // X-rays come in archives
}

func fileName(name string) string {
	name = strings.TrimSpace(strings.Map(visible, path.Base(strings.ReplaceAll(name, `\`, "/"))))
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	if runes := []rune(name); len(runes) > 120 {
		ext := path.Ext(name)
		if len(ext) > 10 {
			ext = ""
		}
		name = string(runes[:100]) + ext
	}
	return name
}
