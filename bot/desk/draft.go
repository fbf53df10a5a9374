package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/store"
)

// mostFiles is how many one reply may have: no messenger here takes more together.
const mostFiles = 10

// Why a file is not taken.
var (
	ErrTooMany = errors.New("there are too many files")
	ErrProgram = errors.New("the file is a program")
)

// programs are kinds of files that messengers refuse, or that would harm whoever opens them.
var programs = []string{
	".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".dmg", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".ps1", ".reg", ".scr", ".sh",
	".vbe", ".vbs", ".wsf",
}

func isProgram(name string, data []byte) bool {
	return slices.Contains(programs, strings.ToLower(path.Ext(name))) || bytes.HasPrefix(data, []byte("MZ")) || bytes.HasPrefix(data, []byte("\x7fELF"))
}

// Draft keeps a file that is to go with the account's next words to the chat. ErrEmpty, ErrTooBig, ErrProgram, ErrTooMany,
// ErrErased.
func (f *Front) Draft(ctx context.Context, tx store.Tx, a Act, name string, data []byte, now time.Time) (channels.File, error) {
	file, err := f.Upload(ctx, tx, a, 0, name, data, now)
	if err != nil {
		return file, err
	}
	before, err := tx.Drafts(ctx, a.By.ID, a.Contact)
	switch {
	case err != nil:
		return file, fmt.Errorf("reading files to be sent: %w", err)
	case len(before) >= mostFiles:
		return file, ErrTooMany
	}
	return file, tx.Draft(ctx, a.By.ID, a.Contact, file.Ref, now)
}

// Drafts are the files that are to go with the account's next words to the chat.
func (f *Front) Drafts(ctx context.Context, tx store.Tx, a Act) (files []channels.File, err error) {
	kept, err := tx.Drafts(ctx, a.By.ID, a.Contact)
	for _, k := range kept {
		files = append(files, channels.File{Kind: channels.FileKind(k.Kind), Name: k.Name, MIME: k.MIME, Size: k.Size, Ref: k.Ref})
	}
	return files, wrap("reading files to be sent", err)
}

// Discard removes a file that was not sent.
func (f *Front) Discard(ctx context.Context, tx store.Tx, a Act, ref string) error {
	return wrap("removing a file", tx.Undraft(ctx, a.By.ID, a.Contact, ref, false))
}

// drafted takes the files with the refs out of the account's drafts; ErrNoFile when one is not there.
func (f *Front) drafted(ctx context.Context, tx store.Tx, a Act, refs []string) (files []channels.File, err error) {
	if len(refs) == 0 {
		return nil, nil
	}
	kept, err := f.Drafts(ctx, tx, a)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		i := slices.IndexFunc(kept, func(k channels.File) bool { return k.Ref == ref })
		if i < 0 {
			return nil, ErrNoFile
		}
		if err := tx.Undraft(ctx, a.By.ID, a.Contact, ref, true); err != nil {
			return nil, fmt.Errorf("taking a file to be sent: %w", err)
		}
		files = append(files, kept[i])
	}
	return files, nil
}
