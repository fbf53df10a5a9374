package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"careline/dialogs/words"

	"golang.org/x/text/unicode/norm"
)

// Search finds patients by what people say of them.
type Search interface {
	// FindPatients are up to limit patients of whom every word of the query, in any order, begins a word of their name, a
	// tag or their number in the clinic's own system, or is a part of their phone: its beginning or its end, in any
	// spelling. Case, accents and ё count for nothing; Latin letters find Cyrillic ones and the other way round, by their
	// sound or by the keys they lie on. An empty query finds nobody.
	FindPatients(ctx context.Context, query string, limit int) ([]Patient, error)
}

const (
	mostTerms   = 6    // of a query; the rest of it is left out
	leastDigits = 3    // of a part of a phone
	longestWord = 100  // runes; an index takes no more than so much
	looksAt     = 2000 // rows, to learn which term is rare
	backwards   = "~"  // begins a phone that is written from its end; words have only letters and digits
)

// spelt are the words of a text as they are kept and looked for.
func spelt(text string) []string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(clean(text)))
	list := strings.FieldsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range list {
		if runes := []rune(word); len(runes) > longestWord {
			list[i] = string(runes[:longestWord])
		}
	}
	return list
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func reversed(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

// foundBy are the words under which a patient is found.
func foundBy(p Patient) []string {
	found := slices.Concat(spelt(p.FullName), spelt(p.External), spelt(strings.Join(p.Tags, " ")))
	if phone := digits(p.Phone); phone != "" {
		found = append(found, "+"+phone, backwards+reversed(phone))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// term of a query: a patient has a word that begins with one of these.
type term []string

// terms of a query. Digits that stand together, whatever is between them, are one.
func terms(query string) (all []term) {
	number := ""
	end := func() {
		if number != "" {
			all = append(all, numbers(number))
		}
		number = ""
	}
	for _, field := range strings.Fields(query) {
		if !strings.ContainsFunc(field, unicode.IsLetter) {
			number += digits(field)
			continue
		}
		end()
		for _, word := range spelt(field) {
			all = append(all, append(term{word}, otherwise(word)...))
		}
	}
	end()
	return all[:min(len(all), mostTerms)]
}

// numbers are what digits may begin or end: a number in the clinic's system, a phone.
func numbers(d string) term {
	t := term{d}
	if len(d) < leastDigits {
		return t
	}
	if phone, ok := words.Phone(d); ok {
		return append(t, phone)
	}
	t = append(t, backwards+reversed(d), "+"+d, "+7"+d)
	if d[0] == '8' {
		t = append(t, "+7"+d[1:])
	}
	return t
}

// begins is the condition that a word of the table begins so.
func begins(p *params, table, prefix string) string {
	return table + `.word >= ` + p.add(prefix) + ` AND ` + table + `.word < ` + p.add(prefix+string(utf8.MaxRune))
}

// FindPatients implements Search.
func (t *tx) FindPatients(ctx context.Context, query string, limit int) ([]Patient, error) {
	wanted := terms(query)
	if len(wanted) == 0 || limit < 1 {
		return nil, nil
	}
	if err := t.rarestFirst(ctx, wanted); err != nil {
		return nil, err
	}
	var found []Patient
	for _, prefix := range wanted[0] {
		some, err := t.findBy(ctx, prefix, wanted[1:], limit)
		if err != nil {
			return nil, err
		}
		found = latest(append(found, some...), func(p Patient) string { return p.ID })
	}
	if phone, ok := words.Phone(query); ok && len(found) < limit {
		own, err := t.provenBy(ctx, phone)
		if err != nil {
			return nil, err
		}
		found = latest(append(found, own...), func(p Patient) string { return p.ID })
	}
	return found[:min(len(found), limit)], nil
}

// rarestFirst brings the term to the front that the fewest have.
func (t *tx) rarestFirst(ctx context.Context, wanted []term) error {
	fewest, rarest := int64(0), 0
	for i, of := range wanted {
		if len(wanted) == 1 {
			break
		}
		n := int64(0)
		for _, prefix := range of {
			var p params
			some, err := t.number(ctx, "looking how rare a word is",
				`SELECT count(*) FROM (SELECT 1 FROM patient_words w WHERE `+begins(&p, "w", prefix)+` `+atMost(p.add(looksAt))+`) AS those`, p...)
			if err != nil {
				return err
			}
			n += some
		}
		if i == 0 || n < fewest {
			fewest, rarest = n, i
		}
	}
	wanted[0], wanted[rarest] = wanted[rarest], wanted[0]
	return nil
}

// findBy walks along the index of words, so that it stops at the limit however many begin so.
func (t *tx) findBy(ctx context.Context, prefix string, others []term, limit int) ([]Patient, error) {
	var p params
	where := begins(&p, "w", prefix) + ` AND NOT EXISTS (SELECT 1 FROM patient_words s
		WHERE s.patient_id = w.patient_id AND s.word >= ` + p.add(prefix) + ` AND s.word < w.word)`
	for _, other := range others {
		either := make([]string, len(other))
		for i, prefix := range other {
			either[i] = begins(&p, "o", prefix)
		}
		where += ` AND EXISTS (SELECT 1 FROM patient_words o WHERE o.patient_id = w.patient_id AND (` + strings.Join(either, ` OR `) + `))`
	}
	return query(ctx, t, "finding patients", patientFields,
		`SELECT `+patientColumns+` FROM patient_words w JOIN patients p ON p.id = w.patient_id
		WHERE `+where+` ORDER BY w.word, w.patient_id `+atMost(p.add(limit)), p...)
}

// provenBy are the patients in whose chats it was proven that the phone is theirs.
func (t *tx) provenBy(ctx context.Context, phone string) ([]Patient, error) {
	chats, err := t.ContactsOwning(ctx, phone)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range chats {
		ids = append(ids, c.PatientID)
	}
	return t.Patients(ctx, ids)
}

// findable keeps up to date under which words the patients are found, after they were saved.
func (t *tx) findable(ctx context.Context, patients []Patient) error {
	ids := make([]string, len(patients))
	for i, p := range patients {
		ids[i] = p.ID
	}
	type kept struct{ id, word string }
	var p params
	had, err := query(ctx, t, "reading how patients are found", func(k *kept) []any { return []any{&k.id, maybe{&k.word}} },
		`SELECT p.id, w.word FROM patients p LEFT JOIN patient_words w ON w.patient_id = p.id
		WHERE p.id = ANY(`+p.add(ids)+`) AND p.erased_us = 0`, p...)
	if err != nil {
		return err
	}
	was := map[string][]string{} // who was erased is not in it
	for _, k := range had {
		was[k.id] = append(was[k.id], k.word)
	}
	var fresh [][]any
	for _, p := range patients {
		before, there := was[p.ID]
		if !there {
			continue
		}
		now := foundBy(p)
		for _, word := range now {
			if !slices.Contains(before, word) {
				fresh = append(fresh, []any{word, p.ID})
			}
		}
		over := slices.DeleteFunc(before, func(word string) bool { return word == "" || slices.Contains(now, word) })
		if err := t.notFoundBy(ctx, p.ID, over); err != nil {
			return err
		}
	}
	_, err = t.insert(ctx, "keeping how patients are found", `INSERT INTO patient_words (word, patient_id)`, fresh, `ON CONFLICT DO NOTHING`)
	return err
}

func (t *tx) notFoundBy(ctx context.Context, patient string, over []string) error {
	if len(over) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "forgetting how a patient was found",
		`DELETE FROM patient_words WHERE patient_id = `+p.add(patient)+` AND word = ANY(`+p.add(over)+`)`, p...)
	return err
}

// findAll makes everybody findable who was there before the words were kept.
func (t *tx) findAll(ctx context.Context) error {
	const page = 1000
	for after := ""; ; {
		ids, err := t.PatientsAfter(ctx, after, page)
		if err != nil || len(ids) == 0 {
			return err
		}
		patients, err := t.Patients(ctx, ids)
		if err == nil {
			err = t.findable(ctx, patients)
		}
		if err != nil {
			return fmt.Errorf("making patients findable: %w", err)
		}
		after = ids[len(ids)-1]
	}
}
