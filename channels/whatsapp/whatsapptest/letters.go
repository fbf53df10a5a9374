package whatsapptest

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// hello is of a client that shows a code with eight letters for a phone to enter.
type hello struct {
	ref     string
	wrapped []byte      // salt, counter and the client's ephemeral key, encrypted with the letters
	finish  chan finish // gets one
}

type finish struct{ bundle, identity []byte }

// wrapping is 32 bytes of salt, 16 of counter and 32 of key.
const wrapping = 80

// letters serves both requests of a client that links by a code with eight letters.
func (c *session) letters(n *waBinary.Node, reg waBinary.Node) {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	switch stage, _ := reg.Attrs["stage"].(string); stage {
	case "companion_hello":
		wrapped := bytesOf(reg, "link_code_pairing_wrapped_companion_ephemeral_pub")
		jid, _ := reg.Attrs["jid"].(types.JID)
		if len(wrapped) != wrapping || jid.User != s.own.jid.User {
			c.fail(n, 400, "bad-request")
			return
		}
		h := &hello{ref: c.reference(), wrapped: wrapped, finish: make(chan finish, 1)}
		c.pairing.hello = h
		c.result(n, waBinary.Node{Tag: "link_code_companion_reg", Content: []waBinary.Node{
			{Tag: "link_code_pairing_ref", Content: []byte(h.ref)},
		}})
	case "companion_finish":
		h := c.pairing.hello
		if h == nil || string(bytesOf(reg, "link_code_pairing_ref")) != h.ref {
			c.fail(n, 404, "item-not-found")
			return
		}
		c.result(n)
		select {
		case h.finish <- finish{bytesOf(reg, "link_code_pairing_wrapped_key_bundle"), bytesOf(reg, "companion_identity_public")}:
		default: // a second answer to the same letters
		}
	default:
		c.fail(n, 501, "feature-not-implemented")
	}
}

// Enter does what a person does who types the eight letters into the phone; it fails if they are wrong.
func (p *Phone) Enter(ctx context.Context, code string) error {
	c, h := p.awaiting()
	if h == nil {
		return errors.New("nobody waits for a code")
	}
	code = strings.ReplaceAll(code, "-", "")
	theirs, err := unwrap(code, h.wrapped)
	if err != nil {
		return err
	}
	ours, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	wrapped, err := wrap(code, ours.PublicKey().Bytes())
	if err != nil {
		return err
	}
	p.s.mu.Lock()
	c.send(waBinary.Node{
		Tag: "notification",
		Attrs: waBinary.Attrs{
			"from": types.ServerJID, "id": p.s.nextID(), "type": "link_code_companion_reg", "t": p.s.o.Now().Unix(),
		},
		Content: []waBinary.Node{{Tag: "link_code_companion_reg", Attrs: waBinary.Attrs{"stage": "primary_hello"}, Content: []waBinary.Node{
			{Tag: "link_code_pairing_ref", Content: []byte(h.ref)},
			{Tag: "link_code_pairing_wrapped_primary_ephemeral_pub", Content: wrapped},
			{Tag: "primary_identity_pub", Content: p.keys.identity.Pub[:]},
		}}},
	})
	p.s.mu.Unlock()
	shared, err := agree(ours, theirs)
	if err != nil {
		return err
	}
	select {
	case f := <-h.finish:
		secret, err := p.secret(f, shared)
		if err != nil {
			return err
		}
		return p.approve(c, secret)
	case <-c.gone:
		return errors.New("the client went away")
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Phone) awaiting() (*session, *hello) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, c := range p.s.pairing {
		if c.pairing.hello != nil {
			return c, c.pairing.hello
		}
	}
	return nil, nil
}

// secret is what the client and the phone agree on; only who knew the letters can open the client's part of it.
func (p *Phone) secret(f finish, shared []byte) ([]byte, error) {
	const salt, iv, size = 32, 12, 32
	if len(f.bundle) < salt+iv {
		return nil, errors.New("malformed key bundle")
	}
	key, err := hkdf.Key(sha256.New, shared, f.bundle[:salt], "link_code_pairing_key_bundle_encryption_key", size)
	if err != nil {
		return nil, err
	}
	plain, err := gcm(key).Open(nil, f.bundle[salt:salt+iv], f.bundle[salt+iv:], nil)
	if err != nil || len(plain) != 3*size {
		return nil, errors.New("the code is wrong")
	}
	identity, own, part := plain[:size], plain[size:2*size], plain[2*size:]
	if !bytes.Equal(identity, f.identity) || !bytes.Equal(own, p.keys.identity.Pub[:]) {
		return nil, errors.New("the key bundle is not of this client and this phone")
	}
	private, err := ecdh.X25519().NewPrivateKey(p.keys.identity.Priv[:])
	if err != nil {
		return nil, err
	}
	between, err := agree(private, identity)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, slices.Concat(shared, between, part), nil, "adv_secret", size)
}

func wrap(code string, public []byte) ([]byte, error) {
	head := random(48)
	key, err := stream(code, head, public)
	return append(head, key...), err
}

func unwrap(code string, wrapped []byte) ([]byte, error) {
	return stream(code, wrapped[:48], wrapped[48:])
}

// stream encrypts and decrypts with the letters.
func stream(code string, head, data []byte) ([]byte, error) {
	key, err := pbkdf2.Key(sha256.New, code, head[:32], 2<<16, 32)
	if err != nil {
		return nil, fmt.Errorf("deriving a key from the code: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(data))
	cipher.NewCTR(block, head[32:]).XORKeyStream(out, data)
	return out, nil
}
