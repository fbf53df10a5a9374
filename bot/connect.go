package bot

import (
	"fmt"
	"log/slog"
	"slices"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/store"
)

// Connect makes the channels that the settings ask for, and says which.
func Connect(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) ([]channels.Channel, error) {
	chat := WebChat(s, f, settings, c, log)
	log.Info("channel", "channel", chat.ID(), "path", chat.Path())
	all := []channels.Channel{chat}
	if settings.Telegram.Token != "" {
		t, err := Telegram(f, settings, c, log)
		if err != nil {
			return nil, fmt.Errorf("connecting Telegram: %w", err)
		}
		log.Info("channel", "channel", t.ID(), "mode", settings.Telegram.Mode)
		if settings.Public == "" && slices.ContainsFunc(f.Clinic.Consents, (*booking.Document).IsOurs) {
			log.Warn("CARELINE_PUBLIC_URL is not set: people in messengers cannot open the consents' texts; set it, or give each consent a `url` in careline.yaml")
		}
		all = append(all, t)
	}
	return all, nil
}
