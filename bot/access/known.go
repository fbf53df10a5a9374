package access

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// knownFor is how long a browser is known after somebody came in by it.
const knownFor = 180 * 24 * time.Hour

// knownBy begins what is sealed for a browser.
const knownBy = "known by "

// KnowAgain lets the browser of somebody who has just come in be known from now on. Strangers who guess at the same login
// from however many addresses do not hold it up then; it opens nothing.
func (a *Access) KnowAgain(ctx context.Context, w http.ResponseWriter) error {
	account, err := a.enabled(ctx, a.sessions.GetString(ctx, accountKey))
	if err != nil || account.ID == "" || a.stage(ctx) != In {
		return err
	}
	until := a.now().Add(knownFor)
	sealed, err := a.sealer.Seal([]byte(knownBy + strconv.FormatInt(until.Unix(), 10) + " " + account.Login))
	if err != nil {
		return fmt.Errorf("sealing who is known: %w", err)
	}
	http.SetCookie(w, &http.Cookie{
		Name: a.knownCookie(), Value: base64.RawURLEncoding.EncodeToString(sealed), Path: "/", MaxAge: int(knownFor / time.Second),
		HttpOnly: true, Secure: a.sessions.Cookie.Secure, SameSite: http.SameSiteLaxMode})
	return nil
}

func (a *Access) knownCookie() string { return a.sessions.Cookie.Name + "-known" }

// known is what KnowAgain has sealed for the browser, if that is not too long ago.
func (a *Access) known(r *http.Request) string {
	c, err := r.Cookie(a.knownCookie())
	if err != nil {
		return ""
	}
	sealed, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return ""
	}
	plain, err := a.sealer.Open(sealed)
	if err != nil {
		return ""
	}
	rest, ours := strings.CutPrefix(string(plain), knownBy)
	until, _, whole := strings.Cut(rest, " ")
	seconds, err := strconv.ParseInt(until, 10, 64)
	if !ours || !whole || err != nil || !a.now().Before(time.Unix(seconds, 0)) {
		return ""
	}
	return rest
}

// knows tells whether somebody came in by this browser with the login.
func (v visitor) knows(login string) bool {
	_, by, ok := strings.Cut(v.known, " ")
	return ok && by == login
}
