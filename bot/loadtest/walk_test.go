package loadtest

import (
	"slices"
	"strings"
	"testing"
)

func TestWalksAreRead(t *testing.T) {
	steps, err := ParseWalk("# a comment\n\ntext:/start => Здравствуйте & согласие\npress:~Даю\npress:-1 => Да\ncontact:{phone}\n")
	if err != nil || len(steps) != 4 {
		t.Fatalf("%d steps, %v", len(steps), err)
	}
	if s := steps[0]; s.Act != "text" || s.What != "/start" || !slices.Equal(s.Expect, []string{"Здравствуйте", "согласие"}) {
		t.Errorf("read %+v", s)
	}
	for text, tells := range map[string]string{
		"":                    "no steps",
		"text:/start\nsay:hi": "line 2: \"say\" is none of",
		"press:first":         "neither a number nor",
		"text":                "is no step",
	} {
		if _, err := ParseWalk(text); err == nil || !strings.Contains(err.Error(), tells) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBothWalksHaveTheSameLength(t *testing.T) {
	if ours, theirs, there := len(Careline()), len(Peer()), len(InWhatsApp()); ours != 12 || theirs != 12 || there != 12 {
		t.Errorf("%d, %d and %d steps", ours, theirs, there)
	}
}
