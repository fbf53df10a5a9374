package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs/words"
	"careline/store"
)

// person is who a line is about.
type person struct {
	external, name, phone, birth string
}

// person reads the columns of one.
func (l line) person(now time.Time) (p person, problems []Reason) {
	note := func(r *Reason) {
		if r != nil {
			problems = append(problems, *r)
		}
	}
	var why *Reason
	p.external = l.cell("patient_id")
	p.name, why = l.fullName()
	note(why)
	p.phone, why = phone(l.cell("phone"))
	note(why)
	p.birth, why = birth(l.cell("birth"), now)
	note(why)
	if len(problems) == 0 && p.external == "" && p.phone == "" {
		problems = append(problems, Reason{ID: "nobody"})
	}
	return p, problems
}

// crowd are the patients whom the lines of a batch may be about.
type crowd struct {
	named map[string]*store.Patient   // by what the clinic's own system calls them
	at    map[string][]*store.Patient // by phone
	all   []*store.Patient
	dirty map[string]bool // to be saved, by id
	owned map[string]bool // have a chat of their own, where they say themselves who they are
}

// gather finds them in the store.
func gather(ctx context.Context, tx store.Tx, people []person) (*crowd, error) {
	c := &crowd{
		named: map[string]*store.Patient{}, at: map[string][]*store.Patient{},
		dirty: map[string]bool{}, owned: map[string]bool{},
	}
	var externals, phones []string
	for _, p := range people {
		if p.external != "" {
			externals = append(externals, p.external)
		}
		if p.phone != "" {
			phones = append(phones, p.phone)
		}
	}
	named, err := tx.PatientsNamed(ctx, unique(externals))
	if err != nil {
		return nil, err
	}
	at, err := tx.PatientsAt(ctx, unique(phones))
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, p := range append(named, at...) {
		if !found[p.ID] {
			found[p.ID] = true
			c.add(&p)
		}
	}
	return c, c.chats(ctx, tx)
}

// chats notes who has one of their own.
func (c *crowd) chats(ctx context.Context, tx store.Tx) error {
	ids := make([]string, len(c.all))
	for i, p := range c.all {
		ids[i] = p.ID
	}
	reach, err := tx.Reach(ctx, ids)
	if err != nil {
		return err
	}
	for _, r := range reach {
		if r.Own {
			c.owned[r.PatientID] = true
		}
	}
	return nil
}

func (c *crowd) add(p *store.Patient) {
	c.all = append(c.all, p)
	if p.External != "" {
		c.named[p.External] = p
	}
	if p.Phone != "" {
		c.at[p.Phone] = append(c.at[p.Phone], p)
	}
}

// find is the patient whom the line means: by the id of the clinic's own system, else by phone and name. nil and no
// reason: nobody is known.
func (c *crowd) find(p person) (*store.Patient, *Reason) {
	if known := c.named[p.external]; p.external != "" && known != nil {
		if p.name != "" && !words.SameName(p.name, known.FullName) && p.phone != known.Phone && known.FullName != "" {
			return nil, &Reason{ID: "another", Value: p.external}
		}
		return known, nil
	}
	var same []*store.Patient
	for _, known := range c.at[p.phone] {
		other := p.external != "" && known.External != "" || p.birth != "" && known.Birth != "" && p.birth != known.Birth
		if !other && (p.name == "" || words.SameName(p.name, known.FullName)) {
			same = append(same, known)
		}
	}
	switch {
	case p.phone == "" || len(same) == 0:
		return nil, nil
	case len(same) > 1:
		return nil, &Reason{ID: "several"}
	}
	return same[0], nil
}

// take finds or makes the patient, and fills in what was not known of them. Of somebody with a chat of their own, what
// they have told stays.
func (c *crowd) take(p person, ids func() string, now time.Time) (*store.Patient, fate, *Reason) {
	found, why := c.find(p)
	switch {
	case why != nil:
		return nil, rejected, why
	case found == nil && p.name == "":
		return nil, rejected, &Reason{ID: "unnamed"}
	case found == nil:
		found = &store.Patient{ID: ids(), FullName: p.name, Phone: p.phone, Birth: p.birth, External: p.external, CreatedAt: now}
		c.dirty[found.ID] = true
		c.add(found)
		return found, added, nil
	}
	keep := c.owned[found.ID] || p.external == "" || found.External != p.external
	news := fill(&found.FullName, p.name, keep)
	news = fill(&found.Phone, p.phone, keep) || news
	news = fill(&found.Birth, p.birth, keep) || news
	if fill(&found.External, p.external, true) {
		c.named[found.External], news = found, true
	}
	if !news {
		return found, known, nil
	}
	c.dirty[found.ID] = true
	return found, changed, nil
}

// fill sets a value that is told, and tells whether that is news; keep: only where there is none.
func fill(value *string, told string, keep bool) bool {
	if told == "" || told == *value || keep && *value != "" {
		return false
	}
	*value = told
	return true
}

// save writes those who are new or changed.
func (c *crowd) save(ctx context.Context, tx store.Tx) error {
	var list []store.Patient
	for _, p := range c.all {
		if c.dirty[p.ID] {
			list = append(list, *p)
		}
	}
	if err := tx.SavePatients(ctx, list); err != nil {
		return fmt.Errorf("saving patients: %w", err)
	}
	return nil
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
