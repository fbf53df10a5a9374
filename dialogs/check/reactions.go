package check

import (
	"careline/dialogs"
	"careline/dialogs/source"
	"careline/dialogs/words"
)

// reactions finds words that two reactions wait for: 70.
func (c *checker) reactions() {
	if c.set.Everywhere == nil {
		return
	}
	for _, key := range []string{"says", "mentions"} {
		owner := map[string]string{}
		for _, r := range c.set.Everywhere.Reactions {
			list := r.Says
			if key == "mentions" {
				list = r.Mentions
			}
			for i, w := range list {
				clean := words.Clean(w)
				if other, twice := owner[clean]; twice && clean != "" {
					c.Add(c.wordPos(r, key, i), 70, w, other)
				}
				owner[clean] = r.Name
			}
		}
	}
}

// wordPos is where a word of a reaction stands.
func (c *checker) wordPos(r *dialogs.Reaction, key string, i int) source.Pos {
	list := c.docs[r.Pos.File].Get("reactions").Get(r.Name).Get(key)
	if list != nil && i < len(list.Items) {
		return list.Items[i].Pos
	}
	return r.Pos
}
