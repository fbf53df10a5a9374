package access_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/access"
	"careline/store"

	"github.com/pquerna/otp/totp"
)

const (
	isIn     = "3 <nil>"
	isWrong  = "0 wrong login, password or code"
	isLocked = "0 too many tries"
)

func TestSigningInAndOut(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	b := d.browser("10.0.0.1")
	b.is("")
	d.want("a wrong password", b.signIn("anna", "not the password"), isWrong)
	d.want("nobody", b.signIn("nobody", good), isWrong)
	d.want("a password of a megabyte", b.signIn("anna", strings.Repeat("x", 1<<20)), isWrong)
	d.want("the right one, with spaces and capitals in the login", b.signIn("  ANNA ", good), isIn)
	b.is("anna")

	thief := d.browser("10.0.0.2")
	thief.carry(b.token())
	thief.is("anna") // nobody can tell
	d.want("signing out", b.ask("POST", "/out"), "0 <nil>")
	b.is("")
	thief.is("") // a stolen cookie is of no use any more
}

func TestFixedSession(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	evil, b := d.browser("10.0.0.1"), d.browser("10.0.0.2")
	b.carry(&http.Cookie{Name: "desk", Value: "chosen-by-the-attacker", Path: "/"})
	b.signIn("anna", good)
	b.is("anna")
	evil.carry(&http.Cookie{Name: "desk", Value: "chosen-by-the-attacker", Path: "/"})
	evil.is("")
}

func TestSessionsEnd(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	idle, busy := d.browser("10.0.0.1"), d.browser("10.0.0.1")
	idle.signIn("anna", good)
	busy.signIn("anna", good)
	for day := 0; day < 6; day++ {
		for range 4 {
			d.clock.Advance(6 * time.Hour)
			busy.is("anna")
		}
	}
	idle.is("")
	d.clock.Advance(11 * time.Hour)
	busy.is("anna")
	d.clock.Advance(11 * time.Hour)
	busy.is("anna")
	d.clock.Advance(2 * time.Hour)
	busy.is("") // a week is over
}

func TestGuessing(t *testing.T) {
	d := open(t)
	anna := d.somebody("anna", access.Administrator)
	guesser, b := d.browser("10.0.0.66"), d.browser("10.0.0.1")
	for i := range 4 {
		d.want(fmt.Sprint("guess ", i), guesser.signIn("anna", "wrong wrong"), isWrong)
	}
	d.want("the last free guess", guesser.signIn("anna", "wrong wrong"), isLocked)
	d.want("the right password within the pause", guesser.signIn("anna", good), isLocked)
	d.want("from another address", b.signIn("anna", good), isIn)
	d.clock.Advance(31 * time.Second)
	d.want("after the pause", guesser.signIn("anna", "wrong wrong"), isLocked)
	d.clock.Advance(31 * time.Second)
	d.want("the next pause is longer", guesser.signIn("anna", good), isLocked)
	d.clock.Advance(30 * time.Second)
	d.want("after that", guesser.signIn("anna", good), isIn)
	d.want("and counted anew", guesser.signIn("anna", "wrong wrong"), isWrong)

	done := d.done(anna.ID)
	if n := len(slices.DeleteFunc(slices.Clone(done), func(a string) bool { return a != string(access.Locked) })); n != 2 {
		t.Errorf("the audit tells %d times that it was locked: %v", n, done)
	}
}

// One address may not go through the logins, and IPv6 has no end of addresses.
func TestGuessingLogins(t *testing.T) {
	d := open(t)
	var last string
	for i := range 31 {
		last = d.browser(fmt.Sprintf("2001:db8:1:2::%x", i)).signIn(fmt.Sprint("login", i), "wrong wrong")
	}
	d.want("the 31st", last, isLocked)
	d.want("from elsewhere", d.browser("2001:db8:1:3::1").signIn("login", "wrong wrong"), isWrong)
}

