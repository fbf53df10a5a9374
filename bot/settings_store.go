package bot

import (
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

var (
	databaseVar = variable{"CARELINE_DATABASE_URL", "postgres://user:password@host/name or sqlite:PATH", "sqlite:careline.db"}
	secretVar   = variable{"CARELINE_SECRET", "any long random text; seals what may not be stored in the clear. With SQLite one is made beside the database", ""}
)

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
