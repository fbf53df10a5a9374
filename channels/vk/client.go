package vk

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	callWithin = 20 * time.Second // one call, but for long polls and files
	fileWithin = time.Minute
	maxAnswer  = 16 << 20 // bytes
)

// client is the library with our line before it: every call, by whatever method of the library, waits for its turn
// there, and many that wait go as one. All errors are *channels.Error.
type client struct {
	*api.VK
	line  *line
	files *http.Client // what people have sent
}

func newClient(o Options) *client {
	c := &client{VK: api.NewVK(o.Token)}
	c.MethodURL, c.Limit = o.API+"/", 0 // the library's own limiter lets bursts through
	way := newCarrier()
	c.Client = &http.Client{Transport: way}
	c.files = &http.Client{Transport: way.transport, CheckRedirect: c.hop}
	c.line = newLine(o, c.perform)
	c.Handler = c.handle
	return c
}

// handle is the way of all calls of the library.
func (c *client) handle(method string, params ...api.Params) (api.Response, error) {
	ctx := contextOf(params)
	if err := ctx.Err(); err != nil {
		return api.Response{}, wire.Unreached(err)
	}
	return c.line.wait(&call{ctx: ctx, method: method, params: params})
}

// contextOf is where the library keeps the context of a call.
func contextOf(params []api.Params) context.Context {
	for _, p := range params {
		if ctx, ok := p[contextParam].(context.Context); ok {
			return ctx
		}
	}
	return context.Background()
}

// The parameters that are the library's own.
const contextParam, tokenParam, versionParam = ":context", "access_token", "v"

// perform makes one call at once. The last of the params are the library's token and version.
func (c *client) perform(ctx context.Context, method string, params ...api.Params) (api.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	last := len(params) - 1
	all := append(append(make([]api.Params, 0, len(params)+1), params[:last]...), api.Params{contextParam: ctx}, params[last])
	response, err := c.DefaultHandler(method, all...)
	return response, failure(err)
}

// ask reads the answer of a method for which the library has no type that fits.
func (c *client) ask(ctx context.Context, method string, params api.Params, into any) error {
	return failure(c.RequestUnmarshal(method, into, params.WithContext(ctx)))
}

// carrier keeps from the library what it cannot bear: an answer that is packed otherwise than it says makes it panic.
type carrier struct{ transport *http.Transport }

func newCarrier() carrier {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true) // a dead HTTP/2 connection holds all calls up
	return carrier{&http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConns:        128,
		MaxIdleConnsPerHost: 128,
		IdleConnTimeout:     90 * time.Second,
		DisableCompression:  true, // answers are small
		Protocols:           protocols,
	}}
}

var errPacked = errors.New("the answer is packed, which was not asked for")

// RoundTrip implements http.RoundTripper.
func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("Accept-Encoding")
	response, err := c.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	switch encoding := response.Header.Get("Content-Encoding"); {
	case response.StatusCode >= http.StatusInternalServerError:
		err = wire.Broken(strconv.Itoa(response.StatusCode), "the VK API has a failure")
	case response.StatusCode == http.StatusTooManyRequests:
		err = &channels.Error{Kind: channels.Throttled, Code: "429", Reason: "too many requests", RetryAfter: time.Second}
	case encoding != "" && encoding != "identity":
		err = errPacked
	}
	if err != nil {
		_ = response.Body.Close()
		return nil, err
	}
	response.Body = limited{io.LimitReader(response.Body, maxAnswer), response.Body}
	return response, nil
}

type limited struct {
	io.Reader
	io.Closer
}
