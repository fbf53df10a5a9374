package channels

// rowWidth is how many characters of labels fit beside each other on a phone; each button costs padding.
const rowWidth, buttonPadding = 36, 3

// pages lays buttons out in rows by the length of their labels, and in as many messages as the grid makes
// necessary. A rating stands in one row.
func (g Grid) pages(all []Button, ask Ask) [][][]Button {
	if len(all) == 0 || g.Total <= 0 {
		return nil
	}
	if ask == AskRating && len(all) <= g.PerRow && len(all) <= g.Total {
		return [][][]Button{{all}}
	}
	var pages [][][]Button
	for len(all) > 0 {
		var page [][]Button
		for room := g.Total; len(all) > 0 && room > 0 && len(page) < g.Rows; {
			n := min(g.inRow(all), room)
			page = append(page, all[:n:n])
			all, room = all[n:], room-n
		}
		pages = append(pages, page)
	}
	return pages
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
