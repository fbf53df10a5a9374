package whatsapptest

import (
	"context"
	"errors"
	"time"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/util/keys"
)

// A keyring is libsignal's stores.

func (k *keyring) GetIdentityKeyPair() *identity.KeyPair {
	public := identity.NewKey(ecc.NewDjbECPublicKey(*k.identity.Pub))
	return identity.NewKeyPair(public, ecc.NewDjbECPrivateKey(*k.identity.Priv))
}

func (k *keyring) GetLocalRegistrationID() uint32 { return k.registration }

func (k *keyring) SaveIdentity(context.Context, *protocol.SignalAddress, *identity.Key) error {
	return nil
}

func (k *keyring) IsTrustedIdentity(context.Context, *protocol.SignalAddress, *identity.Key) (bool, error) {
	return true, nil
}

func (k *keyring) LoadPreKey(_ context.Context, id uint32) (*record.PreKey, error) {
	key, ok := k.oneTime[id]
	if !ok {
		return nil, nil
	}
	return record.NewPreKey(id, pair(key), store.SignalProtobufSerializer.PreKeyRecord), nil
}

func (k *keyring) ContainsPreKey(_ context.Context, id uint32) (bool, error) {
	_, ok := k.oneTime[id]
	return ok, nil
}

func (k *keyring) RemovePreKey(_ context.Context, id uint32) error {
	delete(k.oneTime, id)
	return nil
}

func (k *keyring) LoadSignedPreKey(_ context.Context, id uint32) (*record.SignedPreKey, error) {
	if id != k.signed.KeyID {
		return nil, nil
	}
	return record.NewSignedPreKey(id, time.Now().Unix(), pair(k.signed), *k.signed.Signature,
		store.SignalProtobufSerializer.SignedPreKeyRecord), nil
}

func (k *keyring) LoadSignedPreKeys(ctx context.Context) ([]*record.SignedPreKey, error) {
	only, err := k.LoadSignedPreKey(ctx, k.signed.KeyID)
	return []*record.SignedPreKey{only}, err
}

func (k *keyring) ContainsSignedPreKey(_ context.Context, id uint32) (bool, error) {
	return id == k.signed.KeyID, nil
}

func (k *keyring) LoadSession(_ context.Context, peer *protocol.SignalAddress) (*record.Session, error) {
	ser := store.SignalProtobufSerializer
	if saved := k.sessions[peer.String()]; saved != nil {
		return record.NewSessionFromBytes(saved, ser.Session, ser.State)
	}
	return record.NewSession(ser.Session, ser.State), nil
}

func (k *keyring) StoreSession(_ context.Context, peer *protocol.SignalAddress, s *record.Session) error {
	k.sessions[peer.String()] = s.Serialize()
	return nil
}

func (k *keyring) ContainsSession(_ context.Context, peer *protocol.SignalAddress) (bool, error) {
	return k.sessions[peer.String()] != nil, nil
}

func (k *keyring) DeleteSession(_ context.Context, peer *protocol.SignalAddress) error {
	delete(k.sessions, peer.String())
	return nil
}

func (k *keyring) DeleteAllSessions(context.Context) error {
	clear(k.sessions)
	return nil
}

var errUnused = errors.New("libsignal does not need this of a phone")

func (k *keyring) StorePreKey(context.Context, uint32, *record.PreKey) error { return errUnused }

func (k *keyring) StoreSignedPreKey(context.Context, uint32, *record.SignedPreKey) error {
	return errUnused
}

func (k *keyring) RemoveSignedPreKey(context.Context, uint32) error { return errUnused }

func (k *keyring) GetSubDeviceSessions(context.Context, string) ([]uint32, error) {
	return nil, errUnused
}

func pair(k *keys.PreKey) *ecc.ECKeyPair {
	return ecc.NewECKeyPair(ecc.NewDjbECPublicKey(*k.Pub), ecc.NewDjbECPrivateKey(*k.Priv))
}
