package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// grid is a table in the terminal: the first column leans left, the others right.
type grid struct {
	head []string
	rows [][]string
	left map[int]bool // further columns that lean left
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// print writes the columns as wide as they must be; a wide letter takes two places, an accent none.
func (g *grid) print(w io.Writer) {
	all := g.rows
	if len(g.head) > 0 {
		all = append([][]string{g.head}, g.rows...)
	}
	var widths []int
	for _, row := range all {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(cell))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString("  ")
			gap := strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell))
			if i == 0 || g.left[i] {
				line.WriteString(cell + gap)
			} else {
				line.WriteString(gap + cell)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// bar of a share, in eighths of a letter.
func bar(share float64, width int) string {
	eighths := int(share*float64(width*8) + 0.5)
	text := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		text += string([]rune(" ▏▎▍▌▋▊▉")[rest])
	}
	if text == "" && share > 0 {
		return "▏"
	}
	return text
}
