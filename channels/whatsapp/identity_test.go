package whatsapp_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"careline/channels/whatsapp"
	"careline/store"
	"careline/store/sqlite"

	"go.mau.fi/whatsmeow/proto/waAdv"
	wastore "go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
)

const annasPhone = "100000000000001_1:0"

var (
	oldPhone = [32]byte{1}
	newPhone = [32]byte{2}
)

// keyring is a device's store of other people's keys: as the channel uses it, and as the database has it.
func keyring(t *testing.T) (used, kept *wastore.Device, shut func() error) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	sessions, dialect, err := db.(store.Sessions).Sessions(t.Context(), "whatsapp")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sessions.Close() })
	container := sqlstore.NewWithDB(sessions, dialect, nil)
	if err := container.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept = container.NewDevice()
	kept.ID = &types.JID{User: "79990000000", Device: 1, Server: types.DefaultUserServer}
	kept.Account = &waAdv.ADVSignedDeviceIdentity{
		Details: []byte("clinic"), AccountSignature: make([]byte, 64), AccountSignatureKey: make([]byte, 32), DeviceSignature: make([]byte, 64),
	}
	if err := container.PutDevice(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	used = &wastore.Device{Identities: kept.Identities, EventBuffer: kept.EventBuffer}
	whatsapp.RememberIdentities(used)
	return used, kept, sessions.Close
}

func trusts(t *testing.T, d *wastore.Device, key [32]byte) bool {
	t.Helper()
	trusted, err := d.Identities.IsTrustedIdentity(t.Context(), annasPhone, key)
	if err != nil {
		t.Fatal(err)
	}
	return trusted
}

func writes(t *testing.T, d *wastore.Device, key [32]byte) {
	t.Helper()
	if err := d.Identities.PutIdentity(t.Context(), annasPhone, key); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyThatIsKnownCostsNothing(t *testing.T) {
	used, kept, closeDatabase := keyring(t)
	writes(t, used, oldPhone)
	if trusts(t, kept, newPhone) {
		t.Error("the key was not written")
	}
	if err := closeDatabase(); err != nil {
		t.Fatal(err)
	}
	writes(t, used, oldPhone)
	if !trusts(t, used, oldPhone) || trusts(t, used, newPhone) {
		t.Error("another key is taken for hers")
	}
}

func TestAKeyFollowsItsPhone(t *testing.T) {
	used, kept, _ := keyring(t)
	writes(t, used, oldPhone)
	writes(t, used, newPhone)
	if trusts(t, kept, oldPhone) || !trusts(t, kept, newPhone) {
		t.Error("the new phone's key was not written")
	}
	for name, forget := range map[string]func() error{
		"of an address": func() error { return used.Identities.DeleteIdentity(t.Context(), annasPhone) },
		"of a person":   func() error { return used.Identities.DeleteAllIdentities(t.Context(), "100000000000001_1") },
	} {
		writes(t, used, newPhone)
		if err := forget(); err != nil {
			t.Fatal(err)
		}
		if !trusts(t, used, oldPhone) {
			t.Errorf("the key %s is still held against another", name)
		}
	}
}

func TestAKeyIsWrittenAgainWhenItsMessageCouldNotBe(t *testing.T) {
	used, kept, _ := keyring(t)
	broken := errors.New("the database is full")
	err := used.EventBuffer.DoDecryptionTxn(t.Context(), func(ctx context.Context) error {
		if err := used.Identities.PutIdentity(ctx, annasPhone, oldPhone); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	writes(t, used, oldPhone)
	if trusts(t, kept, newPhone) {
		t.Error("the key is not in the database")
	}
}
