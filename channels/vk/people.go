package vk

import (
	"context"
	"strconv"
	"sync"
	"time"

	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/object"
)

const (
	askFor     = 2 * time.Second // a name is not worth more
	askAgain   = time.Minute     // after a failure
	nameFor    = 24 * time.Hour
	mostNames  = 20_000
	namesAtOne = 500 // question
)

// people remembers by which first names they call themselves.
type people struct {
	mu    sync.Mutex
	names map[string]named // by chat
	quiet time.Time        // until then nobody is asked for
}

type named struct {
	name  string
	until time.Time
}

// meet writes into messages who wrote them, and learns by what program. What cannot be learnt soon stays empty, and no
// message waits for it twice.
func (v *VK) meet(ctx context.Context, batch []*received) {
	v.noteCardless(ctx, batch)
	strangers := v.people.recall(v.options.Now(), batch)
	for len(strangers) > 0 {
		some := strangers[:min(len(strangers), namesAtOne)]
		strangers = strangers[len(some):]
		if !v.askNames(ctx, some) {
			break
		}
	}
	v.people.recall(v.options.Now(), batch)
}

func (v *VK) askNames(ctx context.Context, ids []string) bool {
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	users, err := v.client.UsersGet(api.Params{"user_ids": ids, "lang": object.LangRU}.WithContext(ctx))
	v.people.learn(v.options.Now(), ids, users, err)
	return err == nil
}

// recall writes the known names, and returns the chats of those that are to be asked for, each once.
func (p *people) recall(now time.Time, batch []*received) (strangers []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names == nil || len(p.names) > mostNames {
		p.names = map[string]named{}
	}
	for _, r := range batch {
		if r.in.ID == "" || r.in.Clinic || r.in.Profile.Name != "" {
			continue
		}
		chat := r.in.From.Chat
		n := p.names[chat]
		r.in.Profile.Name = n.name
		if now.Before(n.until) || now.Before(p.quiet) {
			continue
		}
		strangers = append(strangers, chat)
		p.names[chat] = named{n.name, now.Add(askAgain)}
	}
	return strangers
}

// learn keeps what VK told; who is not among users has no name.
func (p *people) learn(now time.Time, asked []string, users api.UsersGetResponse, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.quiet = now.Add(askAgain)
		return
	}
	for _, chat := range asked {
		p.names[chat] = named{"", now.Add(nameFor)}
	}
	for _, u := range users {
		p.names[strconv.Itoa(u.ID)] = named{wire.Cut(wire.Clean(u.FirstName), maxName), now.Add(nameFor)}
	}
}
