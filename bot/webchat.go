package bot

import (
	"log/slog"
	"net/http"
	"strings"

	"careline/bot/clock"
	"careline/bot/folder"
	chat "careline/channels/web"
	"careline/locales"
	"careline/store"
)

// WebChat is the clinic's own chat, wired to its store and folder.
func WebChat(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) *chat.Web {
	return chat.New(chat.Options{
		Clinic:    func(language string) string { return f.Clinic.In(language).Text(f.Clinic.Name) },
		Words:     f.Scripts.Catalogue().Word,
		Languages: f.Scripts.Languages,
		Prefer:    locales.Prefer,
		Mailbox:   Mailbox{Store: s},
		Files:     Files{Store: s, Clinic: f.Files, Now: c.Now},
		Now:       c.Now,
		Public:    settings.Public,
		Ancestors: settings.FramedBy,
		ClientIP:  clientIP(settings.ProxyHeader),
		Secure:    strings.HasPrefix(settings.Public, "https://"),
		Log:       log,
	})
}

// clientIP reads who asks from the header that our own proxy sets; its last entry is what the proxy saw itself.
func clientIP(header string) func(*http.Request) string {
	if header == "" {
		return nil
	}
	return func(r *http.Request) string {
		hops := strings.Split(r.Header.Get(header), ",")
		return strings.TrimSpace(hops[len(hops)-1])
	}
}
