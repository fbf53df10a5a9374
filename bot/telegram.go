package bot

import (
	"log/slog"
	"slices"
	"strings"

	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels/telegram"
	"careline/store"
)

// Telegram is the clinic's bot, wired to its folder and settings. It listens to the groups of the administrators and
// managers and to no others.
func Telegram(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) (*telegram.Telegram, error) {
	o := telegram.Options{
		Token:     settings.Telegram.Token,
		API:       settings.Telegram.API,
		Mode:      settings.Telegram.Mode,
		Secret:    settings.Telegram.Secret,
		Public:    settings.Public,
		Memory:    Memory{Channel: "telegram", Store: s, Now: c.Now},
		Words:     f.Scripts.Catalogue().Word,
		Languages: f.Scripts.Languages,
		Menu:      map[string][]telegram.Command{},
		Clinic:    f.Files,
		Rates:     settings.Telegram.Rates,
		Now:       c.Now,
		Log:       log,
	}
	for _, room := range slices.Concat(f.Clinic.Desk.Admins, f.Clinic.Desk.Manager) {
		if room.Channel == "telegram" && strings.HasPrefix(room.Chat, "-") && !slices.Contains(o.Rooms, room.Chat) { // others are of one person
			o.Rooms = append(o.Rooms, room.Chat)
		}
	}
	for _, language := range f.Scripts.Languages {
		for _, c := range f.Scripts.Commands() {
			o.Menu[language] = append(o.Menu[language], telegram.Command{Name: c.Name, Description: f.Scripts.Catalogue().Word(language, c.Title)})
		}
	}
	return telegram.New(o)
}
