package booking

import (
	"slices"

	"careline/dialogs"
)

// Bookable are the services that patients book themselves; section narrows the list (empty = all).
func (l *Localized) Bookable(section string) []*dialogs.Service {
	var out []*dialogs.Service
	for _, s := range l.clinic.Services {
		if s.Online && (section == "" || s.Section == section) {
			out = append(out, l.services[s.ID])
		}
	}
	return out
}

// PriceGroups are the sections of the price list that hold a price.
func (l *Localized) PriceGroups() []*dialogs.Group {
	var out []*dialogs.Group
	for _, s := range l.clinic.Sections {
		if len(l.Prices(s.ID)) > 0 {
			out = append(out, &dialogs.Group{ID: s.ID, Title: l.Text(s.Title)})
		}
	}
	return out
}

// Prices are the lines of the price list; section narrows it (empty = all).
func (l *Localized) Prices(section string) []*dialogs.Price {
	var out []*dialogs.Price
	for _, s := range l.clinic.Services {
		if s.Price != nil && (section == "" || s.Section == section) {
			out = append(out, &dialogs.Price{Title: l.Text(s.Title), Price: *l.money(s.Price)})
		}
	}
	return out
}

// Doctors who take a part in the service; branch narrows the list (empty = all).
func (l *Localized) Doctors(service, branch string) []*dialogs.Practitioner {
	s := l.clinic.Service(service)
	if s == nil {
		return nil
	}
	var out []*dialogs.Practitioner
	for _, p := range s.performers() {
		if branch == "" || p.Works[branch] != nil {
			out = append(out, l.practitioners[p.ID])
		}
	}
	return out
}

// Choice of doctors for one person: those of the branches where the service would be offered to them.
func (l *Localized) Choice(service, branch, zone string) []*dialogs.Practitioner {
	s := l.clinic.Service(service)
	if s == nil {
		return nil
	}
	var out []*dialogs.Practitioner
	for _, b := range l.clinic.BranchesFor(s, branch, zone, "") {
		for _, p := range l.Doctors(service, b.ID) {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// Offer that a campaign of that kind may promise for the service; nil when there is none.
func (c *Clinic) Offer(kind, service string) *Offer {
	for _, o := range c.Offers {
		if o.Kind == kind && (len(o.Services) == 0 || slices.Contains(o.Services, service)) {
			return o
		}
	}
	return nil
}
