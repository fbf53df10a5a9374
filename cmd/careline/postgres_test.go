package main

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"careline/bot/bottest"
	"careline/store/postgres"
	"careline/store/storetest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// wire leads to a real PostgreSQL and can be cut.
type wire struct {
	t       testing.TB
	address string // where careline finds the database
	network string
	to      string

	mu       sync.Mutex
	listener net.Listener
	open     map[net.Conn]bool
}

// wireTo begins cut. Its url is what careline is told.
func wireTo(t testing.TB, database string) (w *wire, address string) {
	t.Helper()
	config, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{t: t, open: map[net.Conn]bool{}}
	w.network, w.to = pgconn.NetworkAddress(config.Host, config.Port)
	w.address = bottest.Address(t)
	t.Cleanup(w.cut)
	there := url.URL{Scheme: "postgres", User: url.UserPassword(config.User, config.Password), Host: w.address, Path: config.Database, RawQuery: "sslmode=disable"}
	return w, there.String()
}

func (w *wire) join() {
	w.t.Helper()
	l, err := net.Listen("tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.listener = l
	w.mu.Unlock()
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return // cut
			}
			far, err := net.Dial(w.network, w.to)
			if err != nil {
				_ = near.Close()
				continue
			}
			w.hold(near, far)
			go w.carry(near, far)
			go w.carry(far, near)
		}
	}()
}

func (w *wire) hold(conns ...net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range conns {
		w.open[c] = true
	}
}

func (w *wire) carry(to, from net.Conn) {
	_, _ = io.Copy(to, from) // ends when either side does
	_, _ = to.Close(), from.Close()
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.listener != nil {
		_ = w.listener.Close()
	}
	for c := range w.open {
		_ = c.Close()
	}
	clear(w.open)
}

// The server starts before its database, is there without it, and works as soon as it comes. While the database is
// gone nothing is acknowledged; when it is back everything goes on.
func TestADatabaseThatComesAndGoes(t *testing.T) {
	t.Parallel()
	database := storetest.Postgres(t)
	w, address := wireTo(t, database)
	s := serving(t, newClinic(t), "CARELINE_DATABASE_URL="+address, "CARELINE_SECRET="+strings.Repeat("x", 32))
	s.begin()
	s.until("/healthz", http.StatusOK)
	s.until("/readyz", http.StatusServiceUnavailable)
	early := s.visit(t, 1)
	if code := early.post("m0", "/start", ""); code != http.StatusServiceUnavailable {
		t.Errorf("before there is a database a message is answered with %d", code)
	}
	w.join()
	s.until("/readyz", http.StatusOK)

	all, done := crowd(t, s, 4)
	done.Wait()
	late := s.visit(t, 9)
	late.say("/start", "")
	w.cut()
	s.until("/readyz", http.StatusServiceUnavailable)
	if code, _ := s.get("/healthz"); code != http.StatusOK {
		t.Errorf("/healthz answers %d while the database is gone", code)
	}
	if code := late.post("m2", "адрес", ""); code < 500 {
		t.Errorf("while the database is gone a message is answered with %d", code)
	}
	w.join()
	s.until("/readyz", http.StatusOK)
	late.posts = 1
	late.said = nil
	late.say("Даю согласие", "") // m2 again, and this time it is taken
	done.Go(early.book)
	for range 3 { // cut while a patient walks
		w.cut()
		s.until("/readyz", http.StatusServiceUnavailable)
		w.join()
		s.until("/readyz", http.StatusOK)
	}
	done.Wait()
	s.stop()
	db, err := postgres.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	proveBooked(t, db, append(all, early))
}

// A server without its database stops as quickly as any other.
func TestAServerThatWaitsForItsDatabaseStops(t *testing.T) {
	t.Parallel()
	_, address := wireTo(t, "postgres://nobody@localhost/nothing")
	s := serving(t, newClinic(t), "CARELINE_DATABASE_URL="+address, "CARELINE_SECRET="+strings.Repeat("x", 32))
	s.begin()
	s.until("/readyz", http.StatusServiceUnavailable)
	s.stop()
	migrate := command(t, s.dir, s.env, "migrate")
	if out, err := migrate.CombinedOutput(); err == nil || !strings.Contains(string(out), "the database cannot be reached") {
		t.Errorf("migrate: %v\n%s", err, out)
	}
}
