package patients

import (
	"cmp"
	"strings"
	"time"

	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/dialogs"
	"careline/locales"
	"careline/store"
)

// called is the patient's name, or what stands for it.
func called(q *page.Request, c *card) string {
	for _, chat := range c.Chats {
		if c.FullName == "" && chat.Name != "" {
			return chat.Name
		}
	}
	return nameOf(q, c.Patient)
}

func nameOf(q *page.Request, p store.Patient) string {
	return cmp.Or(p.FullName, locales.Phone(p.Phone), q.Word("desk.patients.nameless"))
}

func (l line) called(q *page.Request) string {
	if l.FullName == "" && l.Called != "" {
		return l.Called
	}
	return nameOf(q, l.Patient)
}

// born is «12 марта 1990, 36 лет».
func born(q *page.Request, birth string) string {
	day, err := time.Parse(time.DateOnly, birth)
	if err != nil {
		return birth
	}
	years := q.Now.Year() - day.Year()
	if q.Now.Month() < day.Month() || q.Now.Month() == day.Month() && q.Now.Day() < day.Day() {
		years--
	}
	return q.Format().FullDate(day) + ", " + q.Count("desk.patients.years", years)
}

func messenger(q *page.Request, id string) string { return q.Name("desk.room.channel", id) }

func messengers(q *page.Request, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = messenger(q, id)
	}
	return strings.Join(names, ", ")
}

// theirTime is what the patient's clock shows, where their zone is known.
func theirTime(q *page.Request, zone string) string {
	if zone == "" {
		return ""
	}
	return q.Now.In(dialogs.ZoneNamed(zone)).Format("15:04")
}

func zoneOf(q *page.Request, branch string) *time.Location {
	if b := q.Clinic.Branch(branch); b != nil {
		return b.Zone
	}
	return q.Zone
}

// at is the day and the time in a zone.
func at(q *page.Request, t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return q.Format().Date(locales.Moment{At: t, Now: q.Now.In(zone)}) + ", " + t.Format("15:04")
}

// day is the date alone.
func day(q *page.Request, t time.Time) string {
	return q.Format().Date(locales.Moment{At: t.In(q.Zone), Now: q.Now})
}

// dayOf is the date of a visit in a list; empty for none.
func dayOf(q *page.Request, t time.Time, branch string) string {
	if t.IsZero() {
		return ""
	}
	return at(q, t, zoneOf(q, branch))
}

func (v visit) doctors() string {
	names := make([]string, len(v.About.Doctors))
	for i, d := range v.About.Doctors {
		names[i] = d.Name
	}
	return strings.Join(names, ", ")
}

func (v visit) service() string { return cmp.Or(v.About.Service.Title, v.Service) }

// became is what became of a plan, in words.
func became(q *page.Request, e journey.Entry) string {
	return q.Name("journey.outcome", strings.ReplaceAll(e.Outcome, " ", "_"))
}

// service of the clinic by its id.
func service(q *page.Request, id string) string {
	if s := q.Clinic.In(q.Language).Service(id); s != nil {
		return s.Title
	}
	return id
}

// agreed is what was said of a consent: when, where, to which version, and who has recorded it.
func (c *card) agreed(q *page.Request, k store.Consent) string {
	word := "desk.patients.consent_refused"
	if k.Given {
		word = "desk.patients.consent_given"
	}
	facts := []string{q.Word(word, "when", at(q, k.At, q.Zone), "where", where(q, k.Channel))}
	if k.Version != "" {
		facts = append(facts, q.Word("desk.patients.version", "version", k.Version))
	}
	if name := c.Recorded[k.Account]; name != "" {
		facts = append(facts, q.Word("desk.patients.recorded", "name", name))
	}
	return strings.Join(facts, " · ")
}

// consent is the last word about a document.
type consent struct {
	Kind string
	Last *store.Consent
	Old  bool // given to another version than today's
}

// consents are all that the clinic asks for, and those that the patient has said something about.
func (c *card) consents(q *page.Request) (all []consent) {
	known := map[string]bool{}
	add := func(kind string) {
		if known[kind] {
			return
		}
		known[kind] = true
		one := consent{Kind: kind}
		for i, k := range c.Consents {
			if k.Kind == kind {
				one.Last = &c.Consents[i]
				doc := q.Clinic.Consent(kind)
				one.Old = k.Given && doc != nil && doc.Version != k.Version
			}
		}
		all = append(all, one)
	}
	for _, d := range q.Clinic.Consents {
		add(d.Kind)
	}
	for _, k := range c.Consents {
		add(k.Kind)
	}
	return all
}
