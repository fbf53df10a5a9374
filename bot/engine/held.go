package engine

import (
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
)

// A person often writes what hurts before consenting to anything. Those words are kept sealed for a day
// at most, offered to the first story, and dropped when consent is refused.
const heldFor = 24 * time.Hour

// hold keeps the words of somebody whose consent is still missing.
func (s *step) hold(in *channels.Incoming) error {
	if in.Text == "" || words.IsGreeting(in.Text) || s.scene.Sealer == nil || s.mayKeep() {
		return nil
	}
	s.sealed = s.c.Held == nil
	text := in.Text
	if earlier := s.held(); earlier != "" {
		text = earlier + "\n" + text
	}
	sealed, err := s.scene.Sealer.Seal([]byte(clip(text, maxStory)))
	if err != nil {
		return err
	}
	s.c.Held = &dialogs.Held{Sealed: sealed, At: s.now()}
	s.sprint.Unkept = true
	return nil
}

// mayKeep: whatever the person writes may be stored.
func (s *step) mayKeep() bool { return s.scene.Consent("personal") && s.scene.Consent("health") }

// held opens the words again; too old ones, and ones sealed with another key, are gone.
func (s *step) held() string {
	h := s.c.Held
	if h == nil || s.since(h.At) >= heldFor {
		s.c.Held = nil
		return ""
	}
	plain, err := s.scene.Sealer.Open(h.Sealed)
	if err != nil {
		s.c.Held = nil
		return ""
	}
	return string(plain)
}

// forgetHeld drops the words when the consent that they waited for is refused.
func (s *step) forgetHeld(f *dialogs.Frame, outcome string) {
	if f.Dialog != consentDialog || outcome == s.dialog(f).Ends[0] {
		return
	}
	if kind, _ := s.env(nil, f).answer("kind").(string); kind != "advertising" {
		s.c.Held = nil
	}
}
