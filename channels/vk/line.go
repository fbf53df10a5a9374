package vk

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	atOnce   = 25      // calls that one execute takes
	longCode = 200_000 // bytes of one execute, more or less
)

// call is one that waits in the line.
type call struct {
	ctx    context.Context
	method string
	params []api.Params
	code   string // as VKScript
	done   chan outcome
}

type outcome struct {
	response api.Response
	err      error
}

// line spaces requests evenly, for VK counts them over all of a community. A call that finds it empty goes at once and
// alone; those that come while it is to wait go together in one request, each to get its own answer.
type line struct {
	perform func(ctx context.Context, method string, params ...api.Params) (api.Response, error)
	every   time.Duration // between two requests; 0 = no limit
	now     func() time.Time
	pause   func(ctx context.Context, d time.Duration) error

	mu      sync.Mutex
	waiting []*call
	leading bool      // somebody sends off those that wait
	next    time.Time // when the next request may go
}

// slack is how much further apart than necessary requests leave: the way may bring two closer together.
const slack = 1.03

func newLine(o Options, perform func(context.Context, string, ...api.Params) (api.Response, error)) *line {
	l := &line{perform: perform, now: o.Now, pause: o.Pause}
	if o.Rates.PerSecond > 0 {
		l.every = time.Duration(slack / o.Rates.PerSecond * float64(time.Second))
	}
	return l
}

// wait is the answer to a call.
func (l *line) wait(c *call) (api.Response, error) {
	if l.every == 0 {
		return l.perform(c.ctx, c.method, c.params...)
	}
	l.mu.Lock()
	if now := l.now(); len(l.waiting) == 0 && !l.leading && !now.Before(l.next) {
		l.next = now.Add(l.every)
		l.mu.Unlock()
		return l.alone(c)
	}
	c.code, c.done = script(c.method, c.params), make(chan outcome, 1)
	l.waiting = append(l.waiting, c)
	if !l.leading {
		l.leading = true
		go l.lead(context.WithoutCancel(c.ctx))
	}
	l.mu.Unlock()
	select {
	case o := <-c.done:
		return o.response, o.err
	case <-c.ctx.Done():
		return api.Response{}, wire.Unreached(c.ctx.Err())
	}
}

// lead sends off what waits, one request after the other, until nobody waits.
func (l *line) lead(ctx context.Context) {
	for more := true; more; {
		l.mu.Lock()
		rest := l.next.Sub(l.now())
		l.mu.Unlock()
		if rest > 0 {
			_ = l.pause(ctx, rest) // ctx never ends
		}
		var together []*call
		l.mu.Lock()
		if together = l.take(); len(together) > 0 {
			l.next = l.now().Add(l.every)
		}
		more = len(l.waiting) > 0
		l.leading = more
		l.mu.Unlock()
		if len(together) > 0 {
			go l.send(ctx, together)
		}
	}
}

// take is what goes with the next request, without those whose callers have gone.
func (l *line) take() []*call {
	var together []*call
	size, i := 0, 0
	for ; i < len(l.waiting) && len(together) < atOnce && size < longCode; i++ {
		if c := l.waiting[i]; c.ctx.Err() == nil {
			together = append(together, c)
			size += len(c.code)
		}
	}
	l.waiting = append([]*call(nil), l.waiting[i:]...)
	return together
}

func (l *line) send(ctx context.Context, together []*call) {
	if len(together) > 1 && l.pack(ctx, together) {
		return
	}
	for i, c := range together {
		if i > 0 {
			_ = l.pause(ctx, l.every)
		}
		response, err := l.alone(c)
		c.done <- outcome{response, err}
	}
}

func (l *line) alone(c *call) (api.Response, error) {
	response, err := l.perform(c.ctx, c.method, c.params...)
	l.heed(err)
	return response, err
}

// heed has everybody wait when VK finds us too fast.
func (l *line) heed(err error) {
	if !refusedWith(err, api.ErrTooMany) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = l.now().Add(rests[int(api.ErrTooMany)])
}

// pack makes several calls by one request. False: VK has not understood it, or not carried it out to the end; what was
// made shows nothing twice.
func (l *line) pack(ctx context.Context, together []*call) bool {
	auth := together[0].params[len(together[0].params)-1]
	response, err := l.perform(ctx, "execute", api.Params{"code": program(together)}, auth)
	l.heed(err)
	if refusedWith(err, api.ErrMethod, api.ErrCompile, api.ErrRuntime, api.ErrRequest, api.ErrParam) {
		return false
	}
	var results []json.RawMessage
	if err == nil && (json.Unmarshal(response.Response, &results) != nil || len(results) != len(together)) {
		err = wire.Broken("execute", "not the answers that were asked for")
	}
	refusals := response.ExecuteErrors
	for i, c := range together {
		switch {
		case err != nil:
			c.done <- outcome{err: err}
		case string(results[i]) != "false":
			c.done <- outcome{response: api.Response{Response: []byte(results[i])}}
		case len(refusals) > 0: // one for each «false», in the same order
			c.done <- outcome{err: refusal(refusals[0].Code, refusals[0].Msg)}
			refusals = refusals[1:]
		default:
			c.done <- outcome{err: wire.Broken("execute", "a call failed without a word")}
		}
	}
	return true
}
