package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/loadtest/peertest"
)

// asCommand makes the test binary be careline itself, so that the tests meet what a user meets.
const asCommand = "CARELINE_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run(localWhatsApp()))
	}
	if peertest.Called() {
		peertest.Main()
		return
	}
	code := m.Run()
	_ = os.RemoveAll(plainFolder)
	os.Exit(code)
}

// plainFolder is where plain was built, if it was.
var plainFolder string

// plain is careline built without the race detector: what a command prints in a blink needs none, servers do.
var plain = sync.OnceValues(func() (path string, err error) {
	if plainFolder, err = os.MkdirTemp("", "careline"); err != nil {
		return "", err
	}
	path = filepath.Join(plainFolder, "careline")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building careline: %w: %s", err, out)
	}
	return path, nil
})

// called is what became of a command.
type called struct {
	t        testing.TB
	line     string
	out, err string
	code     int
}

// careline calls the command in dir with in on its standard input.
func careline(t testing.TB, dir, in string, args ...string) called {
	t.Helper()
	return carelineWith(t, dir, nil, in, args...)
}

// carelineWith calls the command with these settings.
func carelineWith(t testing.TB, dir string, env []string, in string, args ...string) called {
	t.Helper()
	var out, failed bytes.Buffer
	cmd := command(t, dir, env, args...)
	if raced {
		path, err := plain()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path = path
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &failed
	tooLong := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer tooLong.Stop()
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return called{t, strings.Join(args, " "), out.String(), failed.String(), cmd.ProcessState.ExitCode()}
}

// command is careline with only these settings in its environment.
func command(t testing.TB, dir string, settings []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{asCommand + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + t.TempDir()}, settings...)
	return cmd
}

// well holds that the command succeeded and said all of these.
func (c called) well(says ...string) called {
	c.t.Helper()
	if c.code != 0 {
		c.t.Fatalf("careline %s ended with %d:\n%s%s", c.line, c.code, c.out, c.err)
	}
	for _, s := range says {
		if !strings.Contains(c.out, s) {
			c.t.Errorf("careline %s does not say %q:\n%s%s", c.line, s, c.out, c.err)
		}
	}
	return c
}

// badly holds that the command failed with exit status 1 and told all of these, in words for people.
func (c called) badly(tells ...string) called {
	c.t.Helper()
	if c.code != 1 {
		c.t.Errorf("careline %s ended with %d, want 1", c.line, c.code)
	}
	all := c.out + c.err
	for _, s := range tells {
		if !strings.Contains(all, s) {
			c.t.Errorf("careline %s does not tell %q:\n%s", c.line, s, all)
		}
	}
	if strings.TrimSpace(all) == "" {
		c.t.Errorf("careline %s fails without a word", c.line)
	}
	return c.calmly()
}

// calmly holds that nothing of the program's insides is shown.
func (c called) calmly() called {
	c.t.Helper()
	for _, s := range []string{"goroutine ", "panic", ".go:", "%!"} {
		if strings.Contains(c.out+c.err, s) {
			c.t.Errorf("careline %s shows its insides:\n%s%s", c.line, c.out, c.err)
		}
	}
	return c
}

// newClinic is a folder made by init.
func newClinic(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "clinic")
	careline(t, ".", "", "init", dir).well("A clinic stands in")
	return dir
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// edit replaces the first old in the file.
func edit(t testing.TB, path, old, new string) {
	t.Helper()
	content := read(t, path)
	if !strings.Contains(content, old) {
		t.Fatalf("%s has no %q", path, old)
	}
	write(t, path, strings.Replace(content, old, new, 1))
}