// Many at once do not go through on one count.
func TestGuessingAtOnce(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	var all sync.WaitGroup
	var mu sync.Mutex
	judged := 0
	for range 12 {
		all.Go(func() {
			_, err := d.SignIn(access.With(t.Context(), access.Account{}, "10.0.0.1"), "anna", "wrong wrong")
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, access.ErrWrong) {
				judged++
			}
		})
	}
	all.Wait()
	if judged > 5 {
		t.Errorf("%d guesses were judged at once", judged)
	}
}

func TestPasswords(t *testing.T) {
	d := open(t)
	for password, why := range map[string]access.Weakness{
		"short": access.TooShort, "Иванова.Анна": access.IsLogin, "йцукенгшщз": access.IsCommon, "          ": access.IsCommon,
		"aaaaaaaaaaaa": access.IsCommon, strings.Repeat("long ", 200): access.TooLong, "Password123": access.IsCommon,
	} {
		_, err := d.AddWith(t.Context(), access.Account{Login: "иванова.анна", Name: "x", Role: access.Owner}, password, false)
		var weak *access.WeakError
		if !errors.As(err, &weak) || weak.Why != why {
			t.Errorf("%.20q: %v, want %s", password, err, why)
		}
	}
	d.somebody("ИВАНОВА.анна", access.Administrator)
	if _, err := d.AddWith(t.Context(), access.Account{Login: " иванова.Анна", Name: "x", Role: access.Owner}, good, false); !errors.Is(err, access.ErrLoginTaken) {
		t.Errorf("the same login twice: %v", err)
	}
	b := d.browser("10.0.0.1")
	d.want("typed in another normal form", b.signIn("иванова.анна", "тёплый чай и лимон"), isIn)
}

func TestPasswordGivenByAnother(t *testing.T) {
	d := open(t)
	boss := d.somebody("boss", access.Owner)
	anna, temporary, err := d.Add(access.With(t.Context(), boss, ""), access.Account{Login: "anna", Name: "Анна", Role: access.Administrator})
	if err != nil {
		t.Fatal(err)
	}
	b := d.browser("10.0.0.1")
	d.want("the temporary one", b.signIn("anna", temporary), "2 <nil>")
	b.is("")
	d.want("keeping it", b.ask("POST", "/choose", "password", temporary), "2 the password is not taken: same")
	d.want("her own", b.ask("POST", "/choose", "password", good), isIn)
	b.is("anna")
	again := d.browser("10.0.0.2")
	d.want("from now on", again.signIn("anna", good), isIn)
	if _, err := d.GivePassword(access.With(t.Context(), boss, ""), anna.ID); err != nil {
		t.Fatal(err)
	}
	b.is("")
	d.want("the old one", b.signIn("anna", good), isWrong)

	bella, temporary, err := d.Add(t.Context(), access.Account{Login: "bella", Name: "Белла", Role: access.Marketer})
	if err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(8 * 24 * time.Hour)
	d.want("too late", b.signIn(bella.Login, temporary), "0 the temporary password is too old")
}

func TestChangedPasswordEndsSessions(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	here, there := d.browser("10.0.0.1"), d.browser("10.0.0.2")
	here.signIn("anna", good)
	there.signIn("anna", good)
	d.want("with a wrong old one", here.ask("POST", "/change", "old", "wrong", "password", "другой хороший"), "3 wrong login, password or code")
	d.want("weak", here.ask("POST", "/change", "old", good, "password", "anna anna"), "3 the password is not taken: short")
	d.want("good", here.ask("POST", "/change", "old", good, "password", "другой хороший"), isIn)
	here.is("anna")
	there.is("")
}

