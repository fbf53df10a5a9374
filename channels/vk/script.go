package vk

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/SevereCloud/vksdk/v2/api"
)

// script is a call as VKScript has it: API.messages.send({"peer_ids":"1","message":"…"}). JSON is its notation of
// values, so that no text of a patient becomes a program.
func script(method string, params []api.Params) string {
	values := map[string]string{}
	for _, some := range params {
		for name, value := range some {
			if name != contextParam && name != tokenParam && name != versionParam {
				values[name] = api.FmtValue(value, 0)
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("API." + method + "(")
	writer := json.NewEncoder(&b)
	writer.SetEscapeHTML(false)
	_ = writer.Encode(values) // strings only
	b.Truncate(b.Len() - 1)   // the encoder's line end
	b.WriteString(")")
	return b.String()
}

// program makes the calls one after the other and returns what each came to.
func program(calls []*call) string {
	codes := make([]string, len(calls))
	for i, c := range calls {
		codes[i] = c.code
	}
	return "return [" + strings.Join(codes, ",") + "];"
}
