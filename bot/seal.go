package bot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
)

// sealer keeps words unreadable in the database until there is consent to keep them: AES-256-GCM.
type sealer struct{ box cipher.AEAD }

func newSealer(secret []byte) (*sealer, error) {
	key := sha256.Sum256(secret)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("making the seal: %w", err)
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("making the seal: %w", err)
	}
	return &sealer{box: box}, nil
}

// Seal encrypts.
func (s *sealer) Seal(plain []byte) ([]byte, error) {
	return s.box.Seal(nil, nil, plain, nil), nil
}

// Open decrypts; words sealed under another secret cannot be read again.
func (s *sealer) Open(sealed []byte) ([]byte, error) {
	plain, err := s.box.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, errors.New("opening sealed words: made under another secret, or damaged")
	}
	return plain, nil
}
