package web

import (
	"slices"

	"careline/channels"
)

// The page's words; the browser gets all of them under these ids without «web.».
var pageWords = []string{
	"about", "attach", "bot", "calendar", "connecting", "download", "failed", "file_refused", "file_too_large", "language", "log", "map",
	"new_messages", "no_script", "offline", "phone_placeholder", "photo", "placeholder", "remove", "retry", "send", "sending", "sent",
	"title", "too_long", "typing", "you",
}

// The widget's words.
var widgetWords = []string{"close", "open", "title"}

// WordIDs lists what Options.Words is asked for, the renderer's words included.
func WordIDs() []string {
	ids := channels.WordIDs()
	for _, id := range slices.Concat(pageWords, widgetWords) {
		ids = append(ids, "web."+id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (w *Web) words(lang string, ids []string) map[string]string {
	words := make(map[string]string, len(ids))
	for _, id := range ids {
		words[id] = w.options.Words(lang, "web."+id)
	}
	return words
}

func (w *Web) widgetWords() map[string]map[string]string {
	words := make(map[string]map[string]string, len(w.options.Languages))
	for _, lang := range w.options.Languages {
		words[lang] = w.words(lang, widgetWords)
	}
	return words
}
