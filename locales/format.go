package locales

import (
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
)

// fallback is the language in which values are written for a reader whose language is not shipped.
const fallback = "ru"

// Format writes values as a language does: moments, money, durations, numbers, phones, lists.
type Format struct {
	tag      language.Tag
	texts    map[string]map[Form]*Template // by id of format/LANGUAGE.yaml
	weekdays []string                      // from Sunday, answering «когда?»
	months   []string                      // from January, answering «какого?»
	group    string                        // between thousands
	decimal  string                        // before the fraction
}

// FormatOf is the way of the language ("en-GB" is "en").
func FormatOf(lang string) *Format {
	all := formats()
	if f := all[lang]; f != nil {
		return f
	}
	if f := all[baseOf(lang)]; f != nil {
		return f
	}
	return all[fallback]
}

var formats = sync.OnceValue(func() map[string]*Format {
	all := map[string]*Format{}
	for lang, messages := range mustRead(ways, "format/*.yaml") {
		all[lang] = newFormat(lang, messages)
	}
	return all
})

func newFormat(lang string, messages []Message) *Format {
	f := &Format{tag: tagOf(lang), texts: map[string]map[Form]*Template{}}
	for _, m := range messages {
		f.texts[m.ID] = map[Form]*Template{}
		for form, text := range m.filled().Forms {
			t, err := Parse(text)
			if err != nil {
				panic(lang + ": " + m.ID + ": " + err.Error())
			}
			f.texts[m.ID][form] = t
		}
	}
	f.weekdays = strings.Split(f.Phrase("weekdays"), ", ")
	f.months = strings.Split(f.Phrase("months"), ", ")
	sample := f.Phrase("number")
	f.group = strings.TrimPrefix(sample[:strings.Index(sample, "234")], "1")
	f.decimal = strings.TrimSuffix(sample[strings.Index(sample, "234")+3:], "5")
	return f
}

// Phrase is the words of an id of format/LANGUAGE.yaml with its values, given as name, value, name, value.
func (f *Format) Phrase(id string, values ...string) string {
	return f.texts[id][Other].fragment(Values(values...))
}

// counted is a phrase with {n} in the form that n asks for.
func (f *Format) counted(id string, n int) string {
	form := formOf(f.tag, n)
	if f.texts[id][form] == nil {
		form = Other
	}
	return f.texts[id][form].fragment(Values("n", f.Number(float64(n))))
}

// YesNo is the bare word.
func (f *Format) YesNo(b bool) string {
	if b {
		return f.Phrase("yes")
	}
	return f.Phrase("no")
}

// Weekday answers «when?»: «в среду», "on Wednesday".
func (f *Format) Weekday(d time.Weekday) string { return f.weekdays[d] }
