package check

import (
	"io/fs"
	"strings"

	"careline/dialogs"
)

const maxMedia = 10 << 20 // bytes; what every messenger takes as a photo

// media finds attachments that are not there, or too large: 74.
func (c *checker) media() {
	for _, m := range c.messages() {
		name, ok := strings.CutPrefix(m.Attach, "media/")
		if !ok {
			continue
		}
		info, err := fs.Stat(c.fsys, m.Attach)
		if err != nil || info.IsDir() || info.Size() > maxMedia {
			c.Add(m.Pos, 74, name, "10 MB")
		}
	}
}

// messages are all that any script says.
func (c *checker) messages() []*dialogs.Message {
	var all []*dialogs.Message
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			all = append(all, s.Say...)
		}
	}
	if e := c.set.Everywhere; e != nil {
		for _, r := range e.Reactions {
			all = append(all, r.Say...)
		}
	}
	if j := c.set.Journey; j != nil {
		for _, t := range j.Timelines {
			all = append(all, t.Say...)
			for _, chapter := range t.Series {
				all = append(all, chapter.Say...)
			}
		}
	}
	return all
}
