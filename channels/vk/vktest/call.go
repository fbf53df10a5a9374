package vktest

import (
	"net/http"
	"strconv"
	"strings"
)

// call carries a method out, unless a fault comes in between, and writes it down.
func (s *Server) call(w http.ResponseWriter, r *http.Request, name string) {
	p, err := read(r)
	if err != nil {
		answer(w, nil, nil, bad("can't parse request"))
		return
	}
	p.method = name
	token := p.take("access_token")
	if bearer, has := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); has {
		token = bearer
	}
	call := Call{Method: name, Params: p.plain(), At: s.o.Now()}
	if refused := s.admit(token, p); refused != nil {
		call.Code = refused.code
		s.note(call)
		answer(w, p, nil, refused)
		return
	}
	fault := s.fault(name, p.peer())
	call.Code, call.Fault = fault.code(), fault.kind.String()
	if before(w, r, fault, p) {
		s.note(call)
		return
	}
	result, failures, refused := s.perform(call, p)
	e := envelope{Response: result, Failures: failures, Error: refused.told(p)}
	if !after(w, fault, e) {
		send(w, http.StatusOK, e)
	}
}

// admit holds what is asked of every call: a good token, a version that events are written in, not too many at once.
func (s *Server) admit(token string, p *params) *refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case token == "":
		return &refusal{5, "User authorization failed: no access_token passed."}
	case token != s.o.Token || s.revoked:
		return &refusal{5, "User authorization failed: invalid access_token (4)."}
	case p.text("v") == "":
		return &refusal{8, "Invalid request: v is required"}
	case !modern(p.text("v")):
		return &refusal{8, "Invalid request: versions below 5.131 are deprecated"}
	}
	return s.floods.request(s.o.Now())
}

func modern(v string) bool {
	major, minor, _ := strings.Cut(v, ".")
	x, err1 := strconv.Atoi(major)
	y, err2 := strconv.Atoi(minor)
	return err1 == nil && err2 == nil && (x > 5 || x == 5 && y >= 131)
}

// perform does what is called and writes it down, before anybody can see what came of it. Only execute has failures
// besides its result.
func (s *Server) perform(call Call, p *params) (result any, failures []failure, refused *refusal) {
	if call.Method == "execute" && !call.Packed {
		if result, failures, refused = s.execute(p); refused != nil {
			call.Code = refused.code
		}
		s.note(call)
		return result, failures, refused
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	refused = &refusal{3, "Unknown method passed"}
	if m, known := s.methods[call.Method]; known {
		result, refused = m(s, p)
	}
	if refused != nil {
		call.Code = refused.code
	}
	s.write(call)
	return result, nil, refused
}
