package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"careline/channels/wire"
)

const (
	callWithin = 20 * time.Second // one call, but for long polls and files
	fileWithin = time.Minute
	maxAnswer  = 16 << 20 // bytes; a hundred updates with long texts are under two megabytes
)

// client makes calls as plain JSON: the library's multipart forms cost three times the time. Both go through do,
// so that errors are told in one way and never hold the token.
type client struct {
	transport *http.Transport
	base      *url.URL // with the token
	buffers   sync.Pool
}

func newClient(api, token string) (*client, error) {
	base, err := url.Parse(api + "/bot" + token + "/")
	if err != nil {
		return nil, fmt.Errorf("the address of the Bot API is none")
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true) // a dead HTTP/2 connection holds all calls up
	return &client{
		base: base,
		transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
			TLSHandshakeTimeout: 10 * time.Second,
			MaxIdleConns:        128,
			MaxIdleConnsPerHost: 128,
			IdleConnTimeout:     90 * time.Second,
			DisableCompression:  true, // answers are small
			Protocols:           protocols,
		},
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}, nil
}

// answer is the envelope of every answer; Result is a pointer to what is expected, or nil.
type answer struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result"`
	ErrorCode   int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter      int   `json:"retry_after"`
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

var jsonHeader = http.Header{"Content-Type": {"application/json"}}

// call posts params and reads the result into result, which may be nil. The error is a *channels.Error or
// *migrated.
func (c *client) call(ctx context.Context, method string, params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	return c.post(ctx, method, params, func(status int, body []byte) error {
		if glance(body, result) {
			return nil
		}
		return decode(status, body, result)
	})
}

// post gives read the status and the body of the answer, which are read's only until it returns.
func (c *client) post(ctx context.Context, method string, params any, read func(status int, body []byte) error) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("writing %s: %w", method, err)
	}
	address := *c.base
	address.Path += method
	again := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	request := &http.Request{
		Method: http.MethodPost, URL: &address, Host: address.Host, Header: jsonHeader, ContentLength: int64(len(body)), GetBody: again,
	}
	request.Body, _ = again()
	return c.do(request.WithContext(ctx), read)
}

func (c *client) do(request *http.Request, read func(status int, body []byte) error) error {
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return wire.Unreached(err)
	}
	defer response.Body.Close()
	buffer := c.buffers.Get().(*bytes.Buffer)
	defer c.buffers.Put(buffer)
	buffer.Reset()
	n, err := buffer.ReadFrom(io.LimitReader(response.Body, maxAnswer))
	switch {
	case err != nil:
		return wire.Unreached(err)
	case n == maxAnswer:
		return broken(response.StatusCode, "the answer is too long")
	}
	return read(response.StatusCode, buffer.Bytes())
}

var good, goodMessage = []byte(`{"ok":true,`), []byte(`{"ok":true,"result":{"message_id":`)

// glance reads a good answer by its first words, which is all that is needed of the message that Telegram
// sends back; false = look closer.
func glance(body []byte, result any) bool {
	p, ok := result.(*posted)
	if !ok {
		return result == nil && bytes.HasPrefix(body, good)
	}
	rest, ok := bytes.CutPrefix(body, goodMessage)
	digits, _, more := bytes.Cut(rest, []byte{','})
	if !ok || !more {
		return false
	}
	id, err := strconv.Atoi(string(digits))
	p.ID = id
	return err == nil && id > 0
}

// unmarshal leaves out the fields that have another type than expected; false = no JSON.
func unmarshal(body []byte, into any) bool {
	err := json.Unmarshal(body, into)
	var odd *json.UnmarshalTypeError
	return err == nil || errors.As(err, &odd)
}

// decode reads an answer; what is none may be tried again.
func decode(status int, body []byte, result any) error {
	a := answer{Result: result}
	if !unmarshal(body, &a) {
		return broken(status, "not an answer of the Bot API")
	}
	if !a.OK {
		return refusal(status, &a)
	}
	return nil
}

// Do is the way of the library's own calls. An answer that is a refusal is an error here already.
func (c *client) Do(request *http.Request) (*http.Response, error) {
	var taken *http.Response
	err := c.do(request, func(status int, body []byte) error {
		taken = &http.Response{StatusCode: status, Body: io.NopCloser(bytes.NewReader(bytes.Clone(body)))}
		return decode(status, body, nil)
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}
