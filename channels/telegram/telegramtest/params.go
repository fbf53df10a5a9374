package telegramtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
)

// params are the arguments of one call, in whatever way they were sent. Nested objects are JSON.
type params struct {
	values map[string]string
	files  map[string]upload
}

type upload struct {
	name, mime string
	data       []byte
}

// read takes multipart/form-data, application/json and urlencoded forms, as the Bot API does.
func read(r *http.Request) (*params, error) {
	p := &params{values: map[string]string{}, files: map[string]upload{}}
	for name, v := range r.URL.Query() {
		p.values[name] = v[0]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return p, p.json(r.Body)
	case "multipart/form-data":
		return p, p.multipart(r)
	default:
		err := r.ParseForm()
		for name, v := range r.PostForm {
			p.values[name] = v[0]
		}
		return p, err
	}
}

func (p *params) json(body io.Reader) error {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&fields); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for name, raw := range fields {
		var text string
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &text) == nil:
			p.values[name] = text
		default:
			p.values[name] = string(raw)
		}
	}
	return nil
}

func (p *params) multipart(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) { // also of a form without any part
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			p.values[part.FormName()] = string(data)
		} else {
			p.files[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
		}
	}
}

func (p *params) text(name string) string { return p.values[name] }

func (p *params) number(name string) int64 {
	n, _ := strconv.ParseInt(p.values[name], 10, 64)
	return n
}

func (p *params) yes(name string) bool { return p.values[name] == "true" || p.values[name] == "1" }

// object decodes a nested one; absent is no mistake.
func (p *params) object(name string, into any) error {
	if p.values[name] == "" {
		return nil
	}
	return json.Unmarshal([]byte(p.values[name]), into)
}

// plain is how the call is written down: files by their names.
func (p *params) plain() map[string]string {
	for name, f := range p.files {
		p.values[name] = "file:" + f.name
	}
	return p.values
}
