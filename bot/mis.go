package bot

import (
	"net/http"

	"careline/bot/booking"
	"careline/bot/web/api"

	"github.com/prometheus/client_golang/prometheus"
)

// hear takes what the clinic's own system tells, if it has a secret to sign it with.
func (b *Bot) hear(mux *http.ServeMux, registry prometheus.Registerer) {
	if len(b.Settings.MIS) == 0 {
		return
	}
	mux.Handle("POST "+api.Path, api.New(api.Parts{
		Store: b.Store, Reception: &booking.Reception{Clinic: b.Folder.Clinic, IDs: b.IDs}, Keys: b.Settings.MIS,
		Clock: b.Clock, Log: b.Log, Register: registry, Working: b.working.Load,
	}))
}
