package channels

// rowWidth is how many characters of labels fit beside each other on a phone; each button costs padding.
const rowWidth, buttonPadding = 36, 3

// pages lays buttons out in rows, and in as many messages as the grid makes necessary.
func (g Grid) pages(all []Button, ask Ask) [][][]Button {
	if len(all) == 0 || g.Total <= 0 {
		return nil
	}
	rows := g.rows(all, ask)
	var pages [][][]Button
	begun, room := 0, g.Total
	for i, row := range rows {
		if len(row) > room || i-begun == g.Rows {
			pages = append(pages, rows[begun:i:i])
			begun, room = i, g.Total
		}
		room -= len(row)
	}
	return append(pages, rows[begun:])
}

// rows go by the length of the labels. A scale stands in rows of its own, each as long as the next.
func (g Grid) rows(all []Button, ask Ask) [][]Button {
	rows := make([][]Button, 0, len(all))
	n := scaleOf(all, ask)
	for left := (n + g.PerRow - 1) / g.PerRow; left > 0; left-- {
		in := (n + left - 1) / left
		rows = append(rows, all[:in:in])
		all, n = all[in:], n-in
	}
	for len(all) > 0 {
		in := g.inRow(all)
		rows = append(rows, all[:in:in])
		all = all[in:]
	}
	return rows
}

// scaleOf is how many of the first buttons are a scale: numbers, or the marks of a rating.
func scaleOf(all []Button, ask Ask) int {
	n := 0
	for n < len(all) && (isNumber(all[n].Label) || ask == AskRating && Units(all[n].Label) <= 3) {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// inRow is how many of the next buttons share a row.
func (g Grid) inRow(all []Button) int {
	longest, n := 0, 0
	for n < len(all) && n < g.PerRow && all[n].Toggle == all[0].Toggle {
		longest = max(longest, Units(all[n].Label)+buttonPadding)
		if n > 0 && longest*(n+1) > rowWidth {
			break
		}
		n++
	}
	// Two rows of two read better than three and one.
	if rest := len(all) - n; n > 2 && rest > 0 && rest < n-1 && rest+n <= 2*(n-1) {
		n = (n + rest + 1) / 2
	}
	return max(n, 1)
}
