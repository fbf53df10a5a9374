package booking

import (
	"slices"

	"careline/dialogs/source"
)

// consentKinds are the consents that the law asks for apart from one another.
var consentKinds = []string{"personal", "health", "advertising"}

func (r *reader) consent(kind string, n *source.Node) {
	if at := r.places["consent "+kind]; !slices.Contains(consentKinds, kind) {
		r.Unknown(at, kind, "consents", consentKinds)
	}
	f := r.Fields(n, "a consent", keysOf[consentFile]()...)
	f.Need("version")
	d := &Document{Kind: kind, Version: f.Word("version"), URL: r.text(f.Node("url"), "url"), Words: r.text(f.Node("text"), "text")}
	if len(d.URL) == 0 && len(d.Words) == 0 && n.Is(source.Mapping) {
		r.Problem(n.Pos, "consent %s has no document; add `url` or `text`", kind)
	}
	r.c.Consents = append(r.c.Consents, d)
}

func (r *reader) offer(id string, n *source.Node) {
	f := r.Fields(n, "an offer", keysOf[offerFile]()...)
	f.Need("title", "kind", "valid")
	for _, item := range items(f.Node("services")) {
		r.refer("service", item, r.Word(item, "services"))
	}
	r.c.Offers = append(r.c.Offers, &Offer{
		ID: id, Title: r.text(f.Node("title"), "title"), Kind: f.Word("kind"), Services: f.Words("services"), Valid: f.Duration("valid"),
	})
}

// together checks what needs the whole clinic.
func (r *reader) together(consents *source.Node) {
	if consents.Is(source.Mapping) {
		for _, kind := range consentKinds {
			if consents.Get(kind) == nil {
				r.Problem(consents.Pos, "no document for consent %s; add `%s:`", kind, kind)
			}
		}
	}
	for _, s := range r.c.Services {
		if s.Online && !r.bookable(s) {
			r.warn(r.places["service "+s.ID], "nobody who does %s works in any branch at the same time; patients will find no time for it", s.ID)
		}
	}
}

// bookable reports whether some branch has somebody for every part on some weekday.
func (r *reader) bookable(s *Service) bool {
	return slices.ContainsFunc(r.c.Branches, func(b *Branch) bool { return r.c.performedAt(s, b) })
}

// performedAt reports whether the branch has somebody for every part of the service.
func (c *Clinic) performedAt(s *Service, b *Branch) bool {
	return len(s.Parts) > 0 && !slices.ContainsFunc(s.Parts, func(part Share) bool {
		return !slices.ContainsFunc(part.By, func(p *Practitioner) bool { return p.Works[b.ID] != nil })
	})
}
