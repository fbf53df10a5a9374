package bottest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// Address of this machine on which nobody listens. It stays free while a server on it is killed and begins anew: no system gives
// such a port to whoever asks for any.
func Address(t testing.TB) string {
	t.Helper()
	for {
		address := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000))
		if l, err := net.Listen("tcp", address); err == nil {
			l.Close()
			return address
		}
	}
}
