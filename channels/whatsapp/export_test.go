package whatsapp

// Connected tells whether the device is in this process and online.
func (w *WhatsApp) Connected() bool {
	l := w.line.Load()
	return l != nil && l.up.Load()
}

// RememberIdentities is what the channel does with the device that it reads from the session.
var RememberIdentities = rememberIdentities
