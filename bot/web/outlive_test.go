package web_test

import (
	"testing"

	"careline/bot/access"
	"careline/channels/browsertest"
	"careline/store"
)

// The session ends while somebody fills in a form: after the login they are back at it, and what they had typed is there.
func TestAFormOutlivesTheSession(t *testing.T) {
	o := openOffice(t)
	o.harm()
	b := browsertest.Open(t, 1280, 900)
	enter := func() {
		t.Helper()
		b.Until(`doc.querySelector("#f-login")`)
		b.Fill("#f-login", "administrator")
		b.Type("#f-password", password)
	}
	end := func() {
		t.Helper()
		err := o.desk.Store.Tx(t.Context(), func(tx store.Tx) error {
			who, err := tx.AccountNamed(t.Context(), string(access.Administrator))
			if err != nil {
				return err
			}
			o.clock.Advance(access.Idle)
			return tx.EndSignInsOf(t.Context(), who.ID, "")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	b.Go(o.url + "/desk/patients/new")
	enter()
	b.Shows("h1", "Новый пациент")
	for path, name := range map[string]string{"/desk/patients/new": "Олег Ли", "/desk/patients/child/edit": "Мария Ли"} {
		b.Go(o.url + path)
		b.Until(`doc.querySelector("#f-name") && doc.readyState === "complete"`)
		b.Get(`doc.querySelector("#f-name").value = ""`)
		b.Fill("#f-name", name)
		end()
		b.Until(`location.pathname === "/desk/login"`) // the page leaves by itself
		enter()
		b.Until(`location.pathname === "` + path + `" && doc.querySelector("#f-name").value === "` + name + `"`)
		b.Tap("main form .primary", "")
		b.Shows("h1", name)
	}
	b.Go(o.url + "/desk/patients/new")
	b.Until(`doc.readyState === "complete" && doc.querySelector("#f-name").value === ""`) // what was sent is sent
}
