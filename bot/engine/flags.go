package engine

import (
	"careline/dialogs"
	"careline/dialogs/words"
)

// redFlag is a danger sign of triage.yaml, ready to listen; a typo does not hide it.
type redFlag struct {
	*dialogs.RedFlag
	mentions []words.Pattern
	unless   []words.Pattern
}

func compileFlags(set *dialogs.Set) []redFlag {
	all := make([]redFlag, len(set.Triage.Flags))
	for i, f := range set.Triage.Flags {
		all[i] = redFlag{RedFlag: f, mentions: patterns(f.Mentions), unless: patterns(f.Unless)}
		for j, p := range all[i].mentions {
			all[i].mentions[j] = p.Forgiving()
		}
	}
	return all
}

// flagIn is the first danger sign in a message.
func (e *Engine) flagIn(m *words.Message) *redFlag {
	for i := range e.flags {
		f := &e.flags[i]
		if mentioned(m, f.mentions) && !mentioned(m, f.unless) {
			return f
		}
	}
	return nil
}

func (s *step) operatorOwns() bool { return s.c.Owner == dialogs.Operator }

// alarm starts the dialog for emergencies. What was said stays part of the story that was being told.
func (s *step) alarm(h *heard) (bool, error) {
	if h.flag == nil || s.operatorOwns() {
		return false, nil
	}
	for i := range s.reactions {
		r := &s.reactions[i]
		if !r.Flags || r.Run == nil {
			continue
		}
		t, f := s.top()
		s.event(redFlagHeard, t, f, h.flag.Name)
		if q := s.answerable(); q != nil && q.Type.Kind == dialogs.Story {
			q.collect(h.Incoming)
		} else if err := s.hold(h.Incoming); err != nil {
			return true, err
		}
		flag, err := s.flag(h.flag)
		if err != nil {
			return true, err
		}
		return true, s.start(r.Run.Name, map[string]any{"flag": flag}, "", "reaction "+r.Name, false)
	}
	return false, nil
}

// flag is the danger sign as a dialog sees it, in the reader's language.
func (s *step) flag(f *redFlag) (*dialogs.Flag, error) {
	env := s.env(nil, nil)
	title, err := s.set.Text(f.TitleID, 0, env, s.view)
	if err != nil {
		return nil, err
	}
	advice, err := s.set.Text(f.Advice, 0, env, s.view)
	return &dialogs.Flag{Name: f.Name, Title: title, Advice: advice}, err
}
