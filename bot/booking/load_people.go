package booking

import (
	"io/fs"
	"strings"

	"careline/channels"
	"careline/dialogs/source"
)

func (r *reader) practitioner(id string, n *source.Node) {
	f := r.Fields(n, "a practitioner", keysOf[practitionerFile]()...)
	f.Need("name", "specialties", "works")
	p := &Practitioner{
		ID: id, Name: r.text(f.Node("name"), "name"), About: r.text(f.Node("about"), "about"), Specialties: f.Words("specialties"),
		Off: r.dates(f.Node("off"), "off"), Acute: r.hours(f.Node("acute"), "acute"), Works: map[string]*Hours{}, only: f.Words("services"),
		Photo: r.photo(f), ReviewProdoctorov: r.url(f, "review_prodoctorov"),
	}
	for _, item := range items(f.Node("specialties")) {
		r.refer("specialty", item, r.Word(item, "specialties"))
	}
	for _, item := range items(f.Node("services")) {
		r.refer("service", item, r.Word(item, "services"))
	}
	works := f.Node("works")
	if works != nil && works.Kind != source.Mapping {
		r.Add(works.Pos, 78, "works", "branches with days and hours", works.Kind)
		works = nil
	}
	if works != nil {
		for _, e := range works.Entries {
			h := r.hours(e.Value, e.Key)
			p.Works[e.Key] = &h
			r.refer("branch", &source.Node{Pos: e.KeyPos}, e.Key)
			r.later = append(r.later, func() { r.insideDoor(e, &h) })
		}
		r.apart(works, p)
	}
	r.c.Practitioners = append(r.c.Practitioners, p)
	r.later = append(r.later, func() { r.onCard(f.Node("about"), p) })
}

// onCard warns of more words than a card of VK has room for.
func (r *reader) onCard(about *source.Node, p *Practitioner) {
	longest := 0
	for _, text := range p.About {
		longest = max(longest, channels.Units(text))
	}
	if r.c.Channels.VK.Cards && longest > channels.CardText {
		r.warn(about.Pos, "this has %d characters, and the card in VK shows %d; say the most important first, or write `channels: vk: cards: no`", longest, channels.CardText)
	}
}

// insideDoor warns of hours at which the branch is closed: they are not offered.
func (r *reader) insideDoor(e source.Entry, h *Hours) {
	b := r.c.Branch(e.Key)
	if b == nil {
		return
	}
	for d, own := range h.Week {
		if inside := intersect(own, b.Hours.Week[d]); minutes(inside) < minutes(own) {
			r.warn(e.KeyPos, "on %s these hours are partly outside those of branch %s; that time is not offered", weekdays[d], b.ID)
		}
	}
}

func minutes(list []Stretch) int {
	n := 0
	for _, s := range list {
		n += s.To - s.From
	}
	return n
}

// apart tells when somebody would be in two branches at once. Zones of branches differ, so the wall
// clocks are compared only within one zone.
func (r *reader) apart(works *source.Node, p *Practitioner) {
	for i, a := range works.Entries {
		for _, b := range works.Entries[i+1:] {
			r.later = append(r.later, func() {
				x, y := r.c.Branch(a.Key), r.c.Branch(b.Key)
				if x == nil || y == nil || x.Zone.String() != y.Zone.String() {
					return
				}
				for d := range weekdays {
					if both := intersect(p.Works[a.Key].Week[d], p.Works[b.Key].Week[d]); len(both) > 0 {
						r.Problem(b.KeyPos, "on %s at %s %s would be in %s and in %s at once", weekdays[d], both[0], p.ID, a.Key, b.Key)
					}
				}
			})
		}
	}
}

const maxMedia = 10 << 20 // bytes

// photo checks that the file is there.
func (r *reader) photo(f source.Fields) string {
	name := f.Word("photo")
	if name == "" {
		return ""
	}
	if !strings.HasPrefix(name, "media/") {
		name = "media/" + name
	}
	if info, err := fs.Stat(r.fsys, name); err != nil || info.IsDir() || info.Size() > maxMedia {
		r.Add(f.Node("photo").Pos, 74, strings.TrimPrefix(name, "media/"), "10 MB")
	}
	return name
}
