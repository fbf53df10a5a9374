package vk

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	maxOpened = 20 << 20 // bytes of a file from a person
	maxHops   = 5        // from a document's address to its bytes
)

// Open implements channels.Opener. Addresses of files end after a while: the message that held it is asked for anew,
// in the person's own chat, and nothing but what VK answers is ever fetched.
func (v *VK) Open(ctx context.Context, from channels.Address, f channels.File) (io.ReadCloser, error) {
	peer, err := v.peer(from)
	if err != nil {
		return nil, err
	}
	name, place, ok := cutPlace(f.Ref)
	if !ok {
		return nil, channels.ErrGone
	}
	var found struct {
		Items []message `json:"items"`
	}
	params := api.Params{"group_id": v.options.GroupID, "peer_id": peer, "conversation_message_ids": place}
	if err := v.client.ask(ctx, "messages.getByConversationMessageId", params, &found); channels.KindOf(err) == channels.Rejected {
		return nil, channels.ErrGone
	} else if err != nil {
		return nil, err
	}
	for _, m := range found.Items {
		for _, a := range m.Attachments {
			if one, ok := a.file(0); ok && sameThing(one.Ref, name) {
				return v.client.fetch(ctx, a.address(), a.page())
			}
		}
	}
	return nil, channels.ErrGone
}

// cutPlace divides the Ref of what a person sent: how VK calls the thing, and which message of the chat holds it.
func cutPlace(ref string) (name string, cmid int64, ok bool) {
	if !attachmentShape.MatchString(ref) {
		return "", 0, false
	}
	name, place, _ := strings.Cut(ref, placed)
	cmid, err := strconv.ParseInt(place, 10, 64)
	return name, cmid, err == nil && cmid > 0
}

// sameThing compares names without their keys, which VK may change.
func sameThing(a, b string) bool { return keyless(a) == keyless(b) }

func keyless(name string) string {
	parts := strings.SplitN(name, "_", 3)
	return strings.Join(parts[:min(len(parts), 2)], "_")
}

// address is where VK keeps the bytes; empty = it shows them to nobody but its own programs, as videos.
func (a *attachment) address() string {
	switch {
	case a.Photo != nil:
		best, most := "", -1
		for _, s := range append(a.Photo.Sizes, a.Photo.Original) {
			if s.URL != "" && s.Width*s.Height > most {
				best, most = s.URL, s.Width*s.Height
			}
		}
		return best
	case a.Doc != nil:
		return a.Doc.URL
	case a.Voice != nil:
		if a.Voice.OGG != "" {
			return a.Voice.OGG
		}
		return a.Voice.MP3
	case a.Audio != nil:
		return a.Audio.URL
	}
	return ""
}

// page tells that the file itself is a page of the web.
func (a *attachment) page() bool {
	return a.Doc != nil && strings.HasPrefix(mime.TypeByExtension("."+a.Doc.Ext), "text/html")
}

// hosts keep what people send; those under them too.
var hosts = []string{"vk.com", "vk.ru", "userapi.com", "vkuserphoto.ru", "vkuser.net", "vkuseraudio.net", "vkuseraudio.com", "vk-cdn.net"}

var errElsewhere = errors.New("a file is not with VK")

// keeps tells whether an address is VK's own, or that of the server which stands for it.
func (c *client) keeps(u *url.URL) bool {
	own, err := url.Parse(c.MethodURL)
	if err == nil && u.Scheme == own.Scheme && u.Host == own.Host {
		return true
	}
	if u.Scheme != "https" || u.Port() != "" || u.User != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, known := range hosts {
		if host == known || strings.HasSuffix(host, "."+known) {
			return true
		}
	}
	return false
}

// hop follows VK from one of its servers to another, and to nobody else.
func (c *client) hop(r *http.Request, via []*http.Request) error {
	if len(via) > maxHops || !c.keeps(r.URL) {
		return errElsewhere
	}
	r.Header.Del("Referer") // it opens the file
	return nil
}

// fetch reads a file. A page of the web where none was sent is how VK says that a document is no more. No error has
// the address: it opens the file.
func (c *client) fetch(ctx context.Context, address string, page bool) (io.ReadCloser, error) {
	at, err := url.Parse(address)
	if err != nil || !c.keeps(at) {
		return nil, channels.ErrGone
	}
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	request := (&http.Request{Method: http.MethodGet, URL: at, Header: http.Header{}}).WithContext(ctx)
	response, err := c.files.Do(request)
	if err != nil {
		cancel()
		if errors.Is(err, errElsewhere) {
			return nil, channels.ErrGone
		}
		return nil, failure(err)
	}
	if err := opened(response, page); err != nil {
		_ = response.Body.Close() // nothing in it is of use
		cancel()
		return nil, err
	}
	return closing{http.MaxBytesReader(nil, response.Body, maxOpened), cancel}, nil
}

// opened is why an answer is not the file.
func opened(r *http.Response, page bool) error {
	switch code := r.StatusCode; {
	case code == http.StatusNotFound, code == http.StatusGone, code == http.StatusForbidden:
		return channels.ErrGone
	case code != http.StatusOK:
		return wire.Broken(strconv.Itoa(code), "VK does not give the file now")
	case !page && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html"):
		return channels.ErrGone
	case r.ContentLength > maxOpened:
		return &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "the file is too long"}
	}
	return nil
}

// closing ends the call when the file is closed.
type closing struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c closing) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}
