package dialogs

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"careline/dialogs/source"
)

// Command is a reaction that messengers list for people to choose from.
type Command struct {
	Name  string // menu, for «/menu»
	Title string // message id
}

// command is what messengers take for one.
var command = regexp.MustCompile(`^/[a-z0-9_]{1,32}$`)

// Commands are the reactions with a title, in the order of everywhere.yaml.
func (s *Set) Commands() []Command {
	var all []Command
	for _, r := range s.Everywhere.Reactions {
		if name := r.command(); name != "" && r.Title != "" {
			all = append(all, Command{Name: name, Title: r.Title})
		}
	}
	return all
}

// command is the first one that the reaction hears, without its slash.
func (r *Reaction) command() string {
	for _, word := range r.Says {
		if command.MatchString(word) {
			return word[1:]
		}
	}
	return ""
}

const longestTitle = 256 // characters; Telegram refuses the whole list for one that is longer

// commandTitle reads the text beside a command; it is shown before anybody is known, so it has no values.
func (l *loader) commandTitle(n *source.Node, r *Reaction, p place) string {
	if r.command() == "" {
		l.Add(n.Pos, 83, "a `title` is for a command, and `says` has none; add one of a-z, 0-9 and _, for example /menu")
	}
	if strings.ContainsAny(n.Text, "{[") {
		l.Add(n.Pos, 83, "a `title` stands in the messenger's list for everybody: it has no values and no optional pieces")
	}
	if length := utf8.RuneCountInString(n.Text); length > longestTitle {
		l.Add(n.Pos, 59, length, "Telegram", longestTitle)
	}
	return l.text(n, "title", p.id+".title", TitleRole, p)
}
