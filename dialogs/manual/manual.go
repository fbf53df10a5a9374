// Package manual writes docs/language.md, the language's manual for those who write the scripts: a tutorial
// by hand, and tables from the code, so that they cannot grow apart.
package manual

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"careline/dialogs"
)

//go:embed ru en
var parts embed.FS

// Languages of the manual.
func Languages() []string { return []string{"ru", "en"} }

// Page is the manual in a language, ru or en, with the given actions.
func Page(lang string, actions []dialogs.Action) ([]byte, error) {
	names, err := fs.Glob(parts, lang+"/*.md")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no manual in %q", lang)
	}
	var page strings.Builder
	for i, name := range names {
		part, err := parts.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading a part of the manual: %w", err)
		}
		if i > 0 {
			page.WriteString("\n")
		}
		page.Write(part)
	}
	text := page.String()
	for mark, table := range tables(lang, actions) {
		text = strings.ReplaceAll(text, "{{"+mark+"}}", strings.TrimRight(table, "\n"))
	}
	return []byte(text), nil
}

// tables by the mark that stands for them in the tutorial.
func tables(lang string, actions []dialogs.Action) map[string]string {
	return map[string]string{
		"dialog": keys(lang, "dialog"), "state": keys(lang, "dialog", "states", "*"),
		"item": keys(lang, "dialog", "states", "*", "say"), "choice": keys(lang, "dialog", "states", "*", "choose", "*"),
		"reaction": keys(lang, "everywhere", "reactions", "*"), "timeline": keys(lang, "journey", "timelines", "*"),
		"flag": keys(lang, "triage", "flags", "*"), "rule": keys(lang, "triage", "rules", "*"), "route": keys(lang, "triage", "routes", "*"),
		"memory": keys(lang, "memory", "patient", "*"), "reply": keys(lang, "replies", "replies", "*"),
		"test": keys(lang, "test"), "card": keys(lang, "test", "patient"), "line": lines(lang),
		"course": items(lang, "courses"), "relative": items(lang, "family"), "expectations": expectations(),
		"questions": questions(lang), "types": types(lang), "actions": actionTable(lang, actions), "findings": findings(lang),
	}
}

// table in Markdown; a bar inside a cell is written so that it stays there.
func table(head []string, rows [][]string) string {
	var b strings.Builder
	write := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
	}
	write(head)
	b.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, r := range rows {
		write(r)
	}
	return b.String()
}

func code(s string) string { return "`" + s + "`" }

// say chooses between the two languages of the manual.
func say(lang, ru, en string) string {
	if lang == "ru" {
		return ru
	}
	return en
}
