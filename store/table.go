package store

import (
	"encoding/json"
	"fmt"
	"strings"
)

// table is the text of rows, at least one, and its parameters, which are the statement's first. A column is of
// one type: text, whole numbers, or truth.
func (t *tx) table(rows [][]any) (text string, args []any) {
	if t.dialect.Lists {
		return lists(rows)
	}
	row := "(?" + strings.Repeat(",?", len(rows[0])-1) + ")"
	args = make([]any, 0, len(rows)*len(row))
	for _, r := range rows {
		args = append(args, r...)
	}
	return "VALUES " + row + strings.Repeat(","+row, len(rows)-1), args
}

// parameters are as many as one statement has where each value is one.
const parameters = 1024

// portion is how many of n rows go into one table: all of them, or else a power of two, for few different
// texts, so that prepared ones are used again.
func (t *tx) portion(n, width int) int {
	if t.dialect.Lists {
		return n
	}
	p := 1
	for p*2 <= n && p*2*width <= parameters {
		p *= 2
	}
	return p
}

// lists makes one parameter of each column, so that the text is the same for any number of rows.
func lists(rows [][]any) (text string, args []any) {
	var b strings.Builder
	b.WriteString("SELECT * FROM unnest(")
	for i := range rows[0] {
		if i > 0 {
			b.WriteByte(',')
		}
		list, kind := column(rows, i)
		args = append(args, list)
		fmt.Fprintf(&b, "$%d::%s[]", i+1, kind)
	}
	b.WriteByte(')')
	return b.String(), args
}

// column is one column of rows as a list, and the database's word for its type.
func column(rows [][]any, i int) (list any, kind string) {
	switch rows[0][i].(type) {
	case int, int64:
		numbers := make([]int64, len(rows))
		for j, r := range rows {
			if n, ok := r[i].(int64); ok {
				numbers[j] = n
			} else {
				numbers[j] = int64(r[i].(int))
			}
		}
		return numbers, "bigint"
	case bool:
		truths := make([]bool, len(rows))
		for j, r := range rows {
			truths[j] = r[i].(bool)
		}
		return truths, "boolean"
	}
	texts := make([]string, len(rows))
	for j, r := range rows {
		switch v := r[i].(type) {
		case string:
			texts[j] = v
		case json.RawMessage:
			texts[j] = string(v)
		case nil:
			return optional(rows, i), "text"
		}
	}
	return texts, "text"
}

// optional is a column of texts that may be absent.
func optional(rows [][]any, i int) []*string {
	texts := make([]*string, len(rows))
	for j, r := range rows {
		if s, ok := r[i].(string); ok {
			s = clean(s)
			texts[j] = &s
		}
	}
	return texts
}
