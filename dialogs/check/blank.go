package check

import "careline/dialogs"

// blank finds questions whose every message may stay unsaid: 77.
func (c *checker) blank() {
	for _, d := range c.sound() {
		for _, s := range d.States {
			if s.Doing == dialogs.Asks && len(s.Say) > 0 && allMaybe(s.Say) {
				c.Add(s.Say[len(s.Say)-1].Pos, 77)
			}
		}
	}
}

func allMaybe(say []*dialogs.Message) bool {
	for _, m := range say {
		if m.If == nil {
			return false
		}
	}
	return true
}
