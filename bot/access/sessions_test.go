package access_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/access"
	"careline/store"
)

// Whoever guesses from a thousand addresses holds up all strangers, and nobody who has come in before.
func TestAStrangerLocksNobodyOutOfTheirOwnBrowser(t *testing.T) {
	d := open(t)
	d.somebody("anna", access.Owner)
	own := d.browser("10.0.0.1")
	own.signIn("anna", good)
	own.ask("POST", "/out")
	guess := func() (last string) {
		for i := range 51 {
			last = d.browser(fmt.Sprintf("10.1.%d.1", i)).signIn("anna", "wrong wrong")
		}
		return last
	}
	d.want("the 51st stranger", guess(), isLocked)
	d.want("she herself, at another computer", d.browser("10.0.0.2").signIn("anna", good), isLocked)
	d.want("she herself, in her own browser", own.signIn("anna", good), isIn)
	own.ask("POST", "/out")
	d.want("in her own browser from elsewhere", own.at("10.1.0.1").signIn("anna", good), isIn)

	own.ask("POST", "/out")
	d.somebody("boss", access.Owner)
	for range 4 {
		d.want("a thief of the browser", own.signIn("anna", "wrong wrong"), isWrong)
	}
	d.want("guessing there too", own.signIn("anna", "wrong wrong"), isLocked)
	d.want("it opens nothing of others", own.signIn("boss", "wrong wrong"), isWrong)
	d.clock.Advance(31 * time.Second)
	d.want("after the pause", own.signIn("anna", good), isIn)

	own.ask("POST", "/out")
	d.clock.Advance(181 * 24 * time.Hour)
	d.want("half a year later, while strangers guess", guess(), isLocked)
	d.want("the browser is a stranger's", own.signIn("anna", good), isLocked)
}

func TestWhereSomebodyIsIn(t *testing.T) {
	d := open(t)
	anna := d.somebody("anna", access.Administrator)
	here, there := d.browser("10.0.0.1"), d.browser("10.0.0.2")
	here.signIn("anna", good)
	d.clock.Advance(time.Hour)
	there.signIn("anna", good)
	d.browser("10.0.0.3").signIn("anna", "wrong wrong")
	d.want("both", there.ask("GET", "/sessions"), "10.0.0.2 8:00 Go-http-client/1.1 own; 10.0.0.1 7:00 Go-http-client/1.1")
	d.want("ending the other", there.ask("POST", "/sessions/end"), "<nil>")
	here.is("")
	there.is("anna")
	d.want("one is left", there.ask("GET", "/sessions"), "10.0.0.2 8:00 Go-http-client/1.1 own")
	d.want("nobody's", here.ask("POST", "/sessions/end"), "the sign-in has to begin again")
	there.ask("POST", "/change", "old", good, "password", "другой хороший")
	there.is("anna")
	want := "password_changed sessions_ended came_in came_in" // she has not come in anew
	if done := strings.Join(slices.DeleteFunc(d.done(anna.ID), func(a string) bool { return a == "refused" }), " "); done != want {
		t.Errorf("the audit: %s", done)
	}
}

// What was open under another role closes.
func TestAnotherRoleEndsSessions(t *testing.T) {
	d := open(t)
	boss, anna := d.somebody("boss", access.Owner), d.somebody("anna", access.Administrator)
	b := d.browser("10.0.0.1")
	b.signIn("anna", good)
	ctx := access.With(t.Context(), boss, "")
	anna.Name = "Анна Ли"
	if err := d.Change(ctx, anna); err != nil {
		t.Fatal(err)
	}
	b.is("anna")
	anna.Role = access.Marketer
	if err := d.Change(ctx, anna); err != nil {
		t.Fatal(err)
	}
	b.is("")
}

// Two owners take each other's office at the same moment: one of them stays.
func TestTwoOwnersAtOnce(t *testing.T) {
	for name, kept := range map[string]func(*testing.T) store.Store{"sqlite": lite, "postgres": large} {
		t.Run(name, func(t *testing.T) {
			d := openOn(t, kept(t))
			owners := []access.Account{d.somebody("anna", access.Owner), d.somebody("boris", access.Owner)}
			var all sync.WaitGroup
			errs := make([]error, len(owners))
			for i, other := range owners {
				all.Go(func() {
					ctx := access.With(t.Context(), owners[1-i], "")
					if other.Role = access.Marketer; i == 0 {
						errs[i] = d.Change(ctx, other)
					} else {
						errs[i] = d.Disable(ctx, other.ID)
					}
				})
			}
			all.Wait()
			refused := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
			if len(refused) != 1 || !errors.Is(refused[0], access.ErrLastOwner) {
				t.Errorf("refused: %v", refused)
			}
		})
	}
}
