package whatsapp

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// line is the linked device at work in this process.
type line struct {
	*WhatsApp
	client *whatsmeow.Client
	device types.JID // its own id, and the next two: the library rewrites its copies when it is logged out
	self   types.JID // the account's hidden id
	lids   store.LIDStore
	crypt  *ratchet
	key    [32]byte // its private key
	sink   channels.Sink
	ctx    context.Context // ends before the library's work does
	work   context.Context // of the library
	end    context.CancelFunc

	up      atomic.Bool
	seen    atomic.Bool   // people see us online
	broken  chan struct{} // the connection is gone
	stopped chan *trouble // it would be refused, or do harm
	turn    sync.Mutex    // one message at a time, in their order
	gate    sync.Mutex    // guards closed, and beside against it
	closed  bool          // nothing is taken any more
	beside  sync.WaitGroup
	unread  unread
}

// patient is how long a connection without an answer is believed in.
const patient = time.Minute

func (w *WhatsApp) newLine(ctx context.Context, device *store.Device, in channels.Sink) *line {
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	crypt := &ratchet{SessionStore: device.Sessions, EventBuffer: device.EventBuffer}
	device.Sessions, device.EventBuffer = crypt, crypt
	l := &line{
		WhatsApp: w, client: w.newClient(device), device: *device.ID, self: device.LID.ToNonAD(), lids: device.LIDs, crypt: crypt, key: *device.IdentityKey.Priv, sink: in, ctx: ctx, work: work, end: end,
		broken: make(chan struct{}, 1), stopped: make(chan *trouble, 1),
	}
	l.unread.waiting = map[string]context.CancelFunc{}
	l.client.EnableAutoReconnect = false // serve does it, and knows when not to
	l.client.BackgroundEventCtx = work
	l.client.SynchronousAck = true // with both of the next: what was not stored is brought again, and can be read again
	l.client.EnableDecryptedEventBuffer = true
	l.client.UseRetryMessageStore = true               // what a phone could not read it may ask for after we were restarted
	l.client.AutomaticMessageRerequestFromPhone = true // what the sender's phone does not send again the clinic's may have
	l.client.AddEventHandlerWithSuccessStatus(l.handle)
	return l
}

// newClient is the library's client; it downloads none of the history on the clinic's phone.
func (w *WhatsApp) newClient(device *store.Device) *whatsmeow.Client {
	c := whatsmeow.NewClient(device, quiet{w.options.Log, ""})
	c.ManualHistorySyncDownload = true
	if w.options.HTTP != nil {
		c.SetWebsocketHTTPClient(w.options.HTTP)
		c.SetPreLoginHTTPClient(w.options.HTTP)
		c.SetMediaHTTPClient(w.options.HTTP)
	}
	return c
}

func (l *line) connect() error {
	select {
	case <-l.broken: // told of the one before
	default:
	}
	return dial(l.work, l.client)
}

// close lets the message under way be stored, takes no more, and leaves.
func (l *line) close() {
	l.up.Store(false)
	l.turn.Lock()
	l.gate.Lock()
	l.closed = true
	l.gate.Unlock()
	l.turn.Unlock()
	l.client.Disconnect()
	l.beside.Wait()
	l.end()
}

func (l *line) isClosed() bool {
	l.gate.Lock()
	defer l.gate.Unlock()
	return l.closed
}

// aside does something that close waits for, behind the back of the goroutine that reads.
func (l *line) aside(f func()) {
	l.gate.Lock()
	defer l.gate.Unlock()
	if !l.closed {
		l.beside.Go(f)
	}
}

// handle is called by the library, mostly on the goroutine that reads. False = not stored: to be brought again. The
// library takes a panic for a success.
func (l *line) handle(event any) (stored bool) {
	defer func() {
		if recover() != nil {
			l.options.Log.Error("whatsapp event broke its handler") // what it panicked with may quote the message
			stored = false
		}
	}()
	switch e := event.(type) {
	case *events.Message:
		return l.message(e)
	case *events.UndecryptableMessage:
		l.undecryptable(e)
	case *events.Connected:
		l.up.Store(true)
		l.health.up(l.options.Now())
		l.options.Log.Info("whatsapp connected")
		l.aside(func() { l.online(l.work, false) })
	case *events.Disconnected:
		if !l.client.IsConnected() {
			l.breaks()
		}
	case *events.KeepAliveTimeout:
		if time.Since(e.LastSuccess) > patient { // measured by the library's clock
			l.breaks()
		}
	default:
		if t := troubleOf(event, l.options.Now()); t != nil {
			l.stop(t)
		}
	}
	return true
}

func (l *line) breaks() {
	select {
	case l.broken <- struct{}{}:
	default:
	}
}

func (l *line) stop(t *trouble) {
	t.device = l.device
	l.up.Store(false)
	select {
	case l.stopped <- t:
	default:
	}
}

// online shows us there, or away. Away is the rule: the clinic's own phone rings only while its devices are.
func (l *line) online(ctx context.Context, there bool) {
	if l.seen.Swap(there) && there {
		return
	}
	presence := types.PresenceUnavailable
	if there {
		presence = types.PresenceAvailable
	}
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	if err := l.client.SendPresence(ctx, presence); err != nil {
		l.options.Log.DebugContext(ctx, "whatsapp presence was not sent", "error", lost(err)) // a new device has no name yet
	}
}
