package figures

import (
	"bytes"
	"encoding/csv"
	"mime"
	"strings"
	"time"

	"careline/bot/intake"
	"careline/bot/web/page"
)

// download is the table for a spreadsheet.
func (p *Pages) download(q *page.Request) error {
	a, wrong := p.ask(q)
	if wrong != nil {
		return page.Malformed
	}
	known, err := p.count(q.Context(), a)
	if err != nil {
		return err
	}
	if known.At.IsZero() {
		return page.Later
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // spreadsheets read it as UTF-8
	w := csv.NewWriter(&b)
	if q.Language == "ru" {
		w.Comma = ';' // where numbers have a comma
	}
	t := broken(q, a.By, known.Value)
	rows := [][]string{safe(t.Head)}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, c := range row {
			if line[i] = intake.Harmless(c.Text); c.Raw != "" {
				line[i] = c.Raw
				if w.Comma == ';' {
					line[i] = strings.Replace(c.Raw, ".", ",", 1)
				}
			}
		}
		rows = append(rows, line)
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	name := "numbers-" + string(a.By) + "-" + a.From.Format(time.DateOnly) + "-" + a.Last.Format(time.DateOnly) + ".csv"
	h := q.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = q.W.Write(b.Bytes()) // the browser has gone: nobody to tell
	return nil
}

func safe(texts []string) (all []string) {
	for _, text := range texts {
		all = append(all, intake.Harmless(text))
	}
	return all
}
