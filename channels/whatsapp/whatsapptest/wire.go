package whatsapptest

import (
	"context"
	"crypto/cipher"
	"encoding/binary"
	"fmt"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
)

const (
	lengthSize   = 3 // bytes of big-endian length before every frame
	prologueSize = 4 // "WA", the versions of protocol and dictionary
)

// wire is the server's end of one connection: frames with their length over a websocket, sealed with the keys of the
// handshake. One goroutine reads and one writes.
type wire struct {
	ws *websocket.Conn

	unread   []byte // not cut into frames yet
	opener   cipher.AEAD
	received uint32

	sealer cipher.AEAD
	sent   uint32
	frame  []byte // kept for the next frame
}

func (w *wire) take(n int) ([]byte, error) {
	for len(w.unread) < n {
		_, data, err := w.ws.Read(context.Background()) // cut ends it
		if err != nil {
			return nil, err
		}
		if len(w.unread) == 0 {
			w.unread = data
		} else {
			w.unread = append(w.unread, data...)
		}
	}
	head := w.unread[:n:n]
	w.unread = w.unread[n:]
	return head, nil
}

func (w *wire) readFrame() ([]byte, error) {
	size, err := w.take(lengthSize)
	if err != nil {
		return nil, err
	}
	return w.take(int(size[0])<<16 | int(size[1])<<8 | int(size[2]))
}

// writeFrame fills exactly one websocket message: whatsmeow miscounts a frame that is split between two.
func (w *wire) writeFrame(frame []byte) error {
	n := len(frame) - lengthSize
	frame[0], frame[1], frame[2] = byte(n>>16), byte(n>>8), byte(n)
	return w.ws.Write(context.Background(), websocket.MessageBinary, frame)
}

func (w *wire) readNode() (*waBinary.Node, error) {
	sealed, err := w.readFrame()
	if err != nil {
		return nil, err
	}
	plain, err := w.opener.Open(sealed[:0], nonce(w.received), sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("opening frame %d: %w", w.received, err)
	}
	w.received++
	if plain, err = waBinary.Unpack(plain); err != nil {
		return nil, err
	}
	return waBinary.Unmarshal(plain)
}

func (w *wire) writeNode(n waBinary.Node) error {
	plain, err := waBinary.Marshal(n)
	if err != nil {
		return err
	}
	w.frame = w.sealer.Seal(append(w.frame[:0], 0, 0, 0), nonce(w.sent), plain, nil)
	w.sent++
	return w.writeFrame(w.frame)
}

func nonce(count uint32) []byte {
	iv := make([]byte, 12)
	binary.BigEndian.PutUint32(iv[8:], count)
	return iv
}
