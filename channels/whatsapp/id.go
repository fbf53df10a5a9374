package whatsapp

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// ownDigits of an id come from the message's key, signDigits from those: so an id tells by itself that it is ours. As
// long as the ids that other clients make.
const ownDigits, signDigits = 12, 6

// messageID of a message's part: the same key is the same message, whoever sends it again.
func messageID(key string) types.MessageID {
	own := hexOf("careline " + key)[:ownDigits]
	return whatsmeow.WebMessageIDPrefix + own + hexOf(own)[:signDigits]
}

// isOurs tells what we sent, maybe in another process or as the device we were before, from what the clinic typed.
func isOurs(id types.MessageID) bool {
	rest, ok := strings.CutPrefix(id, whatsmeow.WebMessageIDPrefix)
	return ok && len(rest) == ownDigits+signDigits && hexOf(rest[:ownDigits])[:signDigits] == rest[ownDigits:]
}

func hexOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
