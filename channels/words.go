package channels

// Words gives the channel's own words in a language (ru, en) by their id; unknown ones are empty.
type Words func(lang, id string) string

// The renderer's words.
const (
	WordChoose       = "channel.choose"        // «Выберите:», above buttons that came without a text
	WordMore         = "channel.more"          // «Ещё варианты:», above buttons that did not fit
	WordOr           = "channel.or"            // «Или:», above buttons that follow cards
	WordPick         = "channel.pick"          // «Выбрать», the button of a card
	WordNumber       = "channel.number"        // «Ответьте числом.», under a numbered list
	WordOrNumber     = "channel.or_number"     // «Или ответьте числом.», where words are wanted
	WordNumberLetter = "channel.number_letter" // «Ответьте числом или буквой.»
	WordOrLetter     = "channel.or_letter"     // «Или ответьте буквой.», where a number or a date is wanted
	WordNumbers      = "channel.numbers"       // «Ответьте числами через запятую.»
	WordSharePhone   = "channel.share_phone"   // «Отправить мой номер», a button
)

// Words that a link puts into the mouth of whoever comes by it, where a messenger has no other way to bring a source.
const (
	WordHello = "channel.hello" // «Здравствуйте!»
	WordCode  = "channel.code"  // «код», one word before the source
)

// WordIDs lists the renderer's words, for a catalogue that wants to know whether it has all.
func WordIDs() []string {
	return []string{
		WordChoose, WordMore, WordOr, WordPick, WordNumber, WordOrNumber, WordNumberLetter, WordOrLetter, WordNumbers, WordSharePhone,
	}
}
