package staff

import (
	"encoding/csv"
	"net/http"
	"time"

	"careline/bot/access"
	"careline/bot/intake"
	"careline/bot/web/page"
	"careline/store"
)

// auditExported is in the audit too.
const auditExported access.Action = "audit_exported"

const auditChunk = 1000

// auditCSV is everything that the filters leave, as a file.
func (p *Pages) auditCSV(q *page.Request) error {
	_, find := wanted(q, q.Form().Values)
	find.Limit = auditChunk
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error { return q.Access.Audit(q.Context(), tx, auditExported, find.Patient, "") })
	if err != nil {
		return err
	}
	t, err := p.trail(q, find)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/csv; charset=utf-8")
	q.W.Header().Set("Content-Disposition", `attachment; filename="audit.csv"`)
	_, err = q.W.Write([]byte("\uFEFF")) // or a spreadsheet takes it for another alphabet
	table := csv.NewWriter(q.W)
	table.Comma = ';'
	if err == nil {
		err = table.Write(heads(q))
	}
	for err == nil && len(t.Deeds) > 0 {
		for _, d := range t.Deeds {
			if err == nil {
				err = table.Write(t.cells(q, d))
			}
		}
		find.Before = t.Deeds[len(t.Deeds)-1].Seq
		if err == nil {
			t.Deeds, err = p.people.Deeds(q.Context(), find)
		}
	}
	table.Flush()
	if err != nil || table.Error() != nil { // a part of it is on its way: the browser must not take it for the whole
		q.Log.WarnContext(q.Context(), "the audit was not written to its end", "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func heads(q *page.Request) (row []string) {
	for _, id := range []string{"when", "account", "action", "patient", "ref", "address"} {
		row = append(row, q.Word("desk.audit."+id))
	}
	return row
}

func (t trail) cells(q *page.Request, d store.Deed) []string {
	row := []string{d.At.In(q.Zone).Format(time.DateTime), t.who(q, d), q.Name("desk.audit.does", d.Action), d.PatientID, t.about(d), d.Address}
	for i := range row {
		row[i] = intake.Harmless(row[i])
	}
	return row
}
