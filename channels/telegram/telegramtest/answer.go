package telegramtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// refusal is an answer with ok=false.
type refusal struct {
	code    int
	text    string
	wait    time.Duration // retry_after, whole seconds
	migrate int64         // migrate_to_chat_id
}

func bad(text string) *refusal {
	return &refusal{code: http.StatusBadRequest, text: "Bad Request: " + text}
}
func forbidden(text string) *refusal {
	return &refusal{code: http.StatusForbidden, text: "Forbidden: " + text}
}

func tooMany(wait time.Duration) *refusal {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	return &refusal{code: http.StatusTooManyRequests, text: "Too Many Requests: retry after " + strconv.Itoa(seconds),
		wait: time.Duration(seconds) * time.Second}
}

type parameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	Migrate    int64 `json:"migrate_to_chat_id,omitempty"`
}

type envelope struct {
	OK          bool        `json:"ok"`
	Result      any         `json:"result,omitempty"`
	Code        int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

func encode(result any, refused *refusal) (code int, body []byte) {
	e := envelope{OK: true, Result: result}
	code = http.StatusOK
	if refused != nil {
		code = refused.code
		e = envelope{Code: refused.code, Description: refused.text}
		if refused.wait > 0 || refused.migrate != 0 {
			e.Parameters = &parameters{int(refused.wait / time.Second), refused.migrate}
		}
	}
	body, err := json.Marshal(e)
	if err != nil {
		panic(err) // results are our own types
	}
	return code, body
}

func answer(w http.ResponseWriter, result any, refused *refusal) {
	code, body := encode(result, refused)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, _ = w.Write(body) // who does not read it has gone
}
