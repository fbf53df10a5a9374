package patients

import (
	"careline/bot/web/page"
	"careline/channels"
)

// linkTo the patient's card, or to its comparison with another.
func linkTo(id, merge string) string {
	if merge != "" {
		return home + "/" + merge + "/merge/" + id
	}
	return home + "/" + id
}

// services to choose from; the first is any.
func (p *Pages) services(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.patients.any")}}
	for _, s := range p.Clinic.Services {
		all = append(all, page.Option{Value: s.ID, Label: p.Clinic.In(q.Language).Text(s.Title)})
	}
	return all
}

// messengers to choose from; the first is any.
func (p *Pages) messengers(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.patients.any")}}
	for _, id := range p.channels() {
		all = append(all, page.Option{Value: id, Label: messenger(q, id)})
	}
	return all
}

// runs tells whether the messenger works here.
func (p *Pages) runs(id channels.ID) bool {
	for _, c := range p.Channels {
		if c.ID() == id {
			return true
		}
	}
	return false
}

// restOptions are how long campaigns may leave a patient alone.
func restOptions(q *page.Request) (all []page.Option) {
	for _, days := range rests {
		all = append(all, page.Option{Value: days, Label: q.Word("desk.patients.rest_" + days)})
	}
	return all
}
