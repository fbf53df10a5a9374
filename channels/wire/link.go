package wire

import (
	"net/url"
	"slices"
	"strings"

	"careline/channels"
)

// IsAddress tells whether s is the address of a server: one of the schemes, a host, perhaps a path, nothing more.
func IsAddress(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil && slices.Contains(schemes, u.Scheme)
}

// IsFull tells whether a link is a full address on the web, which networks ask for behind a button.
func IsFull(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".")
}

// Openable writes the links that no button opens under the text.
func Openable(m channels.Outgoing, opens func(link string) bool) channels.Outgoing {
	var lines strings.Builder
	var rest []channels.Choice
	for i, c := range m.Choices {
		if c.Link == "" || opens(c.Link) {
			if rest != nil {
				rest = append(rest, c)
			}
			continue
		}
		if rest == nil {
			rest = append(make([]channels.Choice, 0, len(m.Choices)), m.Choices[:i]...)
		}
		lines.WriteString("\n" + c.Label + ": " + c.Link)
	}
	if rest != nil {
		m.Text, m.Choices = strings.TrimSpace(m.Text+"\n"+lines.String()), rest
	}
	return m
}
