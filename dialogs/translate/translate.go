// Package translate keeps the files of other languages in step with the scripts. A translation is never
// lost: it moves with its text, and when its text is gone it waits at the end of the file behind `#~`.
// The marks are gettext's: `#.` the original, `#, stale` made for another text, `#~` no longer used.
package translate

import (
	"fmt"

	"careline/dialogs/source"
	"careline/locales"
)

// Options of an update.
type Options struct {
	Accept bool     // stale translations are right for the new text: write its hash
	Only   []string // accept only these ids; empty = all
}

// Did is what an update came to, by ids.
type Did struct {
	Added   []string // waiting for a translator
	Moved   []string // their text stands elsewhere now
	Stale   []string // made for another text
	Taken   []string // accepted
	Retired []string // their text is gone
}

// Nothing reports whether all was up to date.
func (d Did) Nothing() bool {
	return len(d.Added)+len(d.Moved)+len(d.Stale)+len(d.Taken)+len(d.Retired) == 0
}

// File brings the translations of a language up to date with the originals, which stand in the order of
// the scripts. An empty src begins a new file. What is not YAML comes back as findings.
func File(name, lang string, src []byte, originals []locales.Message, o Options) ([]byte, Did, source.Findings) {
	f, found := read(name, src)
	if found.Failed() {
		return nil, Did{}, found
	}
	u := update{lang: lang, o: o, file: f}
	return u.run(originals).bytes(), u.did, nil
}

// update joins a file with the originals.
type update struct {
	lang string
	o    Options
	file *file
	did  Did
}

func (u *update) run(originals []locales.Message) *file {
	claimed := u.claim(originals)
	out := &file{head: u.file.head, crlf: u.file.crlf}
	for _, m := range originals {
		out.entries = append(out.entries, u.entry(m, claimed[m.ID]))
	}
	for _, e := range u.file.entries {
		switch {
		case e.taken:
		case e.engine() && !e.retired:
			out.entries = append(out.entries, e)
		case e.translated():
			if !e.retired {
				u.did.Retired = append(u.did.Retired, e.id)
			}
			out.gone = append(out.gone, e)
		}
	}
	out.tail = u.file.tail
	return out
}

// claim gives each original its translation: first the one made for this very text under this id, then one
// made for this text that stands elsewhere, last the one under this id, which is stale.
func (u *update) claim(originals []locales.Message) map[string]*entry {
	claimed := map[string]*entry{}
	byID, byHash := map[string][]*entry{}, map[string][]*entry{}
	for _, e := range u.file.entries {
		byID[e.id] = append(byID[e.id], e)
		byHash[e.hash] = append(byHash[e.hash], e)
	}
	take := func(id string, candidates []*entry, fits func(*entry) bool) {
		for _, e := range candidates {
			if claimed[id] == nil && !e.taken && fits(e) {
				e.taken = true
				claimed[id] = e
			}
		}
	}
	for _, m := range originals {
		take(m.ID, byID[m.ID], func(e *entry) bool { return e.hash == m.Fingerprint() })
	}
	for _, m := range originals {
		take(m.ID, byHash[m.Fingerprint()], (*entry).translated)
	}
	for _, m := range originals {
		take(m.ID, byID[m.ID], func(*entry) bool { return true })
	}
	return claimed
}

// entry is what stands in the new file for an original.
func (u *update) entry(m locales.Message, e *entry) *entry {
	hash := m.Fingerprint()
	switch {
	case e == nil || !e.translated():
		if e == nil {
			u.did.Added = append(u.did.Added, m.ID)
		}
		fresh := newEntry(m, u.lang)
		if e != nil {
			fresh.lead = e.lead
		}
		return fresh.marked(false, m)
	case e.id != m.ID || e.retired:
		u.did.Moved = append(u.did.Moved, m.ID)
		e.rename(m.ID)
	}
	if e.hash == hash {
		return e.unmarked()
	}
	if u.o.accepts(m.ID) {
		u.did.Taken = append(u.did.Taken, m.ID)
		e.setHash(hash)
		return e.unmarked()
	}
	u.did.Stale = append(u.did.Stale, m.ID)
	return e.marked(true, m)
}

func (o Options) accepts(id string) bool {
	if !o.Accept {
		return false
	}
	for _, only := range o.Only {
		if only == id {
			return true
		}
	}
	return len(o.Only) == 0
}

func (d Did) String() string {
	return fmt.Sprintf("%d to translate, %d moved, %d stale, %d accepted, %d retired",
		len(d.Added), len(d.Moved), len(d.Stale), len(d.Taken), len(d.Retired))
}
