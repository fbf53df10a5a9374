package whatsapp

import (
	"strconv"
	"testing"

	"go.mau.fi/whatsmeow"
)

func TestAnIDTellsThatItIsOurs(t *testing.T) {
	for i := range 100 {
		key := "outbox-" + strconv.Itoa(i)
		id := messageID(key)
		if !isOurs(id) || id != messageID(key) || id == messageID(key+"/2") {
			t.Errorf("%q is the id of %q", id, key)
		}
	}
	theirs := []string{"", "3A000000000000000001", "3EB0C767D26B8D6B8F2A11", messageID("x")[:20]}
	for _, id := range theirs {
		if isOurs(id) {
			t.Errorf("%q is not ours", id)
		}
	}
	if len(messageID("x")) != len(whatsmeow.WebMessageIDPrefix)+18 {
		t.Errorf("%q is not as long as other clients' ids", messageID("x"))
	}
}
