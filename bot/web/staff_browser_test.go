package web_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/channels/browsertest"

	"github.com/pquerna/otp/totp"
)

// In a browser: the owner takes somebody on, who chooses a password, asks for one-time codes, looks where they are in, and
// is shut out; and the audit tells of all of it.
func TestPeopleOfTheDeskInABrowser(t *testing.T) {
	o := openOffice(t)
	boss, bella := browsertest.Open(t, 1280, 900), browsertest.Open(t, 1280, 900)
	looks := func(b *browsertest.Tab, name string) {
		t.Helper()
		for _, size := range []struct {
			name          string
			width, height int
		}{{"phone", 390, 844}, {"desktop", 1280, 900}} {
			b.Resize(size.width, size.height)
			b.Until(fmt.Sprintf(`doc.readyState === "complete" && document.getAnimations().length === 0 && innerWidth === %d`, size.width))
			b.Until(`doc.documentElement.scrollWidth <= innerWidth`)
			b.Accessible()
			b.Picture("staff-" + name + "-" + size.name)
		}
	}
	enter := func(b *browsertest.Tab, login, password string) {
		t.Helper()
		b.Go(o.url + "/desk/login?back=/desk/me")
		b.Fill("#f-login", login)
		b.Type("#f-password", password)
	}

	enter(boss, "owner", "not the password")
	boss.Shows(".error", "Wrong login or password") // a stranger is spoken to in the browser's language
	boss.Until(`doc.querySelector("#f-login").value === "owner" && doc.querySelector("#f-password").value === ""`)
	looks(boss, "login-wrong")
	boss.Type("#f-password", password)
	boss.Shows("#sessions", "это устройство")
	boss.Tap("nav a", "Сотрудники")
	boss.Tap("a", "Добавить человека")
	looks(boss, "new")
	boss.Fill("#f-login", "bella@clinic.ru")
	boss.Fill("#f-name", "Белла Ким")
	boss.Tap("button", "Добавить человека")
	boss.Shows("h1", "Временный пароль")
	looks(boss, "given")
	given := boss.Get(`doc.querySelectorAll("code")[1].innerText`)

	enter(bella, "Bella@Clinic.ru", given)
	bella.Until(`doc.querySelector("form[action='/desk/login/password']")`)
	looks(bella, "choose")
	bella.Fill("#f-password", "ромашка и мята")
	bella.Type("#f-again", "ромашка и мята")
	bella.Shows("#sessions", "this device")
	looks(bella, "me")
	bella.Dark()
	looks(bella, "me-dark")
	bella.Type("#f-confirm", "ромашка и мята")
	bella.Until(`doc.querySelector("form[action='/desk/me/codes/on']")`)
	bella.Until(`doc.querySelector("main svg").getBoundingClientRect().width > 100`)
	looks(bella, "codes")
	code, err := totp.GenerateCode(bella.Get(`doc.querySelector("code").innerText`), o.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	bella.Type("#f-code", code)
	bella.Until(`doc.querySelectorAll("main li code").length === 10`)
	looks(bella, "recovery")
	recovery := bella.Get(`doc.querySelector("main li code").innerText`)
	bella.Tap("main a", "")
	bella.Until(`doc.querySelector("form[action='/desk/me/codes/off']")`)
	bella.Get(`doc.querySelector("form[action='/desk/logout'] button").click()`)
	bella.Until(`location.pathname === "/desk/login"`)
	enter(bella, "bella@clinic.ru", "ромашка и мята")
	bella.Until(`doc.querySelector("form[action='/desk/login/code']")`)
	looks(bella, "code")
	bella.Type("#f-code", recovery)
	bella.Shows("#sessions", "this device")

	boss.Go(o.url + "/desk/people")
	looks(boss, "people")
	boss.Tap("th a", "Белла Ким")
	looks(boss, "person")
	boss.Tap("button", "Отключить")
	boss.Shows("#toasts", "отключена")
	bella.Until(`location.pathname === "/desk/login"`) // her open page has closed by itself

	boss.Go(o.url + "/desk/audit")
	boss.Shows("td", "учётная запись отключена")
	boss.Shows("td", "включены одноразовые коды")
	looks(boss, "audit")
	boss.Get(`doc.querySelector("#f-action").value = "codes_on"`)
	boss.Tap("button", "Показать")
	boss.Until(`doc.querySelectorAll("tbody tr").length === 1`)
	boss.Go(o.url + "/desk/audit?day=1999-01-01")
	boss.Shows("h2", "Здесь пусто")
	boss.Get(`doc.querySelector("form[action='/desk/language'] button[lang=en]").click()`)
	boss.Shows("h1", "Who saw and did what")
	boss.Go(o.url + "/desk/me")
	boss.Shows("#sessions", "Where you are signed in")
	looks(boss, "me-english")
}

func TestTheAuditIsGivenOutAsATable(t *testing.T) {
	o := openOffice(t)
	owner := o.seats[access.Owner]
	o.ask(owner, "POST", "/desk/people", url.Values{"login": {"evil"}, "name": {"=HYPERLINK(1)"}, "role": {"marketer"}})
	o.ask(o.visitor(), "POST", "/desk/login", url.Values{"login": {"evil"}, "password": {"wrong"}})
	_, _, body := o.ask(owner, "POST", "/desk/audit.csv", url.Values{"action": {"refused"}})
	table := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF")))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != "'=HYPERLINK(1)" || rows[1][2] != "неверный пароль или код" {
		t.Errorf("%v %v", rows, err)
	}
	if _, _, body := o.ask(owner, "GET", "/desk/audit?action=audit_exported", nil); !strings.Contains(body, "скачан журнал") {
		t.Error("nobody knows that it was taken")
	}
	if code, _, _ := o.ask(o.seats[access.Administrator], "POST", "/desk/audit.csv", nil); code != http.StatusForbidden {
		t.Errorf("an administrator takes the audit: %d", code)
	}
}
