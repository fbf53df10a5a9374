package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"careline/bot/access"

	"github.com/pquerna/otp/totp"
)

func TestSigningInAtTheDesk(t *testing.T) {
	o := openOffice(t)
	anna := o.visitor()
	enter := func(login, password string) (int, string, string) {
		return o.ask(anna, "POST", "/desk/login", url.Values{"login": {login}, "password": {password}, "back": {"/desk/me?x=1"}})
	}
	if code, _, body := o.ask(anna, "GET", "/desk/login?back=%2Fdesk%2Fme", nil); code != 200 || !strings.Contains(body, `value="/desk/me"`) {
		t.Errorf("the login: %d %s", code, body)
	}
	if code, _, body := enter("owner", "wrong"); code != http.StatusUnprocessableEntity || !strings.Contains(body, `value="owner"`) || strings.Contains(body, `value="wrong"`) {
		t.Errorf("a wrong password: %d %s", code, body)
	}
	if code, _, body := enter("<script>", "wrong"); code != http.StatusUnprocessableEntity || strings.Contains(body, "<script>") {
		t.Errorf("a script for a login: %d", code)
	}
	if code, _, _ := enter("owner", strings.Repeat("x", 1<<20)); code >= 500 || code == 200 {
		t.Errorf("a password of a megabyte: %d", code)
	}
	if code, to, _ := enter(" Owner ", password); code != http.StatusSeeOther || to != "/desk/me?x=1" {
		t.Errorf("the right one: %d to %s", code, to)
	}
	if code, _, body := o.ask(anna, "GET", "/desk/me", nil); code != 200 || !strings.Contains(body, "Анна") {
		t.Errorf("my account: %d", code)
	}
	for _, back := range []string{"https://evil.example/", "//evil.example/", "/desk/\\evil.example", "javascript:alert(1)"} {
		if _, to, _ := o.ask(anna, "GET", "/desk/login?back="+url.QueryEscape(back), nil); to != "/desk/" {
			t.Errorf("back to %s leads to %s", back, to)
		}
	}
	other := o.visitor() // a second tab, another computer
	o.signIn(other, "owner")
	if _, to, _ := o.ask(anna, "POST", "/desk/logout", nil); to != "/desk/login" {
		t.Errorf("signing out leads to %s", to)
	}
	if code, to, _ := o.ask(anna, "GET", "/desk/me", nil); code != http.StatusSeeOther || to != "/desk/login?back=%2Fdesk%2Fme" {
		t.Errorf("afterwards: %d to %s", code, to)
	}
	if code, _, _ := o.ask(other, "GET", "/desk/me", nil); code != 200 {
		t.Errorf("the other computer: %d", code)
	}
}

func TestGuessersAreToldToWait(t *testing.T) {
	o := openOffice(t)
	guesser := o.visitor()
	var code int
	var body string
	for range 6 {
		code, _, body = o.ask(guesser, "POST", "/desk/login", url.Values{"login": {"owner"}, "password": {"not the one"}}, "Accept-Language", "en")
	}
	if code != http.StatusTooManyRequests || !regexp.MustCompile(`Try again in \d+ seconds`).MatchString(body) {
		t.Errorf("%d %s", code, body)
	}
	if _, _, body := o.ask(o.seats[access.Owner], "GET", "/desk/audit", nil); !strings.Contains(body, "слишком много попыток") {
		t.Error("the owner does not see it")
	}
}

var (
	hidden = regexp.MustCompile(`name="sealed" value="([^"]+)"`)
	shown  = regexp.MustCompile(`<code>([^<]+)</code>`)
	whose  = regexp.MustCompile(`href="/desk/people/([^"]+)">Белла`)
)

