package booking

import (
	"path"
	"time"

	"careline/channels"
	"careline/dialogs"
)

// Localized is the clinic in one language, as scripts see it.
type Localized struct {
	clinic        *Clinic
	language      string
	services      map[string]*dialogs.Service
	branches      map[string]*dialogs.Branch
	practitioners map[string]*dialogs.Practitioner
}

// In is the clinic in the language, or in its first one where it has no other.
func (c *Clinic) In(language string) *Localized {
	if l := c.localized[language]; l != nil {
		return l
	}
	return c.localized[c.Languages[0]]
}

func (c *Clinic) localize() {
	c.localized = make(map[string]*Localized, len(c.Languages))
	for _, language := range c.Languages {
		l := &Localized{clinic: c, language: language, services: map[string]*dialogs.Service{}, branches: map[string]*dialogs.Branch{},
			practitioners: map[string]*dialogs.Practitioner{}}
		for _, b := range c.Branches {
			l.branches[b.ID] = l.branch(b)
		}
		for _, p := range c.Practitioners {
			l.practitioners[p.ID] = l.practitioner(p)
		}
		for _, s := range c.Services {
			l.services[s.ID] = l.service(s)
		}
		for _, s := range c.Services {
			l.recallTo(s)
		}
		c.localized[language] = l
	}
}

// Text in this language, or in the clinic's first.
func (l *Localized) Text(t Text) string {
	if s, ok := t[l.language]; ok {
		return s
	}
	return t[l.clinic.Languages[0]]
}

func (l *Localized) branch(b *Branch) *dialogs.Branch {
	out := &dialogs.Branch{
		ID: b.ID, Title: l.Text(b.Title), Address: l.Text(b.Address), Entrance: l.Text(b.Entrance), Way: l.Text(b.Way), City: l.Text(b.City),
		Zone: b.Zone.String(), ReviewYandex: b.ReviewYandex, ReviewProdoctorov: b.ReviewProdoctorov, Review2GIS: b.Review2GIS,
	}
	if b.Place != nil {
		place := *b.Place
		place.Title, place.Address = out.Title, out.Address
		out.Place = &place
	}
	return out
}

func (l *Localized) practitioner(p *Practitioner) *dialogs.Practitioner {
	out := &dialogs.Practitioner{ID: p.ID, Name: l.Text(p.Name), About: l.Text(p.About)}
	if p.Photo != "" {
		out.Photo = &channels.File{Kind: channels.Photo, Name: path.Base(p.Photo), MIME: mimeOf(p.Photo), Ref: p.Photo}
	}
	return out
}

func mimeOf(name string) string {
	switch path.Ext(name) {
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	}
	return "image/jpeg"
}

func (l *Localized) service(s *Service) *dialogs.Service {
	return &dialogs.Service{
		ID: s.ID, Title: l.Text(s.Title), Explain: l.Text(s.Explain), Duration: s.Duration(), Price: l.money(s.Price), Bring: l.Text(s.Bring),
		After: l.Text(s.After), Tags: s.Tags, Surgical: s.Surgical, CheckIn: s.CheckIn, Recall: s.Recall,
		RecallWhy: l.Text(s.RecallWhy),
	}
}

// recallTo links the service that a patient is called back to; the link is one deep, so that it can be
// written as JSON.
func (l *Localized) recallTo(s *Service) {
	if to := l.services[s.RecallTo]; to != nil {
		flat := *to
		flat.RecallTo = nil
		l.services[s.ID].RecallTo = &flat
	}
}

func (l *Localized) money(p *Price) *dialogs.MoneyValue {
	if p == nil {
		return nil
	}
	return &dialogs.MoneyValue{Amount: p.Amount, Currency: l.clinic.Currency, From: p.From, Upto: p.Upto}
}

// Service by its id; nil when there is none.
func (l *Localized) Service(id string) *dialogs.Service { return l.services[id] }

// Branch by its id; nil when there is none.
func (l *Localized) Branch(id string) *dialogs.Branch { return l.branches[id] }

// Practitioner by its id; nil when there is none.
func (l *Localized) Practitioner(id string) *dialogs.Practitioner { return l.practitioners[id] }

// Clinic is the clinic's own record; the branch is the main one, or the one given.
func (l *Localized) Clinic(branch string, now time.Time) *dialogs.Clinic {
	c := l.clinic
	b := c.Branch(branch)
	if b == nil {
		b = c.Branches[0]
	}
	hours := c.DeskHours(b)
	out := &dialogs.Clinic{
		Name: l.Text(c.Name), Phone: c.Phone, EmergencyPhone: c.EmergencyPhone, Site: c.Site, Open: hours.Open(now),
		Branch: *l.branches[b.ID], Checkup: l.services[c.Checkup],
	}
	for _, b := range c.Branches {
		out.Branches = append(out.Branches, *l.branches[b.ID])
	}
	if out.Open {
		return out
	}
	if turns := hours.Turns(now); !turns.IsZero() {
		out.Opens = &dialogs.MomentValue{At: turns, Zone: b.Zone.String()}
	}
	return out
}

// Desk is what the desk promises.
func (l *Localized) Desk() *dialogs.Desk { return &dialogs.Desk{Promise: l.clinic.Desk.Promise} }

// Document behind a consent; nil when there is none.
func (l *Localized) Document(kind string) *dialogs.ConsentDocument {
	for _, d := range l.clinic.Consents {
		if d.Kind == kind {
			return &dialogs.ConsentDocument{Kind: kind, Version: d.Version, URL: l.Text(d.URL)}
		}
	}
	return nil
}
