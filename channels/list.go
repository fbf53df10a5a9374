package channels

import (
	"strconv"
	"strings"
)

const (
	listPage = 12   // choices that a phone shows at a glance
	longText = 1000 // UTF-16 units; below such a text a list would be folded away
)

// list writes the choices to be answered in words: under the text, and when they are many in messages of their own
// where the numbers go on.
func list(o Outgoing, choices []Choice, links string, word func(string) string) shape {
	lines, hint := listLines(o, choices)
	if len(lines) == 0 {
		return shape{lines: links}
	}
	var pages []string
	for left := (len(lines) + listPage - 1) / listPage; left > 0; left-- {
		n := (len(lines) + left - 1) / left // even pages read better than a full one and a rest
		pages = append(pages, strings.Join(lines[:n], "\n"))
		lines = lines[n:]
	}
	pages[len(pages)-1] += "\n\n" + word(hint)
	if Units(o.Text) > longText {
		return shape{lines: links, more: pages}
	}
	return shape{lines: paragraphs(links, pages[0]), more: pages[1:]}
}

// listLines are the choices with their marks, numbers on one line, and the word that says how to answer.
func listLines(o Outgoing, choices []Choice) (lines []string, hint string) {
	marks := Marks(choices, o.Ask, o.Language)
	if o.Ask == AskSeveral && len(choices) > 1 { // numbers are typed at once, no «Готово» is needed
		choices = choices[:len(choices)-1]
	}
	if len(choices) == 0 {
		return nil, ""
	}
	var numbers []string
	lettered := false
	for i, c := range choices {
		c.Label = labelOf(c, i)
		if marks[i] == "" && isNumber(c.Label) {
			if len(numbers) == 0 {
				lines = append(lines, "")
			}
			numbers = append(numbers, c.Label)
			continue
		}
		lettered = lettered || marks[i] != "" && !isNumber(marks[i])
		lines = append(lines, marked(marks[i], described(c)))
	}
	for i := range lines {
		if lines[i] == "" {
			lines[i] = scale(numbers)
		}
	}
	return lines, hintFor(o.Ask, lettered, len(numbers) > 0)
}

// scale is «1 – 5» for numbers in a row, «5, 10, 15» for others.
func scale(numbers []string) string {
	first, err := strconv.Atoi(numbers[0])
	for i, n := range numbers {
		if v, wrong := strconv.Atoi(n); err != nil || wrong != nil || v != first+i || len(numbers) < 3 {
			return strings.Join(numbers, ", ")
		}
	}
	return numbers[0] + " – " + numbers[len(numbers)-1]
}

func hintFor(ask Ask, lettered, numbers bool) string {
	switch {
	case ask == AskSeveral:
		return WordNumbers
	case lettered && numbers:
		return WordNumberLetter
	case lettered:
		return WordOrLetter
	case ask == AskText || ask == AskPhone:
		return WordOrNumber
	}
	return WordNumber
}
