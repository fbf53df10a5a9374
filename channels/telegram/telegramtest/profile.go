package telegramtest

import (
	"regexp"
	"unicode/utf8"
)

// Command is a line of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is what the bot tells of itself, by language; "" is for everybody else.
type profile struct {
	commands    map[string][]Command
	description map[string]string
	short       map[string]string
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setMyCommands(p *params) (any, *refusal) {
	var list []Command
	if err := p.object("commands", &list); err != nil {
		return nil, bad("can't parse commands list")
	}
	if len(list) > 100 {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range list {
		switch {
		case !commandName.MatchString(c.Command):
			return nil, bad("BOT_COMMAND_INVALID")
		case c.Description == "" || utf8.RuneCountInString(c.Description) > 256:
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	if s.profile.commands == nil {
		s.profile.commands = map[string][]Command{}
	}
	s.profile.commands[menu(p)] = list
	return true, nil
}

// menu names one of the menus: each scope has its own, and each language within it.
func menu(p *params) string { return p.text("language_code") + scope(p) }

func scope(p *params) string {
	var s struct {
		Type string `json:"type"`
	}
	if err := p.object("scope", &s); err != nil || s.Type == "" || s.Type == "default" {
		return ""
	}
	return "@" + s.Type
}

func (s *Server) deleteMyCommands(p *params) (any, *refusal) {
	delete(s.profile.commands, menu(p))
	return true, nil
}

func (s *Server) getMyCommands(p *params) (any, *refusal) {
	return append([]Command{}, s.profile.commands[menu(p)]...), nil
}

// Commands is the menu in a language, "" for all others. A menu of a scope is asked for as "ru@all_group_chats".
func (s *Server) Commands(language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.commands[language]
}

func (s *Server) setMyDescription(p *params) (any, *refusal) {
	return s.describe(p, &s.profile.description, "description", 512)
}

func (s *Server) setMyShortDescription(p *params) (any, *refusal) {
	return s.describe(p, &s.profile.short, "short_description", 120)
}

func (s *Server) describe(p *params, in *map[string]string, name string, longest int) (any, *refusal) {
	if utf8.RuneCountInString(p.text(name)) > longest {
		return nil, bad(name + " is too long")
	}
	if *in == nil {
		*in = map[string]string{}
	}
	(*in)[p.text("language_code")] = p.text(name)
	return true, nil
}

// Description is what a person sees before the first message.
func (s *Server) Description(language string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.description[language]
}
