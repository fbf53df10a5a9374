package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// otherwise are the other ways to write the beginning of a word: in Cyrillic for Latin letters, by their sound or as they
// lie on the keyboard (bdfyjd: иванов), and the other way round.
func otherwise(word string) []string {
	if utf8.RuneCountInString(word) < leastGuessed {
		return nil
	}
	latin := strings.ContainsFunc(word, func(r rune) bool { return r >= 'a' && r <= 'z' })
	cyrillic := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	switch {
	case latin && !cyrillic:
		return append(cyrillicSpellings(word), keyed(word, latinKeys, cyrillicKeys))
	case cyrillic && !latin:
		return []string{latinSpelling.Replace(word), keyed(word, cyrillicKeys, latinKeys)}
	}
	return nil
}

const leastGuessed = 3 // letters: of fewer it is anybody's guess

// The keys of both layouts, in the same order. Signs that are letters on the other keyboard never get here: they part words.
var (
	latinKeys    = []rune("wertyuiopasdfghjklzxcvbnmq")
	cyrillicKeys = []rune("цукенгшщзфывапролдячсмитьи") // the last is й, which is и here
)

func keyed(word string, from, to []rune) string {
	return strings.Map(func(r rune) rune {
		for i, key := range from {
			if key == r {
				return to[i]
			}
		}
		return r
	}, word)
}

// latinSpelling is that of passports, nearly. What is looked for has no й and no ё: accents count for nothing.
var latinSpelling = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "к", "k", "л", "l",
	"м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch",
	"ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya")

// sounds are what Latin letters may stand for; the longest come first, the likeliest first among several.
var sounds = []struct {
	latin    string
	cyrillic []string
}{
	{"shch", []string{"щ"}}, {"sch", []string{"щ"}}, {"zh", []string{"ж"}}, {"kh", []string{"х"}}, {"ts", []string{"ц"}}, {"ch", []string{"ч"}}, {"sh", []string{"ш"}},
	{"yu", []string{"ю"}}, {"iu", []string{"ю"}}, {"ju", []string{"ю"}}, {"ya", []string{"я"}}, {"ia", []string{"я", "ия", "ья", "иа"}}, {"ja", []string{"я"}},
	{"yo", []string{"е", "ье"}}, {"jo", []string{"е"}}, {"ye", []string{"е"}}, {"ie", []string{"ие", "ье"}}, {"ij", []string{"ии"}}, {"iy", []string{"ии"}}, {"yy", []string{"ыи"}},
	{"a", []string{"а"}}, {"b", []string{"б"}}, {"c", []string{"к", "ц"}}, {"d", []string{"д"}}, {"e", []string{"е", "э"}}, {"f", []string{"ф"}}, {"g", []string{"г"}},
	{"h", []string{"х"}}, {"i", []string{"и"}}, {"j", []string{"и"}}, {"k", []string{"к"}}, {"l", []string{"л", "ль"}}, {"m", []string{"м"}}, {"n", []string{"н"}}, {"o", []string{"о"}},
	{"p", []string{"п"}}, {"q", []string{"к"}}, {"r", []string{"р"}}, {"s", []string{"с"}}, {"t", []string{"т"}}, {"u", []string{"у"}}, {"v", []string{"в"}}, {"w", []string{"в"}},
	{"x", []string{"кс"}}, {"y", []string{"и", "ы"}}, {"z", []string{"з"}},
}

const mostSpellings = 6 // of one word: each is looked for

// cyrillicSpellings of a Latin word, the likeliest first.
func cyrillicSpellings(word string) []string {
	all := []string{""}
	for word != "" {
		_, length := utf8.DecodeRuneInString(word)
		heard := []string{word[:length]}
		for _, s := range sounds {
			if strings.HasPrefix(word, s.latin) {
				heard, length = s.cyrillic, len(s.latin)
				break
			}
		}
		var longer []string
		for _, h := range heard {
			for _, begun := range all {
				longer = append(longer, begun+h)
			}
		}
		all, word = longer[:min(len(longer), mostSpellings)], word[length:]
	}
	return all
}
