package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"time"

	"careline/channels"
	chat "careline/channels/web"
	"careline/store"
)

// Files are what patients attach in the web chat, and the clinic's own pictures.
type Files struct {
	Store  store.Store
	Clinic fs.FS
	Now    func() time.Time
}

// Put implements the web chat's Files. The reference follows from chat and key, so a repeated upload is the
// same file.
func (f Files) Put(ctx context.Context, name, key string, file channels.File, body io.Reader) (string, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return "", fmt.Errorf("reading an attachment: %w", err)
	}
	sum := sha256.Sum256([]byte(name + "\x00" + key))
	ref := hex.EncodeToString(sum[:16])
	err = f.Store.Tx(ctx, func(tx store.Tx) error {
		return tx.PutFile(ctx, store.File{
			Ref: ref, Channel: "web", Chat: name, Name: file.Name, Kind: string(file.Kind), MIME: file.MIME, Data: data, CreatedAt: f.Now(),
		})
	})
	return ref, err
}

// Open implements the web chat's Files.
func (f Files) Open(ctx context.Context, name, ref string) (channels.File, io.ReadCloser, error) {
	if strings.HasPrefix(ref, "media/") {
		return f.media(ref)
	}
	var kept store.File
	err := f.Store.Read(ctx, func(tx store.Tx) (err error) {
		kept, err = tx.FileIn(ctx, "web", name, ref)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return channels.File{}, nil, chat.ErrNoFile
	} else if err != nil {
		return channels.File{}, nil, err
	}
	file := channels.File{Kind: channels.FileKind(kept.Kind), Name: kept.Name, MIME: kept.MIME, Size: int64(len(kept.Data)), Ref: ref}
	return file, io.NopCloser(bytes.NewReader(kept.Data)), nil
}

func (f Files) media(ref string) (channels.File, io.ReadCloser, error) {
	body, err := f.Clinic.Open(ref)
	if err != nil {
		return channels.File{}, nil, chat.ErrNoFile
	}
	return channels.File{Kind: channels.Photo, Name: path.Base(ref), MIME: mime.TypeByExtension(path.Ext(ref)), Ref: ref}, body, nil
}
