package words

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone understands a number in any usual spelling, Russian without a country code, and returns E.164. A
// text that says anything besides the number is refused.
func Phone(text string) (string, bool) {
	digits, ok := phoneDigits(text)
	if !ok {
		return "", false
	}
	for _, try := range phoneReadings(digits) {
		if n, err := phonenumbers.Parse(try, "RU"); err == nil && phonenumbers.IsValidNumber(n) && n.GetExtension() == "" {
			return phonenumbers.Format(n, phonenumbers.E164), true
		}
	}
	return "", false
}

// phoneReadings are what the digits may mean, the likeliest first.
func phoneReadings(digits string) []string {
	switch {
	case strings.HasPrefix(digits, "+8") && len(digits) == 12: // +8 912 …, where 8 was meant
		return []string{digits, digits[1:]}
	case strings.HasPrefix(digits, "+"):
		return []string{digits}
	case strings.HasPrefix(digits, "810"):
		return []string{"+" + digits[3:], digits}
	case strings.HasPrefix(digits, "00"):
		return []string{"+" + digits[2:]}
	case strings.HasPrefix(digits, "8") && len(digits) == 11: // a Russian number, right or wrong
		return []string{digits}
	case len(digits) >= 11:
		return []string{digits, "+" + digits}
	}
	return []string{digits}
}

// phoneDigits keeps the digits and the leading plus.
func phoneDigits(text string) (string, bool) {
	if len(text) > 200 {
		return "", false
	}
	var b strings.Builder
	for _, t := range scan(fold(text)) {
		switch {
		case t.kind == numberToken:
			b.WriteString(t.text)
		case t.text == "+" && b.Len() == 0:
			b.WriteByte('+')
		case t.kind == signToken && !strings.Contains("-./,;№", t.text) && !emoji([]rune(t.text)[0]):
			return "", false
		case t.kind == wordToken && !aroundPhone[strings.Trim(t.text, "-")]:
			return "", false
		}
	}
	s := b.String()
	n := len(strings.TrimPrefix(s, "+"))
	return s, n >= 7 && n <= 16
}

var aroundPhone = set(`мой моя номер номера телефон телефона тел моб мобильный сотовый вот это пишите звоните запишите для связи можно по на ватсап
	вотсап whatsapp telegram телеграм ну да конечно пожалуйста мне здравствуйте спасибо т м my phone number is the it's mobile cell tel call me at here sure please yes`)
