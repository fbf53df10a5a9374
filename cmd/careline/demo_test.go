package main

import (
	"bufio"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The demo tells where it is, takes another port when its own is taken, and ends at once though pages are open.
func TestTheDemoOpensAndEnds(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	cmd := command(t, t.TempDir(), nil, "demo", "--listen", taken.Addr().String())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log := &journal{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, process: cmd, log: log}
	t.Cleanup(s.kill)
	said := bufio.NewScanner(out)
	page := regexp.MustCompile(`http://([^/]+)/demo/`)
	for said.Scan() {
		if found := page.FindStringSubmatch(said.Text()); found != nil {
			s.address = found[1]
		}
		if strings.Contains(said.Text(), "Ctrl-C") {
			break
		}
	}
	if s.address == "" || s.address == taken.Addr().String() {
		t.Fatalf("the demo is at %q\n%s", s.address, log)
	}
	s.until("/demo/", http.StatusOK)
	s.until("/readyz", http.StatusOK)
	p := s.visit(t, 1)
	p.say("/start", "")
	for _, path := range []string{"/chat/events", "/demo/events"} { // pages that stay open
		if answer := p.ask("GET", path, ""); answer != nil {
			defer answer.Body.Close()
		}
	}
	s.stop()
	tmp := temporary(cmd.Env)
	if left, err := filepath.Glob(filepath.Join(tmp, "careline-*")); err != nil || len(left) > 0 {
		t.Errorf("the demo leaves %v, %v", left, err)
	}
}

func temporary(env []string) string {
	for _, e := range env {
		if dir, ok := strings.CutPrefix(e, "TMPDIR="); ok {
			return dir
		}
	}
	return os.TempDir()
}
