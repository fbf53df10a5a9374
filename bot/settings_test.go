package bot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestNothingSetMeansSQLiteBesideTheClinic(t *testing.T) {
	dir := t.TempDir()
	s, err := SettingsFrom(env(nil), dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := "sqlite:" + filepath.Join(dir, "careline.db"); s.Database != want {
		t.Errorf("database = %s, want %s", s.Database, want)
	}
	again, err := SettingsFrom(env(nil), dir)
	if err != nil || string(again.Secret) != string(s.Secret) {
		t.Errorf("the secret of the first start is not kept: %v", err)
	}
}

func TestEverythingWrongIsToldAtOnceAndNoSecretWithIt(t *testing.T) {
	_, err := SettingsFrom(env(map[string]string{
		"CARELINE_DATABASE_URL": "mysql://root:hunter2@db/x", "CARELINE_LISTEN": "8080", "CARELINE_PUBLIC_URL": "clinic", "CARELINE_SECRET": "short",
	}), t.TempDir())
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"CARELINE_DATABASE_URL", "CARELINE_LISTEN", "CARELINE_PUBLIC_URL", "CARELINE_SECRET"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not told:\n%v", name, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Error("the password is told")
	}
}

func TestSecretsAlsoComeFromFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(file, []byte("postgres://u:p@db/careline\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := SettingsFrom(env(map[string]string{"CARELINE_DATABASE_URL_FILE": file, "CARELINE_SECRET": strings.Repeat("x", 32)}), t.TempDir())
	if err != nil || s.Database != "postgres://u:p@db/careline" {
		t.Errorf("got %q, %v", s.Database, err)
	}
	_, err = SettingsFrom(env(map[string]string{"CARELINE_DATABASE_URL": "postgres://u:p@db/careline"}), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "CARELINE_SECRET") {
		t.Errorf("PostgreSQL without a shared secret: %v", err)
	}
}

func TestSealedWordsAreUnreadableAndComeBack(t *testing.T) {
	a, err := newSealer([]byte("one secret of a clinic"))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := a.Seal([]byte("болит зуб"))
	if err != nil || strings.Contains(string(sealed), "болит") {
		t.Fatalf("sealed = %q, %v", sealed, err)
	}
	if plain, err := a.Open(sealed); err != nil || string(plain) != "болит зуб" {
		t.Errorf("opened = %q, %v", plain, err)
	}
	b, _ := newSealer([]byte("another secret of it"))
	if _, err := b.Open(sealed); err == nil {
		t.Error("opened with another secret")
	}
}
