// Package bot puts the parts of careline together: New, Run, and a clean stop.
package bot

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Settings are what differs between one machine and another; everything that a marketer edits stands in the
// clinic's folder instead.
type Settings struct {
	Database string   // postgres://… or sqlite:PATH
	Listen   string   // host:port
	Public   string   // address under which patients reach us, https://chat.clinic.ru; for links in messages
	FramedBy []string // sites that may show the chat in a frame: https://clinic.ru
	// ProxyHeader is the header in which our own proxy names the client: X-Real-IP, X-Forwarded-For. Empty =
	// no proxy, and nobody's header is believed.
	ProxyHeader string
	Secret      []byte // seals what may not be kept in the clear
}

// variable is one setting of the environment. Each may also stand in a file that NAME_FILE names.
type variable struct {
	name, about, fallback string
}

var (
	databaseVar = variable{"CARELINE_DATABASE_URL", "postgres://user:password@host/name or sqlite:PATH", "sqlite:careline.db"}
	listenVar   = variable{"CARELINE_LISTEN", "address to serve on, host:port", "127.0.0.1:8080"}
	publicVar   = variable{"CARELINE_PUBLIC_URL", "address under which patients reach this server, for links in messages", ""}
	framedVar   = variable{"CARELINE_WIDGET_SITES", "sites that may show the chat in a frame, by commas: https://clinic.ru,https://www.clinic.ru", ""}
	proxyVar    = variable{"CARELINE_PROXY_HEADER", "header in which your own proxy names the client, X-Real-IP or X-Forwarded-For; without it all behind a proxy share one limit", ""}
	secretVar   = variable{"CARELINE_SECRET", "any long random text; seals what may not be stored in the clear. With SQLite one is made beside the database", ""}
)

// Variables lists the settings of the environment for manuals: name, meaning, default.
func Variables() [][3]string {
	var list [][3]string
	for _, v := range []variable{databaseVar, listenVar, publicVar, framedVar, proxyVar, secretVar} {
		list = append(list, [3]string{v.name, v.about, v.fallback})
	}
	return list
}

// SettingsFrom reads the environment and tells everything that is wrong at once. A relative SQLite path
// is under dir.
func SettingsFrom(getenv func(string) string, dir string) (Settings, error) {
	r := reader{getenv: getenv}
	s := Settings{
		Database:    r.database(dir),
		Listen:      r.listen(),
		Public:      r.public(),
		FramedBy:    r.sites(),
		ProxyHeader: r.read(proxyVar),
	}
	s.Secret = r.secret(s.Database)
	return s, errors.Join(r.wrong...)
}

// ListenAddress is the address that a server started with the same environment serves on.
func ListenAddress(getenv func(string) string) string {
	return (&reader{getenv: getenv}).read(listenVar)
}

type reader struct {
	getenv func(string) string
	wrong  []error
}

func (r *reader) bad(v variable, format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf("%s: %s; expected: %s", v.name, fmt.Sprintf(format, args...), v.about))
}

func (r *reader) read(v variable) string {
	direct, file := r.getenv(v.name), r.getenv(v.name+"_FILE")
	switch {
	case direct != "" && file != "":
		r.bad(v, "set twice, also by %s_FILE", v.name)
	case file != "":
		content, err := os.ReadFile(file)
		if err != nil {
			r.bad(v, "cannot read the file that %s_FILE names: %v", v.name, errors.Unwrap(err))
			return ""
		}
		return strings.TrimSpace(string(content))
	case direct == "":
		return v.fallback
	}
	return direct
}

func (r *reader) database(dir string) string {
	value := r.read(databaseVar)
	if path, ok := strings.CutPrefix(value, "sqlite:"); ok {
		if path == "" {
			r.bad(databaseVar, "no path after sqlite:")
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		return "sqlite:" + path
	}
	u, err := url.Parse(value)
	if err != nil || !slices.Contains([]string{"postgres", "postgresql"}, u.Scheme) {
		r.bad(databaseVar, "not a database address") // never the value: it holds a password
	}
	return value
}

func (r *reader) listen() string {
	value := r.read(listenVar)
	if _, _, err := net.SplitHostPort(value); err != nil {
		r.bad(listenVar, "%q is not host:port", value)
	}
	return value
}

func (r *reader) public() string {
	value := strings.TrimRight(r.read(publicVar), "/")
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		r.bad(publicVar, "%q is not an http address", value)
	}
	return value
}

func (r *reader) sites() []string {
	var sites []string
	for site := range strings.SplitSeq(r.read(framedVar), ",") {
		if site = strings.TrimRight(strings.TrimSpace(site), "/"); site == "" {
			continue
		}
		u, err := url.Parse(site)
		if err != nil || u.Host == "" || u.Path != "" || !strings.HasPrefix(u.Scheme, "http") {
			r.bad(framedVar, "%q is not the address of a site", site)
			continue
		}
		sites = append(sites, site)
	}
	return sites
}

// secret is given, or made once and kept beside a SQLite database. Several processes on one PostgreSQL must
// share it, so there it has to be given.
func (r *reader) secret(database string) []byte {
	value := r.read(secretVar)
	if value != "" {
		if len(value) < 16 {
			r.bad(secretVar, "too short, 16 characters at least")
		}
		return []byte(value)
	}
	path, ok := strings.CutPrefix(database, "sqlite:")
	if !ok {
		r.bad(secretVar, "not set")
		return nil
	}
	made, err := keptSecret(path + ".secret")
	if err != nil {
		r.bad(secretVar, "not set, and none could be kept beside the database: %v", err)
	}
	return made
}

// keptSecret reads the secret of an earlier start, or makes one that only we may read.
func keptSecret(path string) ([]byte, error) {
	if content, err := os.ReadFile(path); err == nil && len(content) >= 16 {
		return content, nil
	}
	made := []byte(base64.RawStdEncoding.EncodeToString(random(32)))
	return made, os.WriteFile(path, made, 0o600)
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
	return b
}
