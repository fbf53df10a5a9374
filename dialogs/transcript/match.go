package transcript

import "strings"

// Match reports whether a message is what a transcript wants: … stands for anything, also for nothing;
// spaces at the ends of lines do not count.
func Match(want, got string) bool {
	pieces := strings.Split(tidy(want), "…")
	got = tidy(got)
	if len(pieces) == 1 {
		return pieces[0] == got
	}
	first, last := strings.TrimRight(pieces[0], " \n"), strings.TrimLeft(pieces[len(pieces)-1], " \n")
	if !strings.HasPrefix(got, first) {
		return false
	}
	got = got[len(first):]
	for _, piece := range pieces[1 : len(pieces)-1] {
		piece = strings.TrimSpace(piece)
		i := strings.Index(got, piece)
		if i < 0 {
			return false
		}
		got = got[i+len(piece):]
	}
	return strings.HasSuffix(got, last)
}

func tidy(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.Join(lines, "\n")
}
