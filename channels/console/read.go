package console

import (
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"careline/channels"
)

func (c *Console) incoming(text string) channels.Incoming {
	return channels.Incoming{
		From: chat, ID: c.options.NewID(), At: c.options.Now(), Text: text,
		Profile: channels.Profile{Language: c.options.Language},
	}
}

// read makes a message of a line: a command, the number of a button, or words.
func (c *Console) read(line string) (channels.Incoming, error) {
	line = strings.TrimSpace(line)
	command, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch command {
	case "/file":
		return c.file(rest)
	case "/phone":
		if rest == "" {
			rest = c.options.Phone
		}
		return c.shared(rest)
	case "/place":
		return c.place(rest)
	case "/start":
		m := c.incoming(command)
		m.Source = rest
		return m, nil
	}
	if b, ok := c.pressed(line); ok {
		return c.press(b)
	}
	return c.incoming(line), nil
}

// pressed finds the button that a number stands for; a label that reads like the number comes first.
func (c *Console) pressed(line string) (channels.Button, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.open {
		if b.Label == line {
			return b, true
		}
	}
	if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(c.open) {
		return c.open[n-1], true
	}
	return channels.Button{}, false
}

func (c *Console) press(b channels.Button) (channels.Incoming, error) {
	if b.Phone {
		return c.shared(c.options.Phone)
	}
	m := c.incoming(b.Label)
	if b.Toggle {
		m.Text = strings.TrimLeft(b.Label, "☑☐ ")
	}
	m.Choice = b.Data // of a keyboard none: there the label is written
	return m, nil
}

func (c *Console) shared(phone string) (channels.Incoming, error) {
	if phone == "" {
		return channels.Incoming{}, errUsage
	}
	m := c.incoming("")
	m.Shared = &channels.Shared{Phone: phone, Own: true}
	return m, nil
}

func (c *Console) place(at string) (channels.Incoming, error) {
	latitude, longitude, _ := strings.Cut(at, ",")
	north, err1 := strconv.ParseFloat(strings.TrimSpace(latitude), 64)
	east, err2 := strconv.ParseFloat(strings.TrimSpace(longitude), 64)
	if err1 != nil || err2 != nil {
		return channels.Incoming{}, errUsage
	}
	m := c.incoming("")
	m.Place = &channels.Place{Latitude: north, Longitude: east}
	return m, nil
}

// file attaches a file of this machine; its path is the reference.
func (c *Console) file(path string) (channels.Incoming, error) {
	if path == "" {
		return channels.Incoming{}, errUsage
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return channels.Incoming{}, fmt.Errorf("finding the file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return channels.Incoming{}, fmt.Errorf("opening the file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return channels.Incoming{}, fmt.Errorf("%s is no file", path)
	}
	f := channels.File{Kind: channels.Document, Name: info.Name(), MIME: mime.TypeByExtension(filepath.Ext(path)), Size: info.Size(), Ref: path}
	if f.MIME == "" {
		f.MIME = "application/octet-stream"
	}
	for kind, prefix := range map[channels.FileKind]string{channels.Photo: "image/", channels.Voice: "audio/", channels.Video: "video/"} {
		if strings.HasPrefix(f.MIME, prefix) {
			f.Kind = kind
		}
	}
	m := c.incoming("")
	m.Files = []channels.File{f}
	return m, nil
}
