package vktest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// params are the arguments of one call. Nested objects are JSON, lists are separated by commas.
type params struct {
	method string
	values map[string]string
}

// read takes a query and a form, as VK does.
func read(r *http.Request) (*params, error) {
	p := &params{values: map[string]string{}}
	err := r.ParseForm()
	for name, v := range r.Form {
		p.values[name] = v[0]
	}
	return p, err
}

func (p *params) text(name string) string { return p.values[name] }

func (p *params) has(name string) bool { return p.values[name] != "" }

func (p *params) number(name string) int64 {
	n, _ := strconv.ParseInt(p.values[name], 10, 64)
	return n
}

func (p *params) yes(name string) bool { return p.values[name] == "true" || p.values[name] == "1" }

// list is empty without the parameter; ok = all of it are numbers.
func (p *params) list(name string) (numbers []int64, ok bool) {
	if !p.has(name) {
		return nil, true
	}
	for piece := range strings.SplitSeq(p.values[name], ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(piece), 10, 64)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	return numbers, true
}

// take reads a parameter that nobody is to see.
func (p *params) take(name string) string {
	v := p.values[name]
	delete(p.values, name)
	return v
}

// peer is the one whom the call is about, 0 = none or several.
func (p *params) peer() int64 {
	for _, name := range []string{"peer_id", "peer_ids", "user_id"} {
		if p.has(name) {
			return p.number(name)
		}
	}
	if p.has("chat_id") {
		return firstChat + p.number("chat_id")
	}
	return 0
}

// object decodes a nested one; absent is no mistake.
func (p *params) object(name string, into any) error {
	if !p.has(name) {
		return nil
	}
	return json.Unmarshal([]byte(p.values[name]), into)
}

// plain is how the call is written down.
func (p *params) plain() map[string]string { return maps.Clone(p.values) }

func (p *params) pairs() []pair {
	all := []pair{{"method", p.method}}
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		all = append(all, pair{name, p.values[name]})
	}
	return all
}
