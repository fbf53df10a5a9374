package actions

import (
	"context"
	"fmt"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/dialogs/words"
)

// triageAssess finds how urgent it is and who should look at it, by the rules that the clinic's clinician
// has signed. Without a signature nobody is called routine: everybody is seen soon.
func triageAssess() Action {
	return Action{
		Action: dialogs.Action{
			Name: "triage.assess", Does: "По правилам triage.yaml определяет срочность, услугу и нужны ли два врача сразу.",
			With: []dialogs.Param{
				need("story", dialogs.Story), want("since", dialogs.Word), want("pain", dialogs.Number), want("limits", dialogs.Several),
				wantWord("kind", problems...), want("child", dialogs.YesNo),
			},
			Gives: []dialogs.Param{
				needWord("urgency", levels...), need("service", dialogs.ServiceKind), need("together", dialogs.YesNo), need("flag", dialogs.FlagKind),
			},
			Outcomes: []string{"assessed", "emergency"}, Needs: []string{"health"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			env := told(s.With)
			level, flag, err := s.urgency(env)
			if err != nil {
				return engine.Result{}, err
			}
			route, err := s.route(env)
			if err != nil {
				return engine.Result{}, err
			}
			service := s.Clinic.In(s.View.Language).Service(route.Service)
			if service == nil {
				return engine.Result{}, fmt.Errorf("triage routes to the unknown service %s", route.Service)
			}
			found := map[string]any{"urgency": level, "service": service, "together": route.Together}
			if flag != nil {
				found["flag"] = flag
				return engine.Result{Outcome: "emergency", Gives: found}, s.tell(ctx, "triage.emergency", flag.Name, "")
			}
			return engine.Result{Outcome: "assessed", Gives: found}, s.tell(ctx, "triage.assessed", level, "")
		},
	}
}

// problems are the kinds that the choice of a doctor depends on.
var problems = []string{"acute", "chronic", "trauma", "rehabilitation", "checkup", "cosmetic", "other"}

// told are the answers that rules speak of.
type told map[string]any

// Value implements dialogs.Env.
func (t told) Value(name string) any { return t[name] }

// urgency is the level of the first rule that holds, and the danger sign that it raises.
func (s *Scene) urgency(env dialogs.Env) (string, *dialogs.Flag, error) {
	if !s.TriageRules {
		return "soon", nil, nil
	}
	for _, rule := range s.Scripts.Triage.Rules {
		holds, err := rule.If == nil, error(nil)
		if !holds {
			if holds, err = rule.If.True(env); err != nil {
				return "", nil, fmt.Errorf("judging triage rule %s: %w", rule.Name, err)
			}
		}
		if !holds {
			continue
		}
		if rule.Flag == "" {
			return rule.Level, nil, nil
		}
		flag, err := s.flag(rule.Flag)
		return rule.Level, flag, err
	}
	return "soon", nil, nil
}

// flag is a danger sign in the reader's language.
func (s *Scene) flag(name string) (*dialogs.Flag, error) {
	for _, f := range s.Scripts.Triage.Flags {
		if f.Name != name {
			continue
		}
		env := told{"clinic": s.Clinic.In(s.View.Language).Clinic("", s.Now)}
		title, err := s.Scripts.Text(f.TitleID, 0, env, s.View)
		if err != nil {
			return nil, err
		}
		advice, err := s.Scripts.Text(f.Advice, 0, env, s.View)
		return &dialogs.Flag{Name: name, Title: title, Advice: advice}, err
	}
	return nil, fmt.Errorf("unknown danger sign %s", name)
}

// route is the first that fits what was told.
func (s *Scene) route(env dialogs.Env) (*dialogs.Route, error) {
	story, _ := env.Value("story").(*dialogs.StoryValue)
	text := ""
	if story != nil {
		text = story.Text
	}
	message := words.NewMessage(text)
	for _, r := range s.Scripts.Triage.Routes {
		fits, err := r.If == nil, error(nil)
		if !fits {
			if fits, err = r.If.True(env); err != nil {
				return nil, fmt.Errorf("judging triage route %s: %w", r.Name, err)
			}
		}
		if fits && r.Hears(message) {
			return r, nil
		}
	}
	return nil, fmt.Errorf("no triage route fits; the last one must be `otherwise`")
}
