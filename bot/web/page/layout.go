package page

import (
	"encoding/json"
	"strconv"
)

// htmxConfig: nothing is evaluated or styled inline; a form with errors (422) is shown; other errors are toasts.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"defaultSwapStyle":"innerHTML","timeout":20000,"disableInheritance":true,"scrollIntoViewOnBoost":false,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`

type shortcut struct{ keys, word string }

// shortcuts of all pages, for the help.
var shortcuts = []shortcut{
	{"j / k", "desk.page.key.move"}, {"Enter", "desk.page.key.open"}, {"r", "desk.page.key.reply"}, {"n", "desk.page.key.note"},
	{"a", "desk.page.key.take"}, {"e", "desk.page.key.done"}, {"x", "desk.page.key.more"},
	{"/", "desk.page.key.search"}, {"Ctrl Enter", "desk.page.key.send"}, {"Esc", "desk.page.key.leave"}, {"?", "desk.page.key.help"},
}

// source of the page's live parts.
func (q *Request) source() string {
	if q.live != "" {
		return q.live
	}
	return livePath
}

func (q *Request) clinic() string { return q.Clinic.In(q.Language).Text(q.Clinic.Name) }

func millis(q *Request) string { return strconv.FormatInt(q.Now.UnixMilli(), 10) }

func current(s, in Section) string {
	if s == in {
		return "page"
	}
	return "false"
}

// scriptWords are what the scripts say themselves.
func (q *Request) scriptWords() string {
	words := map[string]string{}
	for _, id := range []string{"left", "late", "now", "lost", "back", "ring", "notify_on", "notify_off", "notify_quiet", "draft", "resend", "day", "hour", "minute"} {
		words[id] = q.Word("desk.page.js." + id)
	}
	body, _ := json.Marshal(words) // a map of texts can always be written
	return string(body)
}
