package whatsapptest

import (
	"bytes"
	"errors"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"google.golang.org/protobuf/proto"
)

// vouch signs a device's identity with the account's key.
func (p *Phone) vouch(d *device) (*waAdv.ADVSignedDeviceIdentity, error) {
	details, err := proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID:       proto.Uint32(1),
		Timestamp:   proto.Uint64(uint64(p.s.o.Now().Unix())),
		KeyIndex:    proto.Uint32(uint32(d.jid.Device)),
		AccountType: waAdv.ADVEncryptionType_E2EE.Enum(),
		DeviceType:  waAdv.ADVEncryptionType_E2EE.Enum(),
	})
	return &waAdv.ADVSignedDeviceIdentity{
		Details:             details,
		AccountSignatureKey: p.keys.identity.Pub[:],
		AccountSignature:    sign(p.keys.identity, whatsmeow.AdvAccountSignaturePrefix, details, d.keys.identity[:]),
	}, err
}

// check is what every phone does before it trusts a linked device: both the account and the device must have signed
// the device's identity. What was found good once is not looked at again.
func (p *Phone) check(d *device, raw []byte) error {
	p.s.mu.Lock()
	known := d.proven != nil && bytes.Equal(d.proven, raw)
	p.s.mu.Unlock()
	if known {
		return nil
	}
	var account waAdv.ADVSignedDeviceIdentity
	if err := proto.Unmarshal(raw, &account); err != nil {
		return err
	}
	owner := p.keys.identity.Pub
	if len(account.AccountSignatureKey) == 0 { // a client leaves it out when it pairs
		account.AccountSignatureKey = owner[:]
	}
	switch {
	case !bytes.Equal(account.AccountSignatureKey, owner[:]):
		return errors.New("device identity is signed for another account")
	case !verify(*owner, account.AccountSignature, whatsmeow.AdvAccountSignaturePrefix, account.Details, d.keys.identity[:]):
		return errors.New("bad account signature on device identity")
	case !verify(d.keys.identity, account.DeviceSignature,
		whatsmeow.AdvDeviceSignaturePrefix, account.Details, d.keys.identity[:], owner[:]):
		return errors.New("bad device signature on device identity")
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	d.proven = raw
	return nil
}
