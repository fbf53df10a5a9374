package vk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	maxFile     = 50 << 20             // bytes
	rememberFor = 180 * 24 * time.Hour // a file of the clinic; then it is brought to VK again
)

// file is one on its way into a chat.
type file struct {
	*channels.File
	data       []byte
	attachment string // as VK calls what it has
	name       string // under which the clinic's is remembered
	remembered bool
}

var attachmentShape = regexp.MustCompile(`^(photo|doc|video|audio)-?[0-9]+_[0-9]+(_[A-Za-z0-9_-]+)?(#[0-9]{1,18})?$`)

// file brings a file to VK, unless it is there: bytes of ours, a picture of the clinic ("media/…"), or what a person
// sent.
func (d *delivery) file(ctx context.Context, f *channels.File) (file, error) {
	one := file{File: f, data: f.Data}
	switch {
	case len(f.Data) > 0:
	case strings.HasPrefix(f.Ref, "media/"):
		data, err := d.media(f.Ref)
		if err != nil {
			return one, errMissing
		}
		one.data, one.name = data, fmt.Sprintf("file:%d:%s:%x", d.options.GroupID, f.Kind, sha256.Sum256(data))
		if one.attachment, err = d.options.Memory.Recall(ctx, one.name); err != nil {
			d.options.Log.WarnContext(ctx, "vk files that are there already are not known: they are brought again", "error", err)
		}
		one.remembered = one.attachment != ""
	case attachmentShape.MatchString(f.Ref):
		one.attachment, _, _ = strings.Cut(f.Ref, placed)
	}
	if one.attachment != "" {
		return one, nil
	}
	if len(one.data) == 0 || len(one.data) > maxFile {
		return one, errMissing
	}
	var err error
	one.attachment, err = d.upload(ctx, one)
	return one, err
}

var errMissing = &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "the file is not there, empty or too long"}

func (v *VK) media(ref string) ([]byte, error) {
	if v.options.Clinic == nil {
		return nil, errors.New("no folder of the clinic")
	}
	body, err := v.options.Clinic.Open(ref)
	if err != nil {
		return nil, fmt.Errorf("opening a file of the clinic: %w", err)
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, maxFile+1))
}

// upload brings a file to VK and remembers what is to be sent again. What is no picture to VK goes as a document.
func (d *delivery) upload(ctx context.Context, f file) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	defer cancel()
	attachment := ""
	var err error
	if f.Kind == channels.Photo {
		attachment, err = d.photo(ctx, f)
	}
	if err == nil && attachment == "" {
		attachment, err = d.document(ctx, f)
	}
	if err != nil || f.name == "" {
		return attachment, failure(err)
	}
	if err := d.options.Memory.Remember(ctx, f.name, attachment, d.options.Now().Add(rememberFor)); err != nil {
		d.options.Log.WarnContext(ctx, "vk has a file of the clinic, but that is not remembered", "error", err)
	}
	return attachment, nil
}

// photo is empty for what VK cannot show as one.
func (d *delivery) photo(ctx context.Context, f file) (string, error) {
	where := api.Params{"peer_id": d.peer}
	if f.name != "" { // it is for everybody
		where = api.Params{}
	}
	server, err := d.client.PhotosGetMessagesUploadServer(where.WithContext(ctx))
	if err != nil {
		return "", err
	}
	var taken struct {
		Server any    `json:"server"` // a number, or a string
		Photo  string `json:"photo"`
		Hash   string `json:"hash"`
	}
	if err := d.client.bring(ctx, server.UploadURL, "photo", f, &taken); err != nil {
		return "", err
	}
	if taken.Photo == "" || taken.Photo == "[]" {
		return "", nil
	}
	saved, err := d.client.PhotosSaveMessagesPhoto(api.Params{"server": number(taken.Server), "photo": taken.Photo, "hash": taken.Hash}.WithContext(ctx))
	if refusedWith(failure(err), api.ErrParamPhoto, api.ErrParam) || err == nil && len(saved) == 0 {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return withKey(saved[0].ToAttachment(), saved[0].AccessKey), nil
}

func (d *delivery) document(ctx context.Context, f file) (string, error) {
	server, err := d.client.DocsGetMessagesUploadServer(api.Params{"peer_id": d.peer, "type": "doc"}.WithContext(ctx))
	if err != nil {
		return "", err
	}
	var taken struct {
		File string `json:"file"`
	}
	if err := d.client.bring(ctx, server.UploadURL, "file", f, &taken); err != nil {
		return "", err
	}
	if taken.File == "" {
		return "", &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "VK takes no documents of this kind"}
	}
	saved, err := d.client.DocsSave(api.Params{"file": taken.File, "title": f.Name}.WithContext(ctx))
	if err != nil {
		return "", err
	}
	if saved.Doc.ID == 0 {
		return "", wire.Broken("answer", "docs.save tells of no document")
	}
	return withKey(saved.Doc.ToAttachment(), saved.Doc.AccessKey), nil
}

func withKey(attachment, key string) string {
	if key == "" {
		return attachment
	}
	return attachment + "_" + key
}
