package words

import (
	"strings"
	"sync"
)

// Rating understands a mark: a digit, «пять», «пятёрка», ⭐⭐⭐, "5 stars", 5️⃣, «5 из 5».
func Rating(text string) (int, bool) {
	if n := strings.Count(text, "⭐") + strings.Count(text, "★") + strings.Count(text, "🌟"); n > 1 || n == 1 && Clean(text) == "" {
		return n, true
	}
	cleaned := strings.TrimSpace(strings.Map(dropEmoji, text))
	for _, t := range scan(fold(cleaned)) {
		if n, ok := marks()[t.text]; ok {
			return n, onlyMark(cleaned)
		}
	}
	n, ok := Number(strings.TrimRight(cleaned, "+-"))
	if !ok || n != float64(int(n)) {
		return 0, false
	}
	return int(n), true
}

func dropEmoji(r rune) rune {
	if emoji(r) {
		return -1
	}
	return r
}

// onlyMark: one mark, and nothing else that means anything.
func onlyMark(text string) bool {
	seen := 0
	for _, t := range scan(fold(text)) {
		if _, ok := marks()[t.text]; ok {
			seen++
		} else if !aroundNumber()[t.text] && !besideMark[t.text] {
			return false
		}
	}
	return seen == 1
}

var besideMark = set(`с плюсом минусом твердая твердую + - , .`)

// marks are the names of school marks.
var marks = sync.OnceValue(func() map[string]int {
	return table([]row[int]{
		{1, "единица единицу единичка единичку кол"},
		{2, "двойка двойку двоечка двоечку"},
		{3, "тройка тройку троечка троечку"},
		{4, "четверка четверку четверочка четверочку"},
		{5, "пятерка пятерку пятерочка пятерочку"},
		{6, "шестерка шестерку"},
		{7, "семерка семерку"},
		{8, "восьмерка восьмерку"},
		{9, "девятка девятку"},
		{10, "десятка десятку десяточка"},
	})
})
