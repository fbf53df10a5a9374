package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"careline/bot/bottest"
)

// server is `careline serve` as a process of its own.
type server struct {
	t       testing.TB
	dir     string
	address string
	env     []string
	process *exec.Cmd
	log     *journal
}

// journal is what the server writes; it is read while it grows.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// serving prepares a server of the clinic in dir; begin starts it.
func serving(t testing.TB, dir string, env ...string) *server {
	t.Helper()
	s := &server{t: t, dir: dir, address: bottest.Address(t), log: &journal{}}
	s.env = append([]string{"CARELINE_LISTEN=" + s.address, "CARELINE_PROXY_HEADER=X-Real-IP"}, env...)
	t.Cleanup(func() {
		if s.process != nil && s.process.ProcessState == nil {
			s.kill()
		}
		if t.Failed() {
			t.Logf("the server's log:\n%.4000s", s.log)
		}
	})
	return s
}

// begin starts the process, and start waits until it is ready.
func (s *server) begin() {
	s.t.Helper()
	s.process = command(s.t, s.dir, s.env, "serve", s.dir)
	s.process.Stderr = s.log
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) start() (took time.Duration) {
	s.t.Helper()
	begun := time.Now()
	s.begin()
	s.until("/readyz", http.StatusOK)
	return time.Since(begun)
}

func (s *server) kill() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait() // its status is that it was killed
}

// stop asks the process to end and holds that it does, in time and without complaint. One that has only just begun
// hears nothing yet, and would be killed by being asked.
func (s *server) stop() {
	s.t.Helper()
	s.until("/healthz", http.StatusOK)
	begun := time.Now()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	tooLong := time.AfterFunc(40*time.Second, func() { _ = s.process.Process.Kill() })
	defer tooLong.Stop()
	if err := s.process.Wait(); err != nil || time.Since(begun) > 30*time.Second {
		s.t.Errorf("stopped after %v with %v", time.Since(begun), err)
	}
}

// get asks for a page; 0 = nobody answers.
func (s *server) get(path string) (status int, body string) {
	answer, err := http.Get("http://" + s.address + path)
	if err != nil {
		return 0, ""
	}
	defer answer.Body.Close()
	content, _ := io.ReadAll(answer.Body) // a page cut off is what a kill makes
	return answer.StatusCode, string(content)
}

// until waits for the page to answer so.
func (s *server) until(path string, status int) {
	s.t.Helper()
	eventually(s.t, fmt.Sprintf("%s answers %d", path, status), func() bool { got, _ := s.get(path); return got == status })
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); <-tick.C {
		if holds() {
			return
		}
	}
	t.Fatalf("waited in vain: %s", what)
}

func TestEverythingWrongWithTheSettingsIsToldAtOnce(t *testing.T) {
	dir := newClinic(t)
	cmd := command(t, dir, []string{
		"CARELINE_DATABASE_URL=mysql://root:hunter2@db/x", "CARELINE_LISTEN=8080", "CARELINE_PUBLIC_URL=clinic",
		"CARELINE_WIDGET_SITES=clinic.ru/page", "CARELINE_SECRET_FILE=/nowhere/secret",
	}, "serve")
	out, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
	for _, name := range []string{"DATABASE_URL", "LISTEN", "PUBLIC_URL", "WIDGET_SITES", "SECRET"} {
		if !strings.Contains(string(out), "CARELINE_"+name+": ") {
			t.Errorf("%s is not told:\n%s", name, out)
		}
	}
	if strings.Contains(string(out), "hunter2") {
		t.Error("the password is told")
	}
}

func TestATakenPortIsTold(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := serving(t, newClinic(t))
	s.env[0] = "CARELINE_LISTEN=" + l.Addr().String()
	s.begin()
	if err := s.process.Wait(); err == nil || !strings.Contains(s.log.String(), "free the address or set CARELINE_LISTEN") {
		t.Errorf("ended with %v: %s", err, s.log)
	}
}

func TestADatabaseThatCannotBeWrittenIsTold(t *testing.T) {
	t.Parallel()
	dir := newClinic(t)
	file := dir + "/careline.yaml"
	for _, path := range []string{file + "/deep/careline.db", file, dir} {
		s := serving(t, dir, "CARELINE_DATABASE_URL=sqlite:"+path, "CARELINE_SECRET="+strings.Repeat("x", 32))
		s.begin()
		if err := s.process.Wait(); err == nil || !strings.Contains(s.log.String(), strings.TrimSuffix(path, "/deep/careline.db")) {
			t.Errorf("with %s it ended with %v: %s", path, err, s.log)
		}
	}
	if !strings.Contains(read(t, file), "clinic:") {
		t.Error("careline.yaml is spoilt")
	}
}

// The server tells when it is ready; docs/performance.md has the figure that -v shows.
func TestServeGetsReady(t *testing.T) {
	t.Parallel()
	s := serving(t, newClinic(t))
	t.Logf("ready after %v", s.start())
	if code, body := s.get("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %q", code, body)
	}
	health := command(t, s.dir, s.env, "health")
	if out, err := health.CombinedOutput(); err != nil || string(out) != "ready\n" {
		t.Errorf("health: %v %s", err, out)
	}
	s.stop()
}
