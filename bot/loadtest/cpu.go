package loadtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	clockTick = time.Second / 100 // USER_HZ of every Linux that Go knows
	glance    = 100 * time.Millisecond
)

// Usage is what a process and its children used.
type Usage struct {
	CPU time.Duration // since they began, of children that ended too
	RSS int64         // bytes in memory at its highest
}

// Meter measures a process with its children; Linux only.
type Meter struct {
	pid   int
	begun time.Duration
	stop  chan struct{}
	done  sync.WaitGroup
	peak  int64
}

// Watch begins to measure.
func Watch(pid int) *Meter {
	m := &Meter{pid: pid, stop: make(chan struct{})}
	m.begun, m.peak = usage(pid)
	m.done.Go(func() {
		tick := time.NewTicker(glance)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_, rss := usage(pid)
				m.peak = max(m.peak, rss)
			case <-m.stop:
				return
			}
		}
	})
	return m
}

// End is what was used since Watch.
func (m *Meter) End() Usage {
	close(m.stop)
	m.done.Wait()
	cpu, rss := usage(m.pid)
	return Usage{CPU: cpu - m.begun, RSS: max(m.peak, rss)}
}

// usage adds up a process, its living descendants, and those children of each that have ended.
func usage(pid int) (cpu time.Duration, rss int64) {
	for _, p := range tree(pid) {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(fields) < 22 {
			continue
		}
		for _, field := range fields[11:15] { // utime, stime, cutime, cstime
			cpu += time.Duration(number(field)) * clockTick
		}
		rss += int64(number(fields[21])) * int64(os.Getpagesize())
	}
	return cpu, rss
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // the kernel writes numbers
	return n
}

func tree(pid int) []int {
	all := []int{pid}
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		children, _ := os.ReadFile(list) // it may have ended
		for _, child := range strings.Fields(string(children)) {
			all = append(all, tree(number(child))...)
		}
	}
	return all
}

// OwnCPU is the processor time of this process, without children.
func OwnCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Busy is how long all processors of the machine were busy since it started: what is left over after a measurement
// is the noise of others.
func Busy() (busy time.Duration) {
	stat, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(stat), "\n")
	for i, field := range strings.Fields(line) {
		if i == 1 || i == 2 || i == 3 || i == 6 || i == 7 { // user, nice, system, irq, softirq
			busy += time.Duration(number(field)) * clockTick
		}
	}
	return busy
}
