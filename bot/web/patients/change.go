package patients

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/dialogs/words"
	"careline/store"
)

// change does something about the patient, keeping everybody else from their chats and plans meanwhile, and notes who did.
func (p *Pages) change(q *page.Request, action access.Action, do func(ctx context.Context, tx store.Tx, who store.Patient) error) error {
	id := q.ID("id")
	return p.Store.Tx(q.Context(), func(tx store.Tx) error {
		ctx := q.Context()
		chats, err := tx.ContactsOf(ctx, id)
		if err != nil {
			return err
		}
		var ids []string
		for _, c := range chats {
			ids = append(ids, c.ID)
		}
		if err := tx.LockChats(ctx, ids); err != nil {
			return err
		}
		if err := tx.LockPatients(ctx, []string{id}); err != nil {
			return err
		}
		who, err := p.patient(ctx, tx, q, id)
		if err != nil {
			return err
		}
		if err := q.Access.Audit(ctx, tx, action, id, ""); err != nil {
			return err
		}
		return do(ctx, tx, who)
	})
}

// back to the card, with a word about what was done.
func back(q *page.Request, word string) error {
	q.Toast(word)
	return q.Redirect(home + "/" + q.ID("id"))
}

func (p *Pages) edit(q *page.Request) error {
	who, err := p.one(q, q.ID("id"))
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), seen, "", who.ID); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Patients, nameOf(q, who), editPage(q, who, page.NewForm(q, nil)))
}

// one is the patient with the id.
func (p *Pages) one(q *page.Request, id string) (who store.Patient, err error) {
	err = p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		who, err = p.patient(q.Context(), tx, q, id)
		return err
	})
	return who, err
}

// about is what a form says of a person.
func about(q *page.Request, f *page.Form) (name, birth, phone string) {
	name = f.Text("name", page.Required, page.Max(200))
	if full, ok := words.Name(name); ok {
		name = full
	} else if name != "" {
		f.Wrong("name", "desk.patients.bad_name")
	}
	if f.Values.Get("birth") != "" {
		switch day := f.Date("birth"); {
		case day.After(q.Now):
			f.Wrong("birth", "desk.patients.unborn")
		case !day.IsZero():
			birth = day.Format(time.DateOnly)
		}
	}
	if typed := f.Text("phone", page.Max(40)); typed != "" {
		var ok bool
		if phone, ok = words.Phone(typed); !ok {
			f.Wrong("phone", "desk.patients.bad_phone")
		}
	}
	return name, birth, phone
}

func (p *Pages) save(q *page.Request) error {
	f := q.Form()
	name, birth, phone := about(q, f)
	if !f.Good() {
		who, err := p.one(q, q.ID("id"))
		if err != nil {
			return err
		}
		q.Use(p.assets)
		return q.Again(page.Patients, nameOf(q, who), editPage(q, who, f))
	}
	err := p.change(q, changed, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		who.FullName, who.Birth, who.Phone = name, birth, phone
		if err := tx.SavePatients(ctx, []store.Patient{who}); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []store.Event{{At: q.Now, Name: "patient.changed", PatientID: who.ID, Channel: "desk"}})
	})
	if err != nil {
		return err
	}
	return back(q, "desk.patients.saved")
}

// tidy is a tag as it is kept.
func tidy(tag string) string { return strings.ToLower(strings.Join(strings.Fields(tag), " ")) }

func (p *Pages) tag(q *page.Request) error {
	f := q.Form()
	add, remove := tidy(f.Text("add", page.Max(60))), f.Values.Get("remove")
	if !f.Good() || add == "" && remove == "" {
		return back(q, "desk.patients.no_tag")
	}
	err := p.change(q, tagged, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		tags := slices.DeleteFunc(slices.Clone(who.Tags), func(t string) bool { return t == remove || t == add })
		value := "-" + remove
		if add != "" {
			tags, value = append(tags, add), "+"+add
		}
		if slices.Equal(tags, who.Tags) {
			return nil
		}
		who.Tags = tags
		if err := tx.SavePatients(ctx, []store.Patient{who}); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []store.Event{{At: q.Now, Name: "patient.tagged", PatientID: who.ID, Channel: "desk", Value: value}})
	})
	if err != nil {
		return err
	}
	return back(q, "desk.patients.saved")
}

