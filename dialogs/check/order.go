package check

import (
	"io/fs"

	"careline/dialogs/format"
)

// order finds keys out of order: 10.
func (c *checker) order() {
	for _, f := range c.set.Files {
		src, err := fs.ReadFile(c.fsys, f.Name)
		if err != nil || f.Root == nil {
			continue // told by the loader
		}
		for _, m := range format.Check(f.Name, src) {
			c.Add(m.Pos, 10, m.Key, m.Before)
		}
	}
}
