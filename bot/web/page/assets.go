package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"slices"
	"strings"
)

//go:embed assets/*.css assets/*.js assets/*.svg
var own embed.FS

//go:embed assets/vendor/*.js
var others embed.FS

// shared are the assets of every page, vendor the libraries among them. They are constant.
var (
	shared = NewAssets("desk", own)
	vendor = NewAssets("vendor", others)
)

// Assets are a page's styles, scripts and pictures. Each is served under a path with its content's hash, so that
// browsers keep it for ever.
type Assets struct {
	paths map[string]string // file → path
	files map[string][]byte // path → content
}

// NewAssets takes the files (any folder of files) of the page of that name; they are part of the program.
func NewAssets(name string, files fs.FS) *Assets {
	a := &Assets{map[string]string{}, map[string][]byte{}}
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		kind := path.Ext(file)
		at := "/desk/assets/" + name + "/" + strings.TrimSuffix(path.Base(file), kind) + "." + hex.EncodeToString(sum[:6]) + kind
		a.paths[path.Base(file)], a.files[at] = at, body
		return nil
	})
	if err != nil {
		panic(err) // embedded files can be read
	}
	return a
}

// Path under which the file is served.
func (a *Assets) Path(file string) string { return a.paths[file] }

// Routes serve the files to everybody.
func (a *Assets) Routes() (all []Route) {
	for at := range a.files {
		all = append(all, Route{Pattern: "GET " + at, Public: true, Handle: a.serve})
	}
	return all
}

func (a *Assets) serve(q *Request) error {
	at := q.R.URL.Path
	h := q.W.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(at)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	q.deliver(a.files[at])
	return nil
}

// of are the paths of the files of a kind (".css"), sorted.
func (a *Assets) of(kind string) (paths []string) {
	for file, at := range a.paths {
		if path.Ext(file) == kind {
			paths = append(paths, at)
		}
	}
	slices.Sort(paths)
	return paths
}

// all files of a kind that the layout loads: what every page has, then the page's own.
func (q *Request) all(kind string) (paths []string) {
	for _, a := range append([]*Assets{shared}, q.assets...) {
		paths = append(paths, a.of(kind)...)
	}
	return paths
}
