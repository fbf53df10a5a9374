package loadtest

import (
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"sync/atomic"
)

// Balancer brings each request to the next of the addresses (host:port), as what stands before several replicas does.
// One that is dead answers 502. Close ends it.
func Balancer(addresses ...string) *httptest.Server {
	var turn atomic.Uint64
	proxy := &httputil.ReverseProxy{
		Director: func(r *http.Request) {
			r.URL.Scheme, r.URL.Host = "http", addresses[turn.Add(1)%uint64(len(addresses))]
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		ErrorLog:     log.New(discard{}, "", 0), // half an answer is what a kill makes
	}
	return httptest.NewServer(proxy)
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
