package telegramtest

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// Fault is one way in which a call goes wrong.
type Fault struct {
	kind    faultKind
	refused *refusal
}

type faultKind int

const (
	none faultKind = iota
	refused
	serverError
	htmlPage
	halfBody
	resetBefore
	resetAfter
	silence
)

func (k faultKind) String() string {
	return [...]string{"", "refused", "500", "html", "half", "reset", "reset-after", "silence"}[k]
}

// Throttled answers 429; the time is rounded up to seconds.
func Throttled(retryAfter time.Duration) Fault { return Fault{refused, tooMany(retryAfter)} }

// Refused answers with an error of the Bot API, like 403 "Forbidden: bot was blocked by the user".
func Refused(code int, description string) Fault {
	return Fault{refused, &refusal{code: code, text: description}}
}

// Migrated answers that the group has a new id.
func Migrated(to int64) Fault {
	r := bad("group chat was upgraded to a supergroup chat")
	r.migrate = to
	return Fault{refused, r}
}

// The other ways to fail.
var (
	ServerError = Fault{kind: serverError} // 500 with a JSON body
	HTML        = Fault{kind: htmlPage}    // 502 with a page, as a proxy answers
	Half        = Fault{kind: halfBody}    // carried out, but half the answer is lost
	Reset       = Fault{kind: resetBefore} // the connection ends and nothing was done
	ResetAfter  = Fault{kind: resetAfter}  // carried out, but the connection ends without an answer
	Silence     = Fault{kind: silence}     // nothing, until the caller gives up
)

// code is the HTTP status of what the fault answers; 0 = it does not answer, or as if nothing had happened.
func (f Fault) code() int {
	switch f.kind {
	case refused:
		return f.refused.code
	case serverError:
		return http.StatusInternalServerError
	case htmlPage:
		return http.StatusBadGateway
	}
	return 0
}

// before does what goes wrong before the call is carried out; true = that was the answer.
func (s *Server) before(w http.ResponseWriter, r *http.Request, f Fault) bool {
	switch f.kind {
	case refused:
		answer(w, nil, f.refused)
	case serverError:
		answer(w, nil, &refusal{code: http.StatusInternalServerError, text: "Internal Server Error"})
	case htmlPage:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html><body><h1>502 Bad Gateway</h1></body></html>"))
	case resetBefore:
		reset(w)
	case silence:
		<-r.Context().Done()
	default:
		return false
	}
	return true
}

// after does what goes wrong with the answer of a call that was carried out.
func after(w http.ResponseWriter, f Fault, result any, refused *refusal) bool {
	switch f.kind {
	case resetAfter:
		reset(w)
	case halfBody:
		_, body := encode(result, refused)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush() // it is to arrive
		panic(http.ErrAbortHandler)               // net/http's way to cut an answer off
	default:
		return false
	}
	return true
}

// reset ends the connection with RST and no answer.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a plain close is as good a failure
	}
	_ = conn.Close()
}
