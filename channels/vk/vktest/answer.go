package vktest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// refusal is an answer with an error.
type refusal struct {
	code int
	text string
}

func bad(what string) *refusal {
	return &refusal{100, "One of the parameters specified was missing or invalid: " + what}
}

// envelope is what every method answers.
type envelope struct {
	Response any       `json:"response,omitempty"`
	Failures []failure `json:"execute_errors,omitempty"`
	Error    *told     `json:"error,omitempty"`
}

// failure is one call inside execute that went wrong.
type failure struct {
	Method string `json:"method"`
	Code   int    `json:"error_code"`
	Text   string `json:"error_msg"`
}

// told is an error as VK tells it: with all that was asked, but for the token.
type told struct {
	Code   int    `json:"error_code"`
	Text   string `json:"error_msg"`
	Params []pair `json:"request_params"`
}

type pair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (r *refusal) told(p *params) *told {
	if r == nil {
		return nil
	}
	t := &told{Code: r.code, Text: r.text, Params: []pair{}}
	if p != nil {
		t.Params = p.pairs()
	}
	return t
}

func encode(e any) []byte {
	body, err := json.Marshal(e)
	if err != nil {
		panic(err) // results are our own types
	}
	return body
}

func answer(w http.ResponseWriter, p *params, result any, refused *refusal) {
	send(w, http.StatusOK, envelope{Response: result, Error: refused.told(p)})
}

func send(w http.ResponseWriter, code int, what any) {
	body := encode(what)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, _ = w.Write(body) // who does not read it has gone
}
