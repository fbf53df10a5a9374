package channels

import "strings"

// linkLines takes out the links that cannot be buttons, as lines of text.
func linkLines(choices []Choice, caps Caps, keyboard bool) (lines string, rest []Choice) {
	asButtons := caps.Links && caps.Inline.Total > 0 && !keyboard
	for i, c := range choices {
		if c.Link == "" || asButtons {
			if rest != nil {
				rest = append(rest, c)
			}
			continue
		}
		if rest == nil {
			rest = append(make([]Choice, 0, len(choices)), choices[:i]...)
		}
		line := c.Link
		if c.Label != "" {
			line = c.Label + ": " + c.Link
		}
		lines = strings.TrimSpace(lines + "\n" + line)
	}
	if rest == nil {
		return "", choices
	}
	return lines, rest
}
