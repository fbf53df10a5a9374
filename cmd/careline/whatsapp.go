//go:build !nowhatsapp

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"

	"careline/bot"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/channels/whatsapp"
	"careline/store"
)

// whatsApp makes the channel; this file alone brings in its library. The session's connections are open as long as the
// process. More changes the options, for a network that is not WhatsApp's own.
func whatsApp(more ...func(*whatsapp.Options)) bot.Maker {
	return func(s store.Store, f *folder.Folder, settings bot.Settings, c clock.Clock, log *slog.Logger) (channels.Channel, error) {
		sessions, ok := s.(store.Sessions)
		if !ok {
			return nil, errors.New("this database cannot keep the session of a linked phone")
		}
		db, dialect, err := sessions.Sessions(context.Background(), "whatsapp")
		if err != nil {
			return nil, fmt.Errorf("opening WhatsApp's session: %w", err)
		}
		wanted := f.Clinic.Channels.WhatsApp
		o := whatsapp.Options{
			DB:         db,
			Dialect:    dialect,
			Memory:     bot.Memory{Channel: "whatsapp", Store: s, Now: c.Now},
			Words:      f.Scripts.Catalogue().Word,
			Phone:      settings.WhatsApp.Phone,
			Languages:  f.Scripts.Languages,
			Clinic:     f.Files,
			Rates:      settings.WhatsApp.Rates,
			Polls:      wanted.Polls,
			ColdPerDay: wanted.ColdPerDay,
			Log:        log,
			Now:        c.Now,
			Random:     rand.Float64,
		}
		for _, change := range more {
			change(&o)
		}
		return whatsapp.New(o)
	}
}
