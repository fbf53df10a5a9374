package whatsapp

import (
	"context"
	"sync"
	"time"

	signal "go.mau.fi/libsignal/logger"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCompanionReg"
	"go.mau.fi/whatsmeow/store"
	"google.golang.org/protobuf/proto"
)

// library guards the variables that whatsmeow and libsignal have one of for the whole process.
var library struct {
	sync.RWMutex
	prepared bool
}

// versionWithin is short: a process that takes over is waited for, and the version we know is mostly good enough.
const versionWithin = 3 * time.Second

// dial connects; the library reads its variables meanwhile.
func dial(ctx context.Context, c *whatsmeow.Client) error {
	library.RLock()
	defer library.RUnlock()
	if err := c.ConnectContext(ctx); err != nil {
		return lost(err)
	}
	return nil
}

// prepareLibrary sets them once: the name under which the phone lists the device, a root of certificates other than
// WhatsApp's when one is handed in, and silence, for libsignal prints to the terminal.
func prepareLibrary(root [32]byte) {
	library.Lock()
	defer library.Unlock()
	if root != ([32]byte{}) && root != whatsmeow.WACertPubKey {
		whatsmeow.WACertPubKey = root
	}
	if library.prepared {
		return
	}
	library.prepared = true
	store.DeviceProps.Os = proto.String("careline")
	store.DeviceProps.PlatformType = waCompanionReg.DeviceProps_DESKTOP.Enum()
	store.DeviceProps.RequireFullSync = proto.Bool(false)
	var none signal.Loggable = silent{}
	signal.Setup(&none)
}

// refreshVersion learns which version of the web client WhatsApp serves now: it refuses old ones. It tells whether that
// is another than the one we said we were.
func (w *WhatsApp) refreshVersion(ctx context.Context) (news bool) {
	ctx, cancel := context.WithTimeout(ctx, versionWithin)
	defer cancel()
	latest, err := whatsmeow.GetLatestVersion(ctx, w.options.HTTP)
	if err != nil {
		w.options.Log.DebugContext(ctx, "whatsapp does not tell the current web version") // the error may quote a page
		return false
	}
	library.Lock()
	defer library.Unlock()
	if !store.GetWAVersion().LessThan(*latest) {
		return false
	}
	store.SetWAVersion(*latest)
	return true
}

type silent struct{}

func (silent) Debug(string, string)   {}
func (silent) Info(string, string)    {}
func (silent) Warning(string, string) {}
func (silent) Error(string, string)   {}
func (silent) Configure(string)       {}
