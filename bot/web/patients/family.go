package patients

import (
	"context"
	"net/http"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/store"
)

// How somebody may be of the family: as a form says it.
const (
	asChild    = "child" // the patient speaks for them
	asAdult    = "adult"
	asGuardian = "guardian" // they speak for the patient
)

const majority = 18 // years

// family is the page on which the family is changed; whom to add is found there.
func (p *Pages) family(q *page.Request) error {
	f := q.Form()
	query := f.Text("query", page.Max(100))
	c := &card{}
	r := results{Asked: query != ""}
	err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		if c.Patient, err = p.patient(q.Context(), tx, q, q.ID("id")); err != nil {
			return err
		}
		if err := p.readFamily(q.Context(), tx, q, c); err != nil || !r.Asked {
			return err
		}
		people, err := alike(q.Context(), tx, c.Patient, query)
		if err == nil {
			r.Lines, err = lines(q.Context(), tx, people, q.Now)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := q.Access.Listed(q.Context(), found, "", append(idsOf(r.Lines), append(c.relatives(), c.ID)...)...); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Patients, q.Word("desk.patients.family_of", "name", nameOf(q, c.Patient)), familyPage(q, c, f, r))
}

// relatives are the ids of the whole family.
func (c *card) relatives() (ids []string) {
	for _, one := range append(c.Wards[:len(c.Wards):len(c.Wards)], c.Guardians...) {
		ids = append(ids, one.ID)
	}
	return ids
}

func (p *Pages) addRelative(q *page.Request) error {
	f := q.Form()
	as := f.One("as", asChild, asAdult, asGuardian)
	if !f.Good() {
		return page.Malformed
	}
	return p.kin(q, f.Values.Get("other"), func(ctx context.Context, tx store.Tx, who store.Patient, other string) error {
		k := store.Kinship{Guardian: who.ID, Ward: other, Kin: as, Since: q.Now}
		if as == asGuardian {
			k = store.Kinship{Guardian: other, Ward: who.ID, Kin: asAdult, Since: q.Now}
			if who.Birth > q.Now.AddDate(-majority, 0, 0).Format("2006-01-02") {
				k.Kin = asChild
			}
		}
		return tx.AddFamily(ctx, k)
	})
}

func (p *Pages) removeRelative(q *page.Request) error {
	return p.kin(q, q.Form().Values.Get("other"), func(ctx context.Context, tx store.Tx, who store.Patient, other string) error {
		if err := tx.RemoveFamily(ctx, who.ID, other); err != nil {
			return err
		}
		return tx.RemoveFamily(ctx, other, who.ID)
	})
}

// kin changes how the patient and the other belong together; both are told of in the audit.
func (p *Pages) kin(q *page.Request, other string, do func(ctx context.Context, tx store.Tx, who store.Patient, other string) error) error {
	if other == q.ID("id") {
		return &page.Problem{Status: http.StatusUnprocessableEntity, Word: "desk.patients.family_self"}
	}
	err := p.change(q, related, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		if _, err := p.patient(ctx, tx, q, other); err != nil {
			return err
		}
		if err := q.Access.Audit(ctx, tx, related, other, "patient/"+who.ID); err != nil {
			return err
		}
		return do(ctx, tx, who, other)
	})
	if err != nil {
		return err
	}
	q.Toast("desk.patients.saved")
	return q.Redirect(home + "/" + q.ID("id") + "/family")
}

// prefer says in which messenger the patient likes to be written to; an empty one = where they last booked.
func (p *Pages) prefer(q *page.Request) error {
	f := q.Form()
	channel := f.One("channel", append(p.channels(), "")...)
	if !f.Good() {
		return page.Malformed
	}
	err := p.change(q, changed, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		who.Channel = channel
		if err := tx.SavePatients(ctx, []store.Patient{who}); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []store.Event{{At: q.Now, Name: "contact.preferred", PatientID: who.ID, Channel: "desk", Value: channel}})
	})
	if err != nil {
		return err
	}
	return back(q, "desk.patients.saved")
}

// reached are the messengers to choose from for the card's patient; the first leaves it to where they last booked.
func reached(q *page.Request, c *card) []page.Option {
	all := []page.Option{{Label: q.Word("desk.patients.prefer_last")}}
	known := map[string]bool{}
	for _, chat := range c.Chats {
		if !known[chat.Channel] {
			all = append(all, page.Option{Value: chat.Channel, Label: messenger(q, chat.Channel)})
		}
		known[chat.Channel] = true
	}
	return all
}

// mayChange tells whether the reader may change who belongs to the family.
func mayChange(q *page.Request) bool {
	return q.May(access.ChangePatients) && q.May(access.FindPatients)
}
