package intake

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

// agreed reads the consents of a line. A «yes» needs its proof: the day and the version of the document; without it the
// patient is taken and the consent is not. A «no» needs none.
func (l line) agreed(now time.Time) (list []store.Consent, remarks, problems []Reason) {
	var on time.Time
	if cell := l.cell("agreed_on"); cell != "" {
		t, _, ok := date(cell)
		if !ok || t.After(now) {
			problems = append(problems, Reason{ID: "agreed_on", Value: short(cell)})
		}
		on = t
	}
	for _, kind := range []string{"personal", "advertising"} {
		said, why := answer(l.cell(kind))
		if why != nil {
			problems = append(problems, *why)
		}
		if said == nil {
			continue
		}
		if said.on.IsZero() {
			said.on = on
		}
		version := l.cell("version")
		if said.given && (said.on.IsZero() || said.on.After(now) || version == "") {
			remarks = append(remarks, Reason{ID: "proof", Value: kind})
			continue
		}
		list = append(list, store.Consent{Kind: kind, Given: said.given, Version: version, Channel: Channel, At: said.on})
	}
	return list, remarks, problems
}

// consents records what is newer than the last word of each patient. A «no» without a day stands only where nothing was
// said before.
func consents(ctx context.Context, tx store.Tx, now time.Time, cards []card, outcomes []outcome) error {
	last, err := lastWords(ctx, tx, cards)
	if err != nil {
		return err
	}
	var list []store.Consent
	for n, c := range cards {
		if outcomes[n].fate == rejected {
			continue
		}
		for _, said := range c.consents {
			said.PatientID = c.patient.ID
			key := said.PatientID + "/" + said.Kind
			before, ever := last[key]
			if ever && (said.At.IsZero() || before.Given == said.Given || !said.At.After(before.At)) {
				continue
			}
			if said.At.IsZero() {
				said.At = now
			}
			list, last[key] = append(list, said), said
			outcomes[n].touched()
		}
	}
	if err := tx.RecordConsents(ctx, list); err != nil {
		return fmt.Errorf("recording consents: %w", err)
	}
	return nil
}

// lastWords are what the patients said last: patient/kind.
func lastWords(ctx context.Context, tx store.Tx, cards []card) (map[string]store.Consent, error) {
	var ids []string
	for _, c := range cards {
		if c.patient != nil && len(c.consents) > 0 {
			ids = append(ids, c.patient.ID)
		}
	}
	said, err := tx.ConsentsOf(ctx, unique(ids))
	last := make(map[string]store.Consent, len(said))
	for _, c := range said {
		last[c.PatientID+"/"+c.Kind] = c
	}
	return last, err
}
