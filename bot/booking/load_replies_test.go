package booking

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"careline/dialogs/source"
)

func TestMistakesInReadyAnswersAreTold(t *testing.T) {
	for _, c := range []struct{ replies, want string }{
		{"replies:\n  way:\n    title: Way\n    text: \"Come to {visit.branch.adress}\"\n", "reply way: there is no value {visit.branch.adress}"},
		{"replies:\n  way:\n    title: Way\n    text: \"By {author}, {nobody}\"\n", "there is no value {nobody}"},
		{"replies:\n  way:\n    title: Way\n    text: \"Come to {me.name\"\n", "unclosed value"},
		{"replies:\n  way:\n    title: Way\n    text: " + strings.Repeat("а", 2001) + "\n", "longer than 2000"},
		{"replies:\n  way:\n    title: Way\n", "text"},
		{"answers:\n  way: x\n", "answers"},
	} {
		files := fstest.MapFS{File: {Data: []byte(small)}, RepliesFile: {Data: []byte(c.replies)}}
		_, findings := LoadClinic(files)
		told := slices.ContainsFunc(findings, func(f source.Finding) bool { return f.File == RepliesFile && strings.Contains(f.Text, c.want) })
		if !told || !findings.Failed() {
			t.Errorf("%q is not told: %v", c.want, findings)
		}
	}
}

func TestAClinicNeedsNoReadyAnswers(t *testing.T) {
	c, findings := LoadClinic(fstest.MapFS{File: {Data: []byte(small)}})
	if c == nil || len(c.Replies) != 0 {
		t.Errorf("without a file: %v", findings)
	}
	if n := len(sample(t).Replies); n < 10 {
		t.Errorf("the sample clinic has %d ready answers", n)
	}
}
