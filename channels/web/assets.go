package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"path"
)

//go:embed assets
var files embed.FS

var pageTemplate = template.Must(template.ParseFS(files, "assets/page.html"))

// scripts and styles of the page, in the order in which the page names them.
var pageAssets = []string{"chat.css", "icon.svg", "chat.js", "api.js", "stream.js", "outbox.js", "log.js", "bubble.js", "composer.js"}

// asset is a file that the browser keeps and asks about again.
type asset struct {
	kind, tag string
	body      []byte
	anywhere  bool // other sites may load it
}

func loadAssets(widget map[string]map[string]string) map[string]asset {
	assets := make(map[string]asset, len(pageAssets)+1)
	for _, name := range pageAssets {
		assets[name] = newAsset(name, embedded(name))
	}
	words, err := json.Marshal(widget)
	if err != nil {
		panic(err) // strings only
	}
	// widget.js is one function of its words.
	w := newAsset("widget.js", fmt.Appendf(nil, "%s(%s);\n", bytes.TrimRight(embedded("widget.js"), "\n;"), words))
	w.anywhere = true
	assets["widget.js"] = w
	return assets
}

func embedded(name string) []byte {
	body, err := files.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // part of the binary
	}
	return body
}

func newAsset(name string, body []byte) asset {
	sum := sha256.Sum256(body)
	return asset{kind: mime.TypeByExtension(path.Ext(name)), tag: `"` + hex.EncodeToString(sum[:8]) + `"`, body: body}
}

func (a asset) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	h := rw.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "no-cache") // asked about each time, sent again only when changed
	h.Set("ETag", a.tag)
	if a.anywhere {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if r.Header.Get("If-None-Match") == a.tag {
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = rw.Write(a.body) // the browser has gone: nobody to tell
}
