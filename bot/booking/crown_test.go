package booking

import (
	"slices"
	"testing"
	"time"

	"careline/dialogs/words"
	"careline/store"
)

// monday is the morning of the transcript crown.yaml: 2026-11-23 10:00 in Moscow.
func monday(c *Clinic) time.Time {
	return time.Date(2026, 11, 23, 10, 0, 0, 0, c.Branch("moscow").Zone)
}

// shown are slots as «day hour:minute» by the branch's wall clock.
func shown(list []Slot) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.Start().In(s.Branch.Zone).Format("Mon 02 15:04"))
	}
	return out
}

func crown(c *Clinic, busy ...store.Busy) *Free {
	s := c.Service("crown_pair")
	return c.Find(Query{Service: s, Branches: c.BranchesFor(s, "", "Europe/Moscow", ""), Acute: true, Now: monday(c), Busy: busy})
}

func take(s Slot) []store.Busy {
	var out []store.Busy
	for _, p := range s.Parts {
		out = append(out, store.Busy{Practitioner: p.Practitioner, Start: p.Start, End: p.End, Kind: store.Booked})
	}
	return out
}

func TestTheCrownIsSeenByTwoDoctorsTodayOrTomorrow(t *testing.T) {
	c := sample(t)
	pair := crown(c).Choose(nil, 2)
	if got := shown(pair); !slices.Equal(got, []string{"Mon 23 16:30", "Tue 24 10:00"}) {
		t.Errorf("the first pair is %v", got)
	}
	for _, s := range pair {
		if s.Parts[0].Practitioner != "sokolova" || s.Parts[1].Practitioner != "grigoryan" || !s.Parts[0].End.Equal(s.Parts[1].Start) {
			t.Errorf("the therapist comes first and the orthopaedist right after, not %+v", s.Parts)
		}
	}
	if slots := c.In("ru").Slots(pair); slots[0].WithDoctor || slots[0].WithBranch {
		t.Error("the same doctors in the same branch are not worth a word on a button")
	}
}

func TestTomorrowAfterSixIsFullSoTheNearestIsOffered(t *testing.T) {
	c := sample(t)
	wish := &words.Period{Windows: []words.Window{{From: "2026-11-24", To: "2026-11-24", After: 18 * 60}}}
	free := crown(c)
	if got := shown(free.Choose(wish, 2)); len(got) > 0 {
		t.Errorf("tomorrow after six there is %v", got)
	}
	near := free.Near(wish, 2, c.Booking.NearBy)
	if got := shown(near); !slices.Equal(got, []string{"Tue 24 17:20", "Wed 25 18:40"}) {
		t.Fatalf("the nearest are %v", got)
	}
	near = crown(c, take(near[0])...).Near(wish, 2, c.Booking.NearBy)
	if got := shown(near); len(got) != 2 || got[0] != "Wed 25 18:40" {
		t.Errorf("when 17:20 is gone the nearest are %v", got)
	}
	if c.In("ru").Slots(near)[0].WithDoctor {
		t.Error("the same doctors are told on every button")
	}
}

func TestAPersonInYekaterinburgIsOfferedTheirOwnBranch(t *testing.T) {
	c := sample(t)
	s := c.Service("crown_pair")
	for zone, want := range map[string]string{"Asia/Yekaterinburg": "yekaterinburg", "Europe/Moscow": "moscow", "Asia/Tokyo": "moscow", "": "moscow"} {
		if got := c.BranchesFor(s, "", zone, ""); len(got) != 1 || got[0].ID != want {
			t.Errorf("zone %q is offered %v", zone, got)
		}
	}
	if got := c.BranchesFor(c.Service("rehab_consult"), "yekaterinburg", "Europe/Moscow", ""); len(got) != 1 || got[0].ID != "yekaterinburg" {
		t.Errorf("a branch that was named gives %v", got)
	}
	if got := c.BranchesFor(s, "", "Europe/Moscow", "fedorova"); len(got) != 1 || got[0].ID != "yekaterinburg" {
		t.Errorf("a doctor of the other branch gives %v", got)
	}
}
