package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Postgres gives the address of an empty database of a real server, dropped at the test's end. The
// server is TEST_POSTGRES_URL or else a cluster that this test process starts for itself. Without a
// PostgreSQL the test is skipped, except with CI set: there it fails.
func Postgres(t testing.TB) string {
	t.Helper()
	return database(t, cluster)
}

// DurablePostgres is Postgres by a server that keeps what it promised through a power cut, as a clinic's does: for
// measurements.
func DurablePostgres(t testing.TB) string {
	t.Helper()
	return database(t, durable)
}

func database(t testing.TB, of func() (server, error)) string {
	t.Helper()
	cluster, err := of()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no PostgreSQL to test with: %v", err)
		}
		t.Skipf("NOT TESTED ON POSTGRESQL: %v; install postgresql or set TEST_POSTGRES_URL", err)
	}
	name := fmt.Sprintf("careline_test_%d_%d", os.Getpid(), databases.Add(1))
	ask(t, cluster.url, "CREATE DATABASE "+name)
	t.Cleanup(func() { ask(t, cluster.url, "DROP DATABASE "+name+" WITH (FORCE)") })
	address, err := url.Parse(cluster.url)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

var databases atomic.Int64

func ask(t testing.TB, server, text string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, text); err != nil {
		t.Fatal(err)
	}
}

// cluster and durable are the servers of this process.
var (
	cluster = sync.OnceValues(func() (server, error) { return launch("-c fsync=off -c full_page_writes=off -c max_connections=200") })
	durable = sync.OnceValues(func() (server, error) { return launch("-c shared_buffers=256MB -c max_wal_size=4GB") })
)

func launch(settings string) (server, error) {
	if given := os.Getenv("TEST_POSTGRES_URL"); given != "" {
		return server{url: given}, nil
	}
	bin, err := binaries()
	if err != nil {
		return server{}, err
	}
	folder, err := os.MkdirTemp("", "careline-pg")
	if err != nil {
		return server{}, err
	}
	process, err := start(bin, folder, settings)
	return server{"postgres://postgres@/postgres?host=" + url.QueryEscape(folder), process}, err
}

// server is a cluster and the process behind it, which ends when nothing refers to its input any more.
type server struct {
	url     string
	process *exec.Cmd
}

func binaries() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("there is no initdb in PATH or /usr/lib/postgresql")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// life of a cluster: it says "ready" and ends when its input does, that is with the test process,
// however that one ends.
const life = `
PATH="$1:$PATH"
initdb -D data -U postgres -A trust -E UTF8 --no-locale --no-sync >log 2>&1 &&
pg_ctl -D data -l log -w -o "-c listen_addresses='' -k '$2' $3" start >>log 2>&1 &&
echo ready || cat log
read _
pg_ctl -D data -m immediate stop >/dev/null 2>&1
rm -rf "$2"
`

func start(bin, folder, settings string) (*exec.Cmd, error) {
	cmd := exec.Command("/bin/sh", "-c", life, "sh", bin, folder, settings)
	cmd.Dir = folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt from the keyboard is for the tests
	if os.Geteuid() == 0 {
		uid, gid, err := nobody()
		if err != nil {
			return nil, err
		}
		if err := os.Chown(folder, int(uid), int(gid)); err != nil {
			return nil, err
		}
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if line != "ready\n" {
		return nil, fmt.Errorf("starting a PostgreSQL: %s", line)
	}
	return cmd, nil
}

// nobody is the user for a server that refuses to run as root.
func nobody() (uid, gid uint32, err error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		id, err1 := strconv.ParseUint(u.Uid, 10, 32)
		group, err2 := strconv.ParseUint(u.Gid, 10, 32)
		return uint32(id), uint32(group), errors.Join(err1, err2)
	}
	return 0, 0, errors.New("there is no user postgres or nobody to run a PostgreSQL")
}
