package vktest

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// notRead is how VK refuses a script; of its language we read only `return API.a.b({…});` and
// `return [API.a.b({…}), …];` with JSON for arguments.
func notRead(format string, a ...any) *refusal {
	return &refusal{12, "Unable to compile code: " + fmt.Sprintf(format, a...)}
}

var callee = regexp.MustCompile(`^API\.([a-zA-Z]+\.[a-zA-Z]+|execute)\(`)

func parseScript(code string) (calls []*params, single bool, refused *refusal) {
	rest := strings.TrimSpace(code)
	rest, returns := strings.CutPrefix(rest, "return")
	rest, ends := strings.CutSuffix(strings.TrimSpace(rest), ";")
	if !returns || !ends {
		return nil, false, notRead("a script is «return …;»")
	}
	rest, list := strings.CutPrefix(rest, "[")
	single = !list
	for {
		var c *params
		if c, rest, refused = parseCall(strings.TrimSpace(rest)); refused != nil {
			return nil, false, refused
		}
		calls = append(calls, c)
		switch {
		case single && rest == "", !single && rest == "]":
			return calls, single, nil
		case !single && strings.HasPrefix(rest, ","):
			rest = rest[1:]
		default:
			return nil, false, notRead("unexpected %.20q", rest)
		}
	}
}

func parseCall(code string) (c *params, rest string, refused *refusal) {
	at := callee.FindStringSubmatch(code)
	if at == nil {
		return nil, "", notRead("a call was expected at %.20q", code)
	}
	from := code[len(at[0]):]
	decoder := json.NewDecoder(strings.NewReader(from))
	decoder.UseNumber()
	var args map[string]any
	if err := decoder.Decode(&args); err != nil && err != io.EOF {
		return nil, "", notRead("arguments of %s: %v", at[1], err)
	}
	rest = strings.TrimSpace(from[decoder.InputOffset():])
	if !strings.HasPrefix(rest, ")") {
		return nil, "", notRead("a bracket was expected at %.20q", rest)
	}
	c = &params{method: at[1], values: map[string]string{}}
	for name, value := range args {
		switch v := value.(type) {
		case string:
			c.values[name] = v
		case json.Number:
			c.values[name] = v.String()
		case bool:
			c.values[name] = map[bool]string{true: "1", false: ""}[v]
		default:
			return nil, "", notRead("argument %s of %s is neither text nor number", name, at[1])
		}
	}
	return c, strings.TrimSpace(rest[1:]), nil
}
