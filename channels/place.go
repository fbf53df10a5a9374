package channels

import (
	"fmt"
	"strings"
)

// Link opens the place in a map.
func (p Place) Link() string {
	if p.URL != "" {
		return p.URL
	}
	return fmt.Sprintf("https://www.openstreetmap.org/?mlat=%.6f&mlon=%.6f#map=17/%.6f/%.6f", p.Latitude, p.Longitude, p.Latitude, p.Longitude)
}

// lines writes the place for a messenger without maps.
func (p Place) lines() string {
	lines := make([]string, 0, 3)
	for _, line := range []string{p.Title, p.Address, p.Link()} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
