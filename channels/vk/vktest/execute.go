package vktest

// maxPacked is how many calls one execute may hold.
const maxPacked = 25

// execute carries out calls one after another; a failed one answers false and the others go on. VK refuses the whole
// of it only when it cannot be read.
func (s *Server) execute(p *params) (result any, failures []failure, refused *refusal) {
	calls, single, refused := parseScript(p.text("code"))
	if refused != nil {
		return nil, nil, refused
	}
	if len(calls) > maxPacked {
		return nil, nil, &refusal{13, "Runtime error occurred during code invocation: Too many api calls"}
	}
	results := make([]any, len(calls))
	for i, c := range calls {
		one, refused := s.packed(c)
		results[i] = one
		if refused != nil {
			results[i] = false
			failures = append(failures, failure{c.method, refused.code, refused.text})
		}
	}
	if single {
		return results[0], failures, nil
	}
	return results, failures, nil
}

func (s *Server) packed(p *params) (result any, refused *refusal) {
	call := Call{Method: p.method, Params: p.plain(), At: s.o.Now(), Packed: true}
	if fault, _ := s.decide(p.method, p.peer()); fault.refused != nil {
		call.Code, call.Fault = fault.code(), fault.kind.String()
		s.note(call)
		return nil, fault.refused
	}
	result, _, refused = s.perform(call, p)
	return result, refused
}
