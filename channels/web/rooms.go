package web

import "sync"

// rooms are the live streams of this process, by chat.
type rooms struct {
	mu     sync.Mutex
	guests map[string]map[*guest]bool
}

// guest is one open page. Both channels hold one signal.
type guest struct {
	look   chan struct{}
	typing chan struct{}
}

// pagesPerChat bounds what one browser may hold open.
const pagesPerChat = 12

func (r *rooms) enter(chat string) (*guest, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.guests[chat]
	if len(room) >= pagesPerChat {
		return nil, false
	}
	if room == nil {
		room = map[*guest]bool{}
		r.guests[chat] = room
	}
	g := &guest{look: make(chan struct{}, 1), typing: make(chan struct{}, 1)}
	room[g] = true
	return g, true
}

func (r *rooms) leave(chat string, g *guest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.guests[chat], g)
	if len(r.guests[chat]) == 0 {
		delete(r.guests, chat)
	}
}

func (r *rooms) poke(chat string) {
	r.each(chat, func(g *guest) chan struct{} { return g.look })
}

func (r *rooms) typing(chat string) {
	r.each(chat, func(g *guest) chan struct{} { return g.typing })
}

func (r *rooms) each(chat string, of func(*guest) chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for g := range r.guests[chat] {
		select {
		case of(g) <- struct{}{}:
		default:
		}
	}
}
