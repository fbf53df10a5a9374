package bot

import (
	"log/slog"
	"strings"

	"careline/bot/clock"
	"careline/bot/folder"
	chat "careline/channels/web"
	"careline/store"
)

// WebChat is the clinic's own chat, wired to its store and folder.
func WebChat(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) *chat.Web {
	return chat.New(chat.Options{
		Clinic:    func(language string) string { return f.Clinic.In(language).Text(f.Clinic.Name) },
		Words:     f.Scripts.Catalogue().Word,
		Languages: f.Scripts.Languages,
		Mailbox:   Mailbox{Store: s},
		Files:     Files{Store: s, Clinic: f.Files, Now: c.Now},
		Now:       c.Now,
		Ancestors: settings.FramedBy,
		Secure:    strings.HasPrefix(settings.Public, "https://"),
		Log:       log,
	})
}
