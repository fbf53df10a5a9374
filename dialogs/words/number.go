package words

import (
	"math"
	"strconv"
	"strings"
)

// Number understands «7», «семь», «где-то 7», «7/10», «7,5», «минус два», «двадцать пять», "about 7". Two
// neighbours, «7-8», are their middle.
func Number(text string) (float64, bool) {
	if len(text) > 200 {
		return 0, false
	}
	toks := scan(strings.ReplaceAll(fold(text), ",", "."))
	kept := toks[:0]
	for _, t := range toks {
		if !aroundNumber()[t.text] {
			kept = append(kept, t)
		}
	}
	n, rest, ok := number(kept)
	if !ok {
		return 0, false
	}
	if scale(rest) {
		return n, true
	}
	if len(rest) > 1 && rest[0].text == "-" {
		if m, rest, ok := number(rest[1:]); ok && len(rest) == 0 && m > n {
			return (n + m) / 2, true
		}
	}
	return 0, false
}

// number reads one number from the front.
func number(toks []token) (float64, []token, bool) {
	sign := 1.0
	if len(toks) > 1 && (toks[0].text == "-" || toks[0].text == "минус" || toks[0].text == "minus") {
		sign, toks = -1, toks[1:]
	}
	if len(toks) == 0 {
		return 0, nil, false
	}
	if toks[0].text == "полтора" || toks[0].text == "полторы" {
		return sign * 1.5, toks[1:], true
	}
	if toks[0].kind == numberToken {
		return digits(sign, toks)
	}
	if parts := strings.Split(toks[0].text, "-"); len(parts) == 2 { // twenty-five, семь-восемь
		split := []token{{text: parts[0]}, {text: "-", kind: signToken}, {text: parts[1]}}
		if a, ok := cardinals()[parts[0]]; ok && a >= 20 {
			split = []token{split[0], split[2]}
		}
		toks = append(split, toks[1:]...)
	}
	n, used := spoken(toks)
	return sign * float64(n), toks[used:], used > 0
}

// digits reads «7», «7.5», «1 200».
func digits(sign float64, toks []token) (float64, []token, bool) {
	s := toks[0].text
	toks = toks[1:]
	for len(toks) > 0 && toks[0].kind == numberToken && len(toks[0].text) == 3 {
		s += toks[0].text
		toks = toks[1:]
	}
	if len(toks) > 1 && toks[0].text == "." && toks[1].kind == numberToken {
		s += "." + toks[1].text
		toks = toks[2:]
	}
	n, err := strconv.ParseFloat(s, 64)
	return sign * n, toks, err == nil && !math.IsInf(n, 0)
}

// scale reports whether what follows a number is nothing or «из 10», «/10», "out of ten".
func scale(toks []token) bool {
	if len(toks) == 0 {
		return true
	}
	if toks[0].text != "/" && toks[0].text != "из" && toks[0].text != "of" {
		return false
	}
	_, rest, ok := number(toks[1:])
	return ok && len(rest) == 0
}
