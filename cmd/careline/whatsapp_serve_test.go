package main

import (
	"testing"

	"careline/bot/loadtest"
	"careline/channels/whatsapp/whatsapptest"
)

// A clinic links its phone while the server runs, and a patient books. When the phone unlinks it everybody can see it,
// and when it is linked again the next patient books.
func TestAClinicConnectsWhatsApp(t *testing.T) {
	t.Parallel()
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newPolyclinic(t)
	settings := onWhatsApp(network)
	s := serving(t, dir, settings...)
	s.start()
	s.until("/readyz?channels", 503)
	linked(t, network, dir, settings)
	s.until("/readyz?channels", 200)
	walksOn(t, loadtest.WhatsApp{Server: network}, loadtest.InWhatsApp(), 1)
	network.OwnPhone().Unlink()
	s.until("/readyz?channels", 503)
	s.until("/readyz", 200)
	linked(t, network, dir, settings)
	s.until("/readyz?channels", 200)
	walksOn(t, loadtest.WhatsApp{Server: network}, loadtest.InWhatsApp(), 2)
	s.stop()
}
