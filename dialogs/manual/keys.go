package manual

import (
	"strings"

	"careline/dialogs/schema"
	"careline/dialogs/transcript"
)

// keys is the table of the keys that may stand at a place of a file.
func keys(lang, kind string, path ...string) string {
	shape, _ := schema.Of(kind)
	for _, step := range path {
		shape = shape.Key(step)
	}
	return keyTable(lang, shape)
}

func lines(lang string) string {
	shape, _ := schema.Of("test")
	return keyTable(lang, shape.Key("lines").Item())
}

// items is the table of one item of a list on a transcript's card.
func items(lang, key string) string {
	shape, _ := schema.Of("test")
	return keyTable(lang, shape.Key("patient").Key(key).Item())
}

func keyTable(lang string, shape schema.Shape) string {
	var rows [][]string
	for _, k := range shape.Keys() {
		rows = append(rows, []string{code(k), shape.About(k, lang)})
	}
	return table([]string{say(lang, "ключ", "key"), say(lang, "что значит", "what it means")}, rows)
}

func expectations() string {
	return "`" + strings.Join(transcript.Expectations(), "`, `") + "`"
}
