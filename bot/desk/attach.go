package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"careline/channels"
	"careline/store"
)

// MaxFile is the size of a file in bytes that goes through the desk, either way.
const MaxFile = 10 << 20

// Kept begins the ref of a file that the store keeps for us.
const Kept = "desk-"

// Why a file is not to be had.
var (
	ErrTooBig = errors.New("the file is too big")
	ErrNoFile = errors.New("there is no such file")
)

// Upload keeps a file until it is sent to the chat: as a photo when it is one that all messengers show, else as a
// document. n tells the files of one act apart. ErrEmpty, ErrTooBig, ErrProgram, ErrErased.
func (f *Front) Upload(ctx context.Context, tx store.Tx, a Act, n int, name string, data []byte, now time.Time) (channels.File, error) {
	switch {
	case len(data) == 0:
		return channels.File{}, ErrEmpty
	case len(data) > MaxFile:
		return channels.File{}, ErrTooBig
	case isProgram(name, data):
		return channels.File{}, ErrProgram
	}
	c, err := living(ctx, tx, a.Contact)
	if err != nil {
		return channels.File{}, err
	}
	file := channels.File{Kind: channels.Document, Name: fileName(name), MIME: sniffed(data), Size: int64(len(data))}
	if file.MIME == "image/jpeg" || file.MIME == "image/png" {
		file.Kind = channels.Photo
	}
	file.Ref = Kept + keyOf("file", a.key(), fmt.Sprint(n))
	err = tx.PutFile(ctx, store.File{
		Ref: file.Ref, Channel: c.Channel, Chat: c.Chat, Name: file.Name, Kind: string(file.Kind), MIME: file.MIME, Data: data, CreatedAt: now,
	})
	return file, wrap("keeping a file", err)
}

// sniffed is what the bytes are, whatever the name says.
func sniffed(data []byte) string {
	kind, _, err := mime.ParseMediaType(http.DetectContentType(data))
	if err != nil {
		return "application/octet-stream"
	}
	return kind
}

// longestName is how many bytes a file's name may have.
const longestName = 100

// fileName is a name without a path or unseen characters.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, name)
	ext := path.Ext(name)
	for len(name) > longestName && len(ext) < longestName {
		stem := strings.TrimSuffix(name, ext)
		_, size := utf8.DecodeLastRuneInString(stem)
		name = stem[:len(stem)-size] + ext
	}
	if name == "." || name == "/" || name == "" || len(name) > longestName {
		return "file"
	}
	return name
}

// Attachments are the files of chats, to be looked at by people at the desk.
type Attachments struct {
	Store    store.Store
	Channels []channels.Channel
}

// Open opens the nth file of a line of the chat. Its MIME is what the bytes are. ErrNoFile when it is not there (any
// more), ErrTooBig, ErrOff.
func (s *Attachments) Open(ctx context.Context, contact string, line int64, n int) (channels.File, io.ReadCloser, error) {
	var f channels.File
	var from channels.Address
	var kept []byte
	err := s.Store.Read(ctx, func(tx store.Tx) error {
		c, err := living(ctx, tx, contact)
		if err != nil {
			return err
		}
		from = channels.Address{Channel: channels.ID(c.Channel), Chat: c.Chat}
		if f, err = fileAt(ctx, tx, contact, line, n); err != nil {
			return err
		}
		if kept = f.Data; kept != nil || f.Ref == "" {
			return nil
		}
		stored, err := tx.FileIn(ctx, c.Channel, c.Chat, f.Ref)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		kept = stored.Data
		return err
	})
	switch {
	case err != nil:
		return f, nil, err
	case kept != nil:
		return whatItIs(f, io.NopCloser(bytes.NewReader(kept)))
	case f.Ref == "" || strings.HasPrefix(f.Ref, Kept):
		return f, nil, ErrNoFile
	case f.Size > MaxFile:
		return f, nil, ErrTooBig
	}
	return s.fetch(ctx, from, f)
}

// fetch asks the messenger that took the file.
func (s *Attachments) fetch(ctx context.Context, from channels.Address, f channels.File) (channels.File, io.ReadCloser, error) {
	i := slices.IndexFunc(s.Channels, func(c channels.Channel) bool { return c.ID() == from.Channel })
	if i < 0 {
		return f, nil, ErrOff
	}
	opener, ok := s.Channels[i].(channels.Opener)
	if !ok {
		return f, nil, ErrNoFile
	}
	body, err := opener.Open(ctx, from, f)
	if errors.Is(err, channels.ErrGone) {
		return f, nil, ErrNoFile
	} else if err != nil {
		return f, nil, fmt.Errorf("opening a file of %s: %w", from.Channel, err)
	}
	return whatItIs(f, body)
}

// whatItIs reads the beginning of a file, and refuses more than MaxFile of it.
func whatItIs(f channels.File, body io.ReadCloser) (channels.File, io.ReadCloser, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		_ = body.Close() // it is of no use
		return f, nil, fmt.Errorf("reading a file: %w", err)
	}
	f.MIME, f.Data = sniffed(head[:n]), nil
	whole := io.MultiReader(bytes.NewReader(head[:n]), body)
	return f, struct {
		io.Reader
		io.Closer
	}{io.LimitReader(whole, MaxFile), body}, nil
}

// fileAt is the nth file of a line.
func fileAt(ctx context.Context, tx store.Tx, contact string, line int64, n int) (channels.File, error) {
	found, err := tx.History(ctx, contact, line-1, line+1, 1)
	if err != nil {
		return channels.File{}, fmt.Errorf("reading a line: %w", err)
	}
	if len(found) == 0 || found[0].Seq != line {
		return channels.File{}, ErrNoFile
	}
	var m struct {
		Files []channels.File `json:"files"`
	}
	if err := json.Unmarshal(found[0].Payload, &m); err != nil {
		return channels.File{}, fmt.Errorf("reading a line: %w", err)
	}
	if n < 0 || n >= len(m.Files) {
		return channels.File{}, ErrNoFile
	}
	return m.Files[n], nil
}
