//go:build nowhatsapp

package main

import (
	"errors"
	"log/slog"

	"careline/bot"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/store"
)

// whatsApp of a build without it.
func whatsApp() bot.Maker {
	return func(store.Store, *folder.Folder, bot.Settings, clock.Clock, *slog.Logger) (channels.Channel, error) {
		return nil, errors.New("this careline was built without WhatsApp (-tags nowhatsapp): take the usual build, or set CARELINE_WHATSAPP=off")
	}
}
