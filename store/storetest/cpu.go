package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// OwnCPU is the processor time that this process has used.
func OwnCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// ServerCPU tells the processor time that the server's processes of today have used; the server runs on this
// machine (Linux).
func ServerCPU(t testing.TB, server string) func() time.Duration {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	var backend int
	if err := conn.QueryRow(t.Context(), "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		t.Fatal(err)
	}
	father := parent(backend)
	return func() time.Duration {
		var sum time.Duration
		folders, _ := filepath.Glob("/proc/[0-9]*")
		for _, f := range folders {
			pid, _ := strconv.Atoi(filepath.Base(f))
			if pid == father || parent(pid) == father {
				sum += onCPU(pid)
			}
		}
		return sum
	}
}

// parent of a process; 0 when it is gone.
func parent(pid int) int {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n
}

// onCPU is how long a process of one thread was on a processor.
func onCPU(pid int) time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
	used, _, _ := strings.Cut(string(stat), " ")
	ns, _ := strconv.ParseInt(used, 10, 64)
	return time.Duration(ns)
}
