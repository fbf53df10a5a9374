package engine

import (
	"strings"

	"careline/dialogs"
	"careline/dialogs/words"
)

// reaction is one of everywhere.yaml, ready to listen.
type reaction struct {
	*dialogs.Reaction
	says     []string // clean
	mentions []words.Pattern
}

func compileReactions(set *dialogs.Set) []reaction {
	all := make([]reaction, len(set.Everywhere.Reactions))
	for i, r := range set.Everywhere.Reactions {
		all[i].Reaction = r
		for _, phrase := range r.Says {
			all[i].says = append(all[i].says, words.Clean(phrase))
		}
		all[i].mentions = patterns(r.Mentions)
	}
	return all
}

func patterns(written []string) []words.Pattern {
	all := make([]words.Pattern, len(written))
	for i, p := range written {
		all[i] = words.NewPattern(p)
	}
	return all
}

func (r *reaction) isSaid(m *words.Message) bool {
	for _, phrase := range r.says {
		if m.Equals(phrase) {
			return true
		}
	}
	return false
}

func mentioned(in *words.Message, any []words.Pattern) bool {
	for _, p := range any {
		if p.In(in) {
			return true
		}
	}
	return false
}

const (
	startCommand  = "/start"
	welcomeDialog = "welcome"
)

// sayReaction: the whole message is a word that is heard everywhere. /start always works.
func (s *step) sayReaction(h *heard) (bool, error) {
	if h.Text == "" {
		return false, nil
	}
	taken, err := s.react(h, true, (*reaction).isSaid)
	if taken || err != nil {
		return taken, err
	}
	command, _, _ := strings.Cut(h.Text, " ")
	if command != startCommand || s.set.Dialogs[welcomeDialog] == nil {
		return false, nil
	}
	return true, s.start(welcomeDialog, nil, "", "start", true)
}

// mentionReaction: words inside the message.
func (s *step) mentionReaction(h *heard) (bool, error) {
	if h.Text == "" || s.stale {
		return false, nil
	}
	return s.react(h, false, func(r *reaction, m *words.Message) bool { return mentioned(m, r.mentions) })
}

// react lets the first reaction that hears the message act.
func (s *step) react(h *heard, command bool, hears func(*reaction, *words.Message) bool) (bool, error) {
	for i := range s.reactions {
		r := &s.reactions[i]
		if r.Flags || !hears(r, h.message) {
			continue
		}
		if r.If != nil {
			if ok, err := r.If.True(s.env(s.top())); err != nil {
				return true, err
			} else if !ok {
				continue
			}
		}
		if !command {
			if err := s.hold(h.Incoming); err != nil {
				return true, err
			}
		}
		return true, s.doReaction(r, command)
	}
	return false, nil
}

func (s *step) doReaction(r *reaction, command bool) error {
	switch {
	case r.Run != nil:
		t, f := s.top()
		with, err := s.given(t, f, r.Run.With)
		if err != nil {
			return err
		}
		return s.start(r.Run.Name, with, "", "reaction "+r.Name, command)
	case r.Do == "cancel":
		return s.cancel()
	case r.Do == "back":
		return s.back()
	}
	said, err := s.compose(nil, nil, r.Say)
	if err != nil {
		return err
	}
	return s.send(nil, said...)
}
