package intake

import (
	"slices"
	"strings"

	"careline/bot/booking"
)

// titles find something of the clinic by its id or by any of its names.
type titles struct {
	what  string            // service, doctor, branch
	ids   map[string]string // folded name → id
	shown map[string]string // id → the name that people know
}

// catalogue is what tables may name.
type catalogue struct{ services, doctors, branches titles }

func newCatalogue(c *booking.Clinic, meaning map[string]string) *catalogue {
	k := &catalogue{
		services: newTitles("service"), doctors: newTitles("doctor"), branches: newTitles("branch"),
	}
	for _, s := range c.Services {
		k.services.add(s.ID, s.Title, c.Languages[0])
	}
	for _, p := range c.Practitioners {
		k.doctors.add(p.ID, p.Name, c.Languages[0])
	}
	for _, b := range c.Branches {
		k.branches.add(b.ID, b.Title, c.Languages[0])
	}
	for _, t := range []*titles{&k.services, &k.doctors, &k.branches} {
		for name, id := range meaning {
			if _, ours := t.shown[id]; ours || id == "" && t.what == "doctor" {
				t.ids[folded(name)] = id
			}
		}
	}
	return k
}

// Means reports whether an id is one of the clinic's services, doctors or branches: what a name may be said to mean.
func Means(c *booking.Clinic, id string) bool {
	return id == "" || c.Service(id) != nil || c.Practitioner(id) != nil || c.Branch(id) != nil
}

func newTitles(what string) titles {
	return titles{what: what, ids: map[string]string{}, shown: map[string]string{}}
}

func (t *titles) add(id string, names booking.Text, language string) {
	t.ids[folded(id)], t.shown[id] = id, names[language]
	for _, name := range names {
		t.ids[folded(name)] = id
	}
}

// find is the id behind a name.
func (t *titles) find(name string) (string, *Reason) {
	if id, ok := t.ids[folded(name)]; ok {
		return id, nil
	}
	if id, ok := t.initials(name); ok && t.what == "doctor" {
		return id, nil
	}
	return "", &Reason{ID: "unknown_" + t.what, Value: short(name), Near: strings.Join(t.nearest(name), ", ")}
}

// initials understands «Соколова М. А.», when there is only one whom that may be.
func (t *titles) initials(name string) (id string, ok bool) {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '.' })
	if len(words) < 2 {
		return "", false
	}
	for other, shown := range t.shown {
		full := strings.Fields(shown)
		fits := len(full) >= len(words) && folded(full[0]) == folded(words[0])
		for n := 1; fits && n < len(words); n++ {
			w := folded(words[n])
			fits = w != "" && strings.HasPrefix(folded(full[n]), w)
		}
		if fits && ok {
			return "", false
		}
		if fits {
			id, ok = other, true
		}
	}
	return id, ok
}

// nearest are at most three names that look alike.
func (t *titles) nearest(name string) []string {
	type near struct {
		name string
		like float64
	}
	var list []near
	for id, shown := range t.shown {
		if like := likeness(folded(name), folded(shown)); like > 0.2 {
			list = append(list, near{shown + " (" + id + ")", like})
		}
	}
	slices.SortFunc(list, func(a, b near) int {
		if a.like != b.like {
			if a.like > b.like {
				return -1
			}
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	var names []string
	for _, n := range list[:min(len(list), 3)] {
		names = append(names, n.name)
	}
	return names
}

// likeness of two texts: the share of letter pairs that they have in common, 0 to 1.
func likeness(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for p := range x {
		if y[p] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

func pairs(s string) map[string]bool {
	runes, set := []rune(s), map[string]bool{}
	for i := 0; i+1 < len(runes); i++ {
		set[string(runes[i:i+2])] = true
	}
	return set
}
