package words

import (
	"strings"
	"unicode/utf8"
)

// token is a word (letters with inner hyphens and apostrophes), a number, or one other sign.
type token struct {
	text string
	kind tokenKind
	n    int // of a number; at most nine digits
}

type tokenKind uint8

const (
	wordToken tokenKind = iota
	numberToken
	signToken
)

// scan cuts a folded text into tokens. Dots, colons and slashes count only between digits, so that the end
// of a sentence is nothing and 18.30 is a time.
func scan(folded string) []token {
	toks := make([]token, 0, 12)
	for i := 0; i < len(folded); {
		r, size := utf8.DecodeRuneInString(folded[i:])
		switch {
		case isDigit(r):
			end := i + 1
			n := int(r - '0')
			for end < len(folded) && isDigit(rune(folded[end])) {
				if end-i < 9 {
					n = n*10 + int(folded[end]-'0')
				}
				end++
			}
			toks = append(toks, token{folded[i:end], numberToken, n})
			i = end
		case isLetter(r):
			end := wordEnd(folded, i)
			toks = append(toks, token{text: folded[i:end]})
			i = end
		case r == ' ':
			i++
		case strings.ContainsRune(".:/", r):
			if i > 0 && i+1 < len(folded) && isDigit(rune(folded[i-1])) && isDigit(rune(folded[i+1])) {
				toks = append(toks, token{text: folded[i : i+1], kind: signToken})
			}
			i++
		case strings.ContainsRune("!?\"«»()…“”„'", r):
			i += size
		default:
			toks = append(toks, token{text: folded[i : i+size], kind: signToken})
			i += size
		}
	}
	return toks
}

// wordEnd is where the word that begins at i ends; a hyphen or apostrophe inside belongs to it.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '-' || r == '\'' {
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); !isLetter(next) {
				return i
			}
		} else if !isLetter(r) {
			return i
		}
		i += size
	}
	return i
}

// hyphenParts are the words of a word with hyphens.
func hyphenParts(w string) []string {
	if strings.IndexByte(w, '-') < 0 {
		return []string{w}
	}
	return strings.Split(w, "-")
}
