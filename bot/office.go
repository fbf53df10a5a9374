package bot

import (
	"net/http"
	"strings"

	"careline/bot/access"
	"careline/bot/clock"
	"careline/bot/web"
	"careline/bot/web/demo"
	"careline/bot/web/page"
	"careline/locales"
)

// office serves the desk's pages.
func (b *Bot) office(seal *sealer) http.Handler {
	now := b.Clock.Now
	if b.Demo != nil {
		now = clock.Real{}.Now // sessions outlive the jumps of the demo's clock
	}
	people := access.New(access.Parts{
		Store: b.Store, Now: now, IDs: b.IDs, Sealer: seal, Log: b.Log,
		Secure:  strings.HasPrefix(b.Settings.Public, "https://"),
		Address: clientIP(b.Settings.ProxyHeader),
	})
	desk := page.Desk{
		Store: b.Store, Clinic: b.Folder.Clinic, Scripts: b.Folder.Scripts, Files: b.Folder.Files, Findings: b.Folder.Findings, Channels: b.Channels, Clock: b.Clock, IDs: b.IDs, Log: b.Log,
		Access: people, Live: b.pages, Framed: b.Demo != nil,
	}
	if b.Demo != nil {
		return web.Office(desk, people, b.Runner, b.entrance(people))
	}
	return web.Office(desk, people, b.Runner)
}

// entrance lets a newcomer to the demo sit down at the desk, in the language of the demo's page.
func (b *Bot) entrance(people *access.Access) page.Route {
	return page.Route{Pattern: "GET " + demo.Entrance, Public: true, Handle: func(q *page.Request) error {
		words, language := b.Folder.Scripts.Catalogue(), q.R.URL.Query().Get("lang")
		if language == "" {
			language = locales.Prefer(q.R.Header.Get("Accept-Language"), b.Folder.Scripts.Languages)
		}
		language = words.Speaks(language)
		err := people.Enter(q.Context(), access.Account{
			Login: "demo-" + language, Name: words.Word(language, "demo.administrator"), Role: access.Owner, Language: language,
		})
		if err != nil {
			return err
		}
		return q.Redirect("/desk/inbox")
	}}
}
