package check

import "io/fs"

// order finds keys out of order: 10. In a file with errors it waits for them.
func (c *checker) order() {
	for _, f := range c.set.Files {
		if src, err := fs.ReadFile(c.fsys, f.Name); err == nil && f.Root != nil && !c.broken[f.Name] {
			c.misplaced(f.Name, src)
		}
	}
}
