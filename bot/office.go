package bot

import (
	"net/http"
	"strings"

	"careline/bot/access"
	"careline/bot/web"
	"careline/bot/web/page"
)

// office serves the desk's pages.
func (b *Bot) office(seal *sealer) http.Handler {
	people := access.New(access.Parts{
		Store: b.Store, Now: b.Clock.Now, IDs: b.IDs, Sealer: seal, Log: b.Log,
		Secure:  strings.HasPrefix(b.Settings.Public, "https://"),
		Address: clientIP(b.Settings.ProxyHeader),
	})
	return web.Office(page.Desk{
		Store: b.Store, Clinic: b.Folder.Clinic, Scripts: b.Folder.Scripts, Files: b.Folder.Files, Findings: b.Folder.Findings, Channels: b.Channels, Clock: b.Clock, IDs: b.IDs, Log: b.Log,
		Access: people, Live: b.pages,
	}, people, b.Runner)
}
