package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"

	"careline/channels"
	"careline/channels/wire"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Open implements channels.Opener. Telegram gives a bot files of up to 20 MB, by an address that holds the token: it
// stays here.
func (t *Telegram) Open(ctx context.Context, _ channels.Address, f channels.File) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	found, err := t.library.GetFile(ctx, &bot.GetFileParams{FileID: f.Ref})
	if err != nil {
		cancel()
		return nil, noFile(plain(err))
	}
	body, err := t.client.fetch(ctx, t.options.API, t.options.Token, found)
	if err != nil {
		cancel()
		return nil, err
	}
	return closing{body, cancel}, nil
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

// noFile: Telegram has no such file, or none that a bot may have.
func noFile(err error) error {
	var e *channels.Error
	if errors.As(err, &e) && e.Kind == channels.Rejected {
		return channels.ErrGone
	}
	return err
}

// fetch reads a file that Telegram has made ready.
func (c *client) fetch(ctx context.Context, api, token string, f *models.File) (io.ReadCloser, error) {
	if f == nil || f.FilePath == "" {
		return nil, channels.ErrGone
	}
	at, err := url.Parse(api + "/file/bot" + token + "/")
	if err != nil {
		return nil, channels.ErrGone
	}
	request := (&http.Request{Method: http.MethodGet, URL: at.JoinPath(f.FilePath), Header: http.Header{}}).WithContext(ctx)
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, wire.Unreached(err)
	}
	if response.StatusCode == http.StatusOK {
		return response.Body, nil
	}
	_ = response.Body.Close() // nothing in it is of use
	if response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusGone {
		return nil, channels.ErrGone
	}
	return nil, &channels.Error{Kind: channels.Retry, Code: "file", Reason: response.Status}
}