// consent records one on paper, or takes one back.
func (p *Pages) consent(q *page.Request) error {
	kinds := []string{"care"}
	for _, d := range p.Clinic.Consents {
		kinds = append(kinds, d.Kind)
	}
	f := q.Form()
	kind, given := f.One("kind", kinds...), f.One("given", "yes", "no") == "yes"
	if !f.Good() {
		return page.Malformed
	}
	action, event := withdrawn, "consent.refused"
	if given {
		action, event = agreed, "consent.given"
	}
	err := p.change(q, action, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		err := p.reception.Agree(ctx, tx, store.Consent{
			PatientID: who.ID, Kind: kind, Given: given, Language: p.Clinic.Languages[0], Channel: "desk", At: q.Now, Account: q.Account.ID})
		if err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []store.Event{{At: q.Now, Name: event, PatientID: who.ID, Channel: "desk", Value: kind}})
	})
	if err != nil {
		return err
	}
	return back(q, "desk.patients.saved")
}

// rests are for how many days campaigns may leave a patient alone.
var rests = []string{"30", "90", "180", "365"}

func (p *Pages) snooze(q *page.Request) error {
	f := q.Form()
	f.One("days", rests...)
	days := f.Int("days", 1, 365)
	if !f.Good() {
		return page.Malformed
	}
	err := p.change(q, snoozed, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		until := q.Now.AddDate(0, 0, days)
		if err := tx.Snooze(ctx, who.ID, until); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []store.Event{{
			At: q.Now, Name: "campaign.snoozed", PatientID: who.ID, Channel: "desk", Value: until.UTC().Format(time.RFC3339)}})
	})
	if err != nil {
		return err
	}
	return back(q, "desk.patients.snoozed")
}

func (p *Pages) blank(q *page.Request) error {
	q.Use(p.assets)
	return q.Show(page.Patients, q.Word("desk.patients.add"), newPage(q, page.NewForm(q, nil), nil))
}

// named is an id as the browser may choose one, so that a form that is sent twice makes one patient.
var named = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

func (p *Pages) add(q *page.Request) error {
	f, id := q.Form(), q.Once()
	name, birth, phone := about(q, f)
	if !named.MatchString(id) {
		return page.Malformed
	}
	var same []line
	made := false
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error {
		ctx := q.Context()
		same, made = nil, false
		there, err := tx.Patients(ctx, []string{id})
		if err != nil || len(there) > 0 || !f.Good() {
			made = len(there) > 0
			return err
		}
		if phone != "" && !f.On("anyway") {
			people, err := tx.PatientsAt(ctx, []string{phone})
			if err != nil {
				return err
			}
			if same, err = lines(ctx, tx, people, q.Now); err != nil || len(same) > 0 {
				return err
			}
		}
		made = true
		if err := tx.SavePatients(ctx, []store.Patient{{ID: id, FullName: name, Birth: birth, Phone: phone, CreatedAt: q.Now}}); err != nil {
			return err
		}
		return q.Access.Audit(ctx, tx, added, id, "")
	})
	switch {
	case err != nil:
		return err
	case made:
		q.Toast("desk.patients.added")
		return q.Redirect(home + "/" + id)
	}
	if err := q.Access.Listed(q.Context(), found, "", idsOf(same)...); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Again(page.Patients, q.Word("desk.patients.add"), newPage(q, f, same))
}

// matter is what is done for the patient at the desk.
func matter(q *page.Request, id string) booking.Matter {
	return booking.Matter{Patient: id, Language: q.Clinic.Languages[0], Staff: true}
}