func TestPeopleAndTheirPasswords(t *testing.T) {
	o := openOffice(t)
	owner := o.seats[access.Owner]
	form := url.Values{"login": {"Bella@clinic.ru"}, "name": {"Белла <b>"}, "role": {"practitioner"}}
	if code, _, _ := o.ask(owner, "POST", "/desk/people", form); code != http.StatusUnprocessableEntity {
		t.Errorf("a practitioner of nobody's day: %d", code)
	}
	form.Set("practitioner", o.desk.Clinic.Practitioners[1].ID)
	code, _, body := o.ask(owner, "POST", "/desk/people", form)
	codes := shown.FindAllStringSubmatch(body, -1)
	if code != 200 || len(codes) != 2 || codes[0][1] != "bella@clinic.ru" || strings.Contains(body, "<b>") {
		t.Fatalf("adding: %d %v", code, codes)
	}
	if code, _, _ := o.ask(owner, "POST", "/desk/people", form); code != http.StatusUnprocessableEntity {
		t.Errorf("the same login again: %d", code)
	}

	bella := o.visitor()
	_, _, body = o.ask(bella, "POST", "/desk/login", url.Values{"login": {"bella@clinic.ru"}, "password": {codes[1][1]}})
	if !strings.Contains(body, `action="/desk/login/password"`) {
		t.Fatalf("a password of her own is not asked for: %s", body)
	}
	if code, _, _ := o.ask(bella, "GET", "/desk/me", nil); code != http.StatusSeeOther {
		t.Errorf("she is in by the temporary one: %d", code)
	}
	own := "ромашка и мята"
	if code, _, _ := o.ask(bella, "POST", "/desk/login/password", url.Values{"password": {own}, "again": {"other"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("typed otherwise the second time: %d", code)
	}
	if code, _, _ := o.ask(bella, "POST", "/desk/login/password", url.Values{"password": {own}, "again": {own}}); code != http.StatusSeeOther {
		t.Errorf("her own: %d", code)
	}

	_, _, body = o.ask(owner, "GET", "/desk/people", nil)
	found := whose.FindStringSubmatch(body)
	if found == nil {
		t.Fatal("she is not on the list")
	}
	at := "/desk/people/" + found[1]
	form.Set("role", "marketer")
	if code, to, _ := o.ask(owner, "POST", at, form); code != http.StatusSeeOther || to != at {
		t.Errorf("another role: %d to %s", code, to)
	}
	if code, _, _ := o.ask(bella, "GET", "/desk/me", nil); code != http.StatusSeeOther {
		t.Errorf("what she had open as a practitioner stays: %d", code)
	}
	o.ask(bella, "POST", "/desk/login", url.Values{"login": {"bella@clinic.ru"}, "password": {own}})
	if code, _, _ := o.ask(bella, "GET", "/desk/people", nil); code != http.StatusForbidden {
		t.Errorf("a marketer among people: %d", code)
	}
	o.ask(owner, "POST", at+"/disable", nil)
	if code, _, _ := o.ask(bella, "GET", "/desk/me", nil); code != http.StatusSeeOther {
		t.Errorf("she is disabled and stays: %d", code)
	}
	if _, _, body := o.ask(owner, "GET", "/desk/audit?account="+found[1], nil); !strings.Contains(body, "пароль сменён") {
		t.Error("what she did is not in the audit")
	}
}

func TestCodesAtTheDesk(t *testing.T) {
	o := openOffice(t)
	anna := o.seats[access.Administrator]
	if code, _, _ := o.ask(anna, "POST", "/desk/me/codes", url.Values{"confirm": {"wrong"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("offered without the password: %d", code)
	}
	_, _, body := o.ask(anna, "POST", "/desk/me/codes", url.Values{"confirm": {password}})
	sealed, secret := hidden.FindStringSubmatch(body), shown.FindStringSubmatch(body)
	if sealed == nil || secret == nil || !strings.Contains(body, "<svg") {
		t.Fatalf("no secret: %s", body)
	}
	code := func() string {
		c, err := totp.GenerateCode(secret[1], o.desk.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if code, _, body := o.ask(anna, "POST", "/desk/me/codes/on", url.Values{"sealed": sealed[1:2], "code": {"000000"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, secret[1]) {
		t.Errorf("a wrong code: %d", code)
	}
	if code, _, _ := o.ask(o.seats[access.Owner], "POST", "/desk/me/codes/on", url.Values{"sealed": sealed[1:2], "code": {code()}}); code != http.StatusBadRequest {
		t.Errorf("the secret of another: %d", code)
	}
	_, _, body = o.ask(anna, "POST", "/desk/me/codes/on", url.Values{"sealed": sealed[1:2], "code": {code()}})
	recovery := shown.FindAllStringSubmatch(body, -1)
	if len(recovery) != 10 {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	again := o.visitor()
	_, _, body = o.ask(again, "POST", "/desk/login", url.Values{"login": {"administrator"}, "password": {password}, "back": {"/desk/me"}})
	if !strings.Contains(body, `action="/desk/login/code"`) {
		t.Fatal("no code is asked for")
	}
	if code, _, _ := o.ask(again, "POST", "/desk/login/code", url.Values{"code": {code()}}); code != http.StatusUnprocessableEntity {
		t.Errorf("the same code twice: %d", code)
	}
	if code, to, _ := o.ask(again, "POST", "/desk/login/code", url.Values{"code": recovery[0][1:2], "back": {"/desk/me"}}); code != http.StatusSeeOther || to != "/desk/me" {
		t.Errorf("a recovery code: %d to %s", code, to)
	}
	if code, _, _ := o.ask(again, "POST", "/desk/me/codes/off", url.Values{"confirm": {password}}); code != http.StatusSeeOther {
		t.Errorf("turning them off: %d", code)
	}
	o.signIn(o.visitor(), "administrator")
}
