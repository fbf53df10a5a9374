package vktest

import (
	"net"
	"net/http"
	"strconv"
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

// Refused answers with an error of the API, like 902 "Can't send messages to this user due to their privacy settings".
func Refused(code int, text string) Fault { return Fault{refused, &refusal{code, text}} }

// The other ways to fail.
var (
	Throttled   = Fault{refused, tooMany}                                                          // error 6
	Flooded     = Refused(9, "Flood control: too much messages sent to user")                      // error 9
	Internal    = Refused(10, "Internal server error: could not check access_token now")           // error 10
	Captcha     = Refused(14, "Captcha needed")                                                    // error 14
	NoRight     = Refused(15, "Access denied: no access to call this method")                      // error 15
	BadToken    = Refused(27, "Group authorization failed: method is unavailable with group auth") // error 27
	UploadError = Refused(0, "unknown error")                                                      // of "upload": what its server says in its own form
	ServerError = Fault{kind: serverError}                                                         // 500 without JSON
	HTML        = Fault{kind: htmlPage}                                                            // 502 with a page, as a proxy answers
	Half        = Fault{kind: halfBody}                                                            // carried out, but half the answer is lost
	Reset       = Fault{kind: resetBefore}                                                         // the connection ends and nothing was done
	ResetAfter  = Fault{kind: resetAfter}                                                          // carried out, but the connection ends without an answer
	Silence     = Fault{kind: silence}                                                             // nothing, until the caller gives up
)

// code is VK's error, or the HTTP status, of what the fault answers; 0 = it does not answer, or as if nothing had
// happened.
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
func before(w http.ResponseWriter, r *http.Request, f Fault, p *params) bool {
	switch f.kind {
	case refused:
		answer(w, p, nil, f.refused)
	case serverError:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
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
func after(w http.ResponseWriter, f Fault, what any) bool {
	switch f.kind {
	case resetAfter:
		reset(w)
	case halfBody:
		body := encode(what)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
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
