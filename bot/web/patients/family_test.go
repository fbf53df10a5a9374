package patients_test

import (
	"net/url"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/store"
)

// family are those for whom the patient speaks, and how.
func (c *clinic) family(id string) (told string) {
	c.t.Helper()
	c.do(func(tx store.Tx) error {
		kin, err := tx.Kinships(c.t.Context(), id)
		for _, k := range kin {
			told += k.Guardian + ">" + k.Ward + ":" + k.Kin + " "
		}
		return err
	})
	return strings.TrimSpace(told)
}

func TestAFamilyIsChangedAtTheDesk(t *testing.T) {
	c := open(t)
	reception := c.As(access.Administrator)
	c.says(c.well(reception.Get("/desk/patients/anna/family"), 200), "Маша Петрова", "Убрать")
	c.says(c.well(reception.Post("/desk/patients/anna/family", url.Values{"query": {"петрова"}}), 200), "Петрова Анна", "Представитель")

	change := func(what, of, other, as string, code int) {
		t.Helper()
		c.well(reception.Post("/desk/patients/"+of+"/family/"+what, url.Values{"other": {other}, "as": {as}}), code)
	}
	change("remove", "anna", "child", "", 303)
	if got := c.family("anna"); got != "" {
		t.Errorf("a family is left: %s", got)
	}
	change("add", "child", "anna", "guardian", 303) // the same from the other side; a child by her birthday
	change("add", "anna", "anya", "adult", 303)
	if got := c.family("anna"); got != "anna>anya:adult anna>child:child" {
		t.Errorf("the family: %s", got)
	}
	c.says(c.well(reception.Get("/desk/patients/child"), 200), "Представитель", "Анна Петрова")
	change("remove", "anya", "anna", "", 303) // from either side
	if got := c.family("anna"); got != "anna>child:child" {
		t.Errorf("the family: %s", got)
	}
	change("add", "anna", "anna", "adult", 422)
	change("add", "anna", "nobody", "adult", 404)
	change("add", "nobody", "anna", "adult", 404)
	change("add", "anna", "anya", "dog", 400)
	if got := c.deeds("patient_related"); len(got) != 8 { // both are told of each of four changes
		t.Errorf("the audit has %v", got)
	}
	c.well(c.As(access.Practitioner).Post("/desk/patients/anna/family/add", url.Values{"other": {"anya"}, "as": {"adult"}}), 403)
}

func TestWhereToWriteIsChosenAtTheDesk(t *testing.T) {
	c := open(t)
	reception := c.As(access.Administrator)
	c.well(reception.Post("/desk/patients/anna/prefer", url.Values{"channel": {"test"}}), 303)
	if p := c.patient("anna"); p.Channel != "test" || p.FullName != "Анна Петрова" {
		t.Errorf("%+v", p)
	}
	c.says(c.well(reception.Get("/desk/patients/anna"), 200), "писать сюда")
	c.well(reception.Post("/desk/patients/anna/prefer", url.Values{"channel": {"pigeon"}}), 400)
	c.well(reception.Post("/desk/patients/anna/prefer", url.Values{"channel": {""}}), 303)
	if p := c.patient("anna"); p.Channel != "" {
		t.Errorf("%+v", p)
	}
}
