package staff

import (
	"strings"

	"careline/bot/access"
	"careline/bot/web/page"
)

// endOthers signs the reader out everywhere but here.
func (p *Pages) endOthers(q *page.Request) error {
	if err := p.people.EndOthers(q.Context()); err != nil {
		return err
	}
	q.Toast("desk.sessions.ended")
	return q.Redirect("/desk/me")
}

// What browsers and systems call themselves; those stand first that call themselves by the names of others too.
var (
	browsers = [][2]string{{"YaBrowser", "Яндекс Браузер"}, {"OPR/", "Opera"}, {"Edg", "Edge"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"},
		{"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"},
		{"Linux", "Linux"}}
)

// device is «Chrome, Windows».
func device(q *page.Request, s access.Session) string {
	var names []string
	for _, known := range [][][2]string{browsers, systems} {
		for _, k := range known {
			if strings.Contains(s.Browser, k[0]) {
				names = append(names, k[1])
				break
			}
		}
	}
	if len(names) == 0 {
		return q.Word("desk.sessions.unknown")
	}
	return strings.Join(names, ", ")
}
