package booking

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"careline/dialogs"
)

func TestTheDeskOpensAndCloses(t *testing.T) {
	c := sample(t)
	moscow := c.Branch("moscow")
	desk := c.DeskHours(moscow)
	for _, x := range []struct {
		now   string
		open  bool
		turns string
	}{
		{"2026-11-23 10:00", true, "2026-11-23 21:00"},
		{"2026-11-23 21:00", false, "2026-11-24 08:00"},
		{"2026-11-23 07:59", false, "2026-11-23 08:00"},
		{"2026-11-28 20:00", false, "2026-11-29 10:00"}, // from Saturday to Sunday
		{"2026-12-30 16:30", false, "2027-01-05 08:00"}, // a short day before the holidays
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", x.now, moscow.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := desk.Turns(now).In(moscow.Zone).Format("2006-01-02 15:04"); desk.Open(now) != x.open || got != x.turns {
			t.Errorf("%s: open %v until %s", x.now, desk.Open(now), got)
		}
		record := c.In("ru").Clinic("", now)
		if record.Open != x.open || (record.Opens == nil) != x.open {
			t.Errorf("%s: scripts see open %v, opens %v", x.now, record.Open, record.Opens)
		}
	}
	always := clinic(t)
	if turns := always.DeskHours(always.Branches[0]).Turns(monday(c)); !turns.IsZero() {
		t.Errorf("a desk that never closes closes at %v", turns)
	}
}

func TestTheClinicTellsWhatItHasInTheReadersLanguage(t *testing.T) {
	c := sample(t)
	en := c.In("en")
	for _, s := range en.Bookable("prosthetics") {
		if s.ID == "implant" {
			t.Error("what only the desk books is offered")
		}
	}
	groups := en.PriceGroups()
	if len(groups) != 5 || groups[0].Title != "Dental treatment" {
		t.Errorf("sections %v", groups)
	}
	prices := en.Prices("prosthetics")
	if len(prices) != 4 || prices[0].Price != (dialogs.MoneyValue{Amount: 150000, Currency: "RUB", From: true}) {
		t.Errorf("prices %v", prices)
	}
	if span := en.Prices("teeth")[1].Price; span.Amount != 350000 || span.Upto != 900000 {
		t.Errorf("a range is %+v", span)
	}
	if got := len(en.Doctors("crown_pair", "")); got != 5 {
		t.Errorf("%d doctors take part in the crown", got)
	}
	if got := en.Choice("crown_pair", "", "Asia/Yekaterinburg"); len(got) != 2 || got[0].Name != "Irina Fedorova" {
		t.Errorf("in Yekaterinburg there are %v", got)
	}
	if d := en.Document("health"); d == nil || d.Version != "2026-09-01" || d.URL != "" {
		t.Errorf("the document is %+v", d)
	}
	if text := en.Text(c.Consent("health").Words); !strings.HasPrefix(text, "Consent to the processing of health information\n") {
		t.Errorf("the document says %q", text)
	}
	if c.Offer("recall", "hygiene_consult") == nil || c.Offer("recall", "crown_pair") != nil {
		t.Error("the offer is for hygiene alone")
	}
	if s := en.Service("dentist_consult"); s.RecallTo == nil || s.RecallTo.ID != "hygiene_consult" {
		t.Errorf("recalled to %v", s.RecallTo)
	}
	if _, err := json.Marshal(en.Service("hygiene_consult")); err != nil { // it is recalled to itself
		t.Error(err)
	}
}
