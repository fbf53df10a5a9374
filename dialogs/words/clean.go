package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is the text as it is compared with labels and words: folded, without outer punctuation, emoji,
// repeated spaces and politeness. A text that is nothing but politeness keeps it.
func Clean(text string) string {
	fields := cleanFields(fold(text))
	kept := fields[:0:0]
	for _, f := range fields {
		if !polite[f] {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 {
		kept = fields
	}
	return strings.Join(kept, " ")
}

// polite words say nothing about what is meant.
var polite = set(`пожалуйста пожалуста пожалста плиз плз будьте добры ну можно бы please pls plz kindly uh um эм эээ`)

// cleanFields cuts a folded text into words as people see them; signs inside stay (18:30, анна-мария).
func cleanFields(folded string) []string {
	fields := make([]string, 0, 8)
	start := -1
	for i, r := range folded {
		if !separates(folded, i, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			fields = appendTrimmed(fields, folded[start:i])
			start = -1
		}
	}
	if start >= 0 {
		fields = appendTrimmed(fields, folded[start:])
	}
	return fields
}

// separates: spaces and emoji always; commas and their kin unless between digits.
func separates(s string, i int, r rune) bool {
	switch {
	case r == ' ':
		return true
	case r < utf8.RuneSelf:
		return strings.ContainsRune(",;!?()\"", r) &&
			(i == 0 || i+1 >= len(s) || !isDigit(rune(s[i-1])) || !isDigit(rune(s[i+1])))
	}
	return r == '…' || r == '«' || r == '»' || emoji(r)
}

func emoji(r rune) bool {
	return r > 0x2000 && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}

func appendTrimmed(fields []string, f string) []string {
	for was := ""; f != was; { // «-#» hides signs behind each other
		was, f = f, trimSigns(f)
	}
	if f == "" {
		return fields
	}
	return append(fields, f)
}

// trimSigns drops what stands around a word, but keeps a command's slash and a minus.
func trimSigns(f string) string {
	f = strings.TrimRight(strings.TrimFunc(f, outerSign), "/-")
	if len(f) > 1 && f[0] == '-' && !isDigit(rune(f[1])) {
		f = f[1:]
	}
	return f
}

func outerSign(r rune) bool {
	return !isDigit(r) && !isLetter(r) && !unicode.IsSymbol(r) && r != '/' && r != '-'
}
