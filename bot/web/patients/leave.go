package patients

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"careline/bot/web/page"
	"careline/store"
)

// export is a file with everything that is kept of the patient.
func (p *Pages) export(q *page.Request) error {
	var all map[string][]map[string]any
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error {
		who, err := p.patient(q.Context(), tx, q, q.ID("id"))
		if err != nil {
			return err
		}
		if all, err = tx.Everything(q.Context(), who.ID); err != nil {
			return err
		}
		return q.Access.Audit(q.Context(), tx, exported, who.ID, "")
	})
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("writing a patient's data: %w", err)
	}
	download(q, "application/json", "patient.json")
	_, _ = q.W.Write(body) // the browser has gone: nobody to tell
	return nil
}

func (p *Pages) beforeErasing(q *page.Request) error {
	who, err := p.one(q, q.ID("id"))
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), seen, "", who.ID); err != nil {
		return err
	}
	return q.Show(page.Patients, q.Word("desk.patients.erase"), erasePage(q, who, page.NewForm(q, nil)))
}

// erase does what the patient's own wish does in a chat.
func (p *Pages) erase(q *page.Request) error {
	who, err := p.one(q, q.ID("id"))
	if err != nil {
		return err
	}
	f := q.Form()
	if !strings.EqualFold(f.Text("sure"), q.Word("desk.patients.erase_word")) {
		f.Wrong("sure", "desk.patients.not_sure", "word", q.Word("desk.patients.erase_word"))
		return q.Again(page.Patients, q.Word("desk.patients.erase"), erasePage(q, who, f))
	}
	err = p.change(q, erased, func(ctx context.Context, tx store.Tx, who store.Patient) error {
		err := tx.AppendEvents(ctx, []store.Event{{At: q.Now, Name: "privacy.erased", PatientID: who.ID, Channel: "desk"}})
		if err != nil {
			return err
		}
		return p.humans.Erase(ctx, tx, p.reception, matter(q, who.ID), q.Now)
	})
	if err != nil {
		return err
	}
	q.Toast("desk.patients.erased")
	return q.Redirect(home)
}
