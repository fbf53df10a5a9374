package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"careline/channels"
)

const askWithin = 2 * time.Second

// Advice begins a line about what works and could work better.
const Advice = "advice: "

// ready says whether this process serves: 200, or 503 for the balancer before it. A messenger that does not work is
// shown and is no reason to take the others away: only who asks for it (?channels) gets a 503 for that. Why it does
// not work stands in the log, for this page is everybody's.
func (p Parts) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), askWithin)
	defer cancel()
	err := p.Store.Ping(ctx)
	if err != nil {
		p.Log.Warn("not ready", "error", err)
	}
	serves := err == nil && p.Working()
	good := serves
	var advice []string
	lines := []string{state("database", err == nil)}
	for _, c := range p.Channels {
		h, tells := c.(channels.Health)
		works := serves && (!tells || h.Healthy(ctx) == nil)
		lines = append(lines, state(string(c.ID()), works))
		if r.URL.Query().Has("channels") {
			good = good && works
		}
		if a, tells := c.(channels.Adviser); tells {
			for _, text := range a.Advice() {
				advice = append(advice, Advice+text)
			}
		}
	}
	status, word := http.StatusOK, "ready"
	if !good {
		status, word = http.StatusServiceUnavailable, "not ready"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintf(w, "%s\n\n%s\n", word, strings.Join(append(lines, advice...), "\n"))
}

func state(name string, works bool) string {
	if works {
		return name + ": works"
	}
	return name + ": does not work"
}
