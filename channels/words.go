package channels

// Words gives the channel's own words in a language (ru, en) by their id; unknown ones are empty.
type Words func(lang, id string) string

// The renderer's words.
const (
	WordChoose     = "channel.choose"      // «Выберите:», above buttons that came without a text
	WordMore       = "channel.more"        // «Ещё варианты:», above buttons that did not fit
	WordNumber     = "channel.number"      // «Ответьте числом.», under a numbered list
	WordNumbers    = "channel.numbers"     // «Ответьте числами, например: 1, 3.»
	WordSharePhone = "channel.share_phone" // «Отправить мой номер», a button
)

// WordIDs lists the renderer's words, for a catalogue that wants to know whether it has all.
func WordIDs() []string {
	return []string{WordChoose, WordMore, WordNumber, WordNumbers, WordSharePhone}
}
