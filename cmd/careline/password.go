package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// readPassword reads a password from the file, or from standard input: a terminal is asked twice and shows nothing.
func readPassword(cmd *cobra.Command, file string) (string, error) {
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		defer f.Close()
		return passwordIn(bufio.NewReader(f))
	}
	terminal, ok := cmd.InOrStdin().(*os.File)
	if info, err := statOf(terminal); !ok || err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return passwordIn(bufio.NewReader(cmd.InOrStdin()))
	}
	restore, err := silence(terminal)
	if errors.Is(err, syscall.ENOTTY) { // /dev/null, in a script
		return passwordIn(bufio.NewReader(terminal))
	}
	if err != nil {
		return "", errors.New("this terminal cannot hide what is typed; use --password-file")
	}
	defer restore()
	type answer struct {
		password string
		err      error
	}
	answered := make(chan answer, 1)
	go func() {
		password, err := askTwice(bufio.NewReader(terminal), cmd.ErrOrStderr())
		answered <- answer{password, err}
	}()
	select {
	case a := <-answered:
		return a.password, a.err
	case <-cmd.Context().Done(): // Ctrl-C
		return "", cmd.Context().Err()
	}
}

func askTwice(in *bufio.Reader, out io.Writer) (string, error) {
	var typed [2]string
	for i, question := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(out, question)
		var err error
		typed[i], err = passwordIn(in)
		fmt.Fprintln(out)
		if err != nil {
			return "", err
		}
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two passwords are not the same")
	}
	return typed[0], nil
}

func statOf(f *os.File) (os.FileInfo, error) {
	if f == nil {
		return nil, os.ErrInvalid
	}
	return f.Stat()
}

// passwordIn is the next line without its end.
func passwordIn(r *bufio.Reader) (string, error) {
	text, err := r.ReadString('\n')
	text = strings.TrimRight(text, "\r\n")
	if err != nil && (!errors.Is(err, io.EOF) || text == "") {
		return "", errors.New("no password was given; type it, pipe it, or name a --password-file")
	}
	return text, nil
}
