package bot

import (
	"fmt"
	"log/slog"
	"slices"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// Maker makes a channel that not every build has, wired to the clinic's folder and settings.
type Maker func(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) (channels.Channel, error)

// Connect makes the channels that the settings ask for, and says which.
func Connect(s store.Store, f *folder.Folder, settings Settings, whatsapp Maker, c clock.Clock, log *slog.Logger) ([]channels.Channel, error) {
	chat := WebChat(s, f, settings, c, log)
	log.Info("channel", "channel", chat.ID(), "path", chat.Path())
	if settings.Public == "" && opens(f.Scripts) {
		log.Warn("CARELINE_PUBLIC_URL is not set: buttons with a link open it directly, so clicks are neither counted nor answered")
	}
	all := []channels.Channel{chat}
	if settings.Telegram.Token != "" {
		t, err := Telegram(s, f, settings, c, log)
		if err != nil {
			return nil, fmt.Errorf("connecting Telegram: %w", err)
		}
		log.Info("channel", "channel", t.ID(), "mode", settings.Telegram.Mode)
		all = append(all, t)
	}
	if settings.VK.Token != "" {
		v, err := VK(s, f, settings, c, log)
		if err != nil {
			return nil, fmt.Errorf("connecting VK: %w", err)
		}
		log.Info("channel", "channel", v.ID(), "mode", settings.VK.Mode)
		all = append(all, v)
	}
	if settings.WhatsApp.On {
		w, err := whatsapp(s, f, settings, c, log)
		if err != nil {
			return nil, fmt.Errorf("connecting WhatsApp: %w", err)
		}
		log.Info("channel", "channel", w.ID())
		all = append(all, w)
	}
	if len(all) > 1 && settings.Public == "" && slices.ContainsFunc(f.Clinic.Consents, (*booking.Document).IsOurs) {
		log.Warn("CARELINE_PUBLIC_URL is not set: people in messengers cannot open the consents' texts; set it, or give each consent a `url` in careline.yaml")
	}
	return all, nil
}

// opens reports whether some button of the scripts opens an address.
func opens(s *dialogs.Set) bool {
	for _, d := range s.Dialogs {
		for _, state := range d.States {
			if state.Ask != nil && slices.ContainsFunc(state.Ask.Choices, func(c *dialogs.Choice) bool { return c.Link != "" }) {
				return true
			}
		}
	}
	return false
}
