package source

import "strings"

var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "h", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
}

// SuggestName turns what somebody wrote for a name into one: «Шаг 1» into shag_1.
func SuggestName(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		if t, ok := latin[r]; ok {
			b.WriteString(t)
			continue
		}
		if r < 'a' || r > 'z' {
			if (r < '0' || r > '9') && r != '_' {
				r = '_'
			}
			if b.Len() == 0 {
				b.WriteString("x")
			}
		}
		b.WriteRune(r)
	}
	name := strings.TrimRight(b.String(), "_")
	return name[:min(len(name), 40)]
}
