package words

import "strings"

var greetings = set(`привет приветик приветствую здравствуйте здравствуй здрасте здрасьте доброе добрый доброго утро день вечер ночи времени суток
	салют хай hello hi hey there good morning afternoon evening`)

// IsGreeting reports whether the message is a greeting and nothing else.
func IsGreeting(text string) bool {
	cleaned := Clean(text)
	for w := range strings.FieldsSeq(cleaned) {
		if !greetings[w] {
			return false
		}
	}
	return cleaned != ""
}
