//go:build !linux

package main

import (
	"os"
	"os/exec"
)

// silence lets a terminal show nothing of what is typed until it is restored.
func silence(terminal *os.File) (restore func(), err error) {
	stty := func(mode string) error {
		cmd := exec.Command("stty", mode)
		cmd.Stdin = terminal
		return cmd.Run()
	}
	return func() { _ = stty("echo") }, stty("-echo")
}