func TestDisabled(t *testing.T) {
	d := open(t)
	boss, anna := d.somebody("boss", access.Owner), d.somebody("anna", access.Administrator)
	b := d.browser("10.0.0.1")
	b.signIn("anna", good)
	ctx := access.With(t.Context(), boss, "")
	if err := d.Disable(ctx, anna.ID); err != nil {
		t.Fatal(err)
	}
	b.is("")
	d.want("disabled", b.signIn("anna", good), "0 the account is disabled")
	if err := d.Disable(ctx, boss.ID); !errors.Is(err, access.ErrLastOwner) {
		t.Errorf("the last owner: %v", err)
	}
	boss.Role = access.Marketer
	if err := d.Change(ctx, boss); !errors.Is(err, access.ErrLastOwner) {
		t.Errorf("the last owner becomes a marketer: %v", err)
	}
	if err := d.Enable(ctx, anna.ID); err != nil {
		t.Fatal(err)
	}
	d.want("enabled", b.signIn("anna", good), isIn)
}

func TestCodes(t *testing.T) {
	d := open(t)
	anna := d.somebody("anna", access.Administrator)
	ctx := access.With(t.Context(), anna, "10.0.0.1")
	offer, err := d.Offer(ctx, "Клиника: зубы")
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Resume(ctx, "Клиника: зубы", offer.Sealed)
	if err != nil || again != offer {
		t.Errorf("resumed %+v, %v; want %+v", again, err, offer)
	}
	if _, err := d.Resume(access.With(t.Context(), access.Account{ID: "other"}, ""), "", offer.Sealed); !errors.Is(err, access.ErrStage) {
		t.Errorf("the offer of another: %v", err)
	}
	code := func(skew time.Duration) string {
		c, err := totp.GenerateCode(offer.Secret, d.clock.Now().Add(skew))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if _, err := d.Enrol(ctx, offer, "000000"); !errors.Is(err, access.ErrWrong) {
		t.Errorf("enrolled by a wrong code: %v", err)
	}
	recovery, err := d.Enrol(ctx, offer, code(0))
	if err != nil || len(recovery) != 10 {
		t.Fatalf("%d recovery codes, %v", len(recovery), err)
	}

	b := d.browser("10.0.0.1")
	enter := func(code string) string {
		t.Helper()
		d.want("the password alone", b.signIn("anna", good), "1 <nil>")
		b.is("")
		return b.ask("POST", "/code", "code", code)
	}
	const refused = "1 wrong login, password or code"
	d.want("the code of the enrolment", enter(code(0)), refused)
	d.clock.Advance(time.Minute)
	d.want("a telephone half a minute late", enter(code(-30*time.Second)), isIn)
	b.is("anna")
	d.want("the same code again", enter(code(-30*time.Second)), refused)
	d.want("a telephone half a minute early, with a space", enter(code(30 * time.Second)[:3]+" "+code(30 * time.Second)[3:]), isIn)
	d.want("a code before that", enter(code(0)), refused)
	d.clock.Advance(5 * time.Minute)
	d.want("a minute late", enter(code(-time.Minute)), refused)
	d.want("a recovery code", enter(" "+strings.ToUpper(recovery[3])), isIn)
	d.want("the same again", enter(recovery[3]), refused)
	d.want("right passwords do not forgive guessed codes", enter("000000"), refused)
	enter("000001")
	enter("000002")
	d.want("guessing", enter("000003"), "1 too many tries")

	d.clock.Advance(time.Hour)
	d.want("the code without a password", d.browser("10.0.0.3").ask("POST", "/code", "code", code(0)), "0 the sign-in has to begin again")
	enter("000004")
	d.clock.Advance(20 * time.Minute)
	d.want("after a long pause", b.ask("POST", "/code", "code", code(0)), "0 the sign-in has to begin again")

	if err := d.Codeless(ctx, anna.ID); err != nil {
		t.Fatal(err)
	}
	d.want("without codes", b.signIn("anna", good), isIn)
	picture, err := offer.Picture()
	if err != nil || !strings.HasPrefix(picture, "<svg") || strings.Contains(picture, "style") {
		t.Errorf("the picture: %.60s, %v", picture, err)
	}
}

// What the database holds lets nobody in.
func TestNothingToStealFromTheDatabase(t *testing.T) {
	d := open(t)
	anna := d.somebody("anna", access.Administrator)
	b := d.browser("10.0.0.1")
	b.signIn("anna", good)
	err := d.store.Read(t.Context(), func(tx store.Tx) error {
		if _, err := tx.SignInBy(t.Context(), b.token().Value, d.clock.Now()); !errors.Is(err, store.ErrNotFound) {
			t.Error("the cookie's token is kept in the clear")
		}
		found, err := tx.AccountsByID(t.Context(), []string{anna.ID})
		if err == nil && !strings.HasPrefix(found[0].Password, "$argon2id$") {
			t.Errorf("the password is kept as %.12s", found[0].Password)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCookieOfHTTPS(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Administrator)
	secure := access.New(access.Parts{Store: d.store, Now: d.clock.Now, IDs: func() string { return "x" }, Sealer: mirror{}, Secure: true})
	d.Access = secure
	d.url = serve(t, secure.Handler(d.pages()))
	r, err := http.NewRequestWithContext(t.Context(), "POST", d.url+"/in", strings.NewReader("login=anna&password="+strings.ReplaceAll(good, " ", "+")))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if n := len(answer.Cookies()); n != 2 {
		t.Errorf("%d cookies", n)
	}
	for _, c := range answer.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-desk") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("a cookie: %v", c)
		}
	}
}

// A practitioner knows of their own patients, and of no others.
func TestPractitionersSeeTheirOwn(t *testing.T) {
	d := open(t)
	doctor := d.somebody("doctor", access.Practitioner)
	visit := func(id, patient, practitioner, status string) store.Appointment {
		start := morning.Add(time.Duration(len(id)) * time.Hour)
		return store.Appointment{ID: id, PatientID: patient, Status: status, Start: start, End: start.Add(time.Hour),
			Parts: []store.Part{{Practitioner: practitioner, Start: start, End: start.Add(time.Hour)}}}
	}
	err := d.store.Tx(t.Context(), func(tx store.Tx) error {
		for _, id := range []string{"own", "other", "cancelled"} {
			if err := tx.SavePatients(t.Context(), []store.Patient{{ID: id, CreatedAt: morning}}); err != nil {
				return err
			}
		}
		for _, v := range []store.Appointment{visit("1", "own", "smith", store.StatusBooked), visit("22", "other", "jones", store.StatusBooked),
			visit("333", "cancelled", "smith", store.StatusBooked)} {
			if err := tx.Book(t.Context(), v, morning); err != nil {
				return err
			}
		}
		off := visit("333", "cancelled", "smith", store.StatusCancelled)
		return tx.SaveAppointments(t.Context(), []store.Appointment{off})
	})
	if err != nil {
		t.Fatal(err)
	}
	sees := func(a access.Account, patient string) (may bool) {
		err := d.store.Read(t.Context(), func(tx store.Tx) (err error) {
			may, err = access.MaySee(t.Context(), tx, a, patient)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return may
	}
	for patient, want := range map[string]bool{"own": true, "other": false, "cancelled": false, "nobody": false} {
		if got := sees(doctor, patient); got != want {
			t.Errorf("the doctor sees %s: %v", patient, got)
		}
	}
	if !sees(d.somebody("anna", access.Administrator), "other") || sees(d.somebody("mark", access.Marketer), "own") {
		t.Error("an administrator sees all patients, a marketer none")
	}
}

func TestRights(t *testing.T) {
	for role, want := range map[access.Role]int{access.Owner: len(access.Rights()), access.Administrator: 10, access.CareManager: 11,
		access.Marketer: 3, access.Practitioner: 4, "": 0, "root": 0} {
		n := 0
		for _, r := range access.Rights() {
			if (access.Account{Role: role}).May(r) {
				n++
			}
		}
		if n != want {
			t.Errorf("%q has %d rights, want %d", role, n, want)
		}
		if (access.Account{Role: role}).May("") {
			t.Errorf("%q has the right that nobody has", role)
		}
	}
}
