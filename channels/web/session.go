package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"careline/channels"
)

// A browser holds a secret of 128 random bits; the chat's address is its hash, so that who reads the
// database, the desk or a log cannot enter the chat.
//
// The secret lies in an HttpOnly cookie. Inside a frame on another site browsers may refuse cookies; then
// the page keeps it in its own origin's localStorage and sends it as a header. It never stands in a URL.
const (
	cookieName  = "careline_chat"
	tokenHeader = "X-Careline-Chat"
	sessionLife = 180 * 24 * time.Hour
	tokenBytes  = 16
)

// session answers POST session: a known browser is greeted, a new one gets its secret.
func (w *Web) session(rw http.ResponseWriter, r *http.Request) {
	token, known := tokenOf(r)
	if !known {
		raw := make([]byte, tokenBytes)
		if _, err := io.ReadFull(w.options.Random, raw); err != nil {
			w.broken(rw, r, fmt.Errorf("making a session: %w", err))
			return
		}
		token = base64.RawURLEncoding.EncodeToString(raw)
	}
	if known && r.Header.Get(tokenHeader) != "" {
		answer(rw, http.StatusOK, map[string]any{"known": true})
		return
	}
	http.SetCookie(rw, w.cookie(token))
	if known {
		answer(rw, http.StatusOK, map[string]any{"known": true})
		return
	}
	answer(rw, http.StatusCreated, map[string]any{"token": token})
}

// cookie is Lax on the clinic's own site. For frames on other sites it must be None, which browsers take
// over https only; Partitioned keeps one site's chat apart from another's.
func (w *Web) cookie(token string) *http.Cookie {
	c := &http.Cookie{
		Name: cookieName, Value: token, Path: w.options.Path, MaxAge: int(sessionLife.Seconds()),
		HttpOnly: true, Secure: w.options.Secure, SameSite: http.SameSiteLaxMode,
	}
	if w.options.Secure && len(w.options.Ancestors) > 0 {
		c.SameSite, c.Partitioned = http.SameSiteNoneMode, true
	}
	return c
}

func tokenOf(r *http.Request) (string, bool) {
	token := r.Header.Get(tokenHeader)
	if token == "" {
		c, err := r.Cookie(cookieName)
		if err != nil {
			return "", false
		}
		token = c.Value
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	return token, err == nil && len(raw) == tokenBytes
}

// address of the chat that the browser's secret opens.
func (w *Web) address(token string) channels.Address {
	sum := sha256.Sum256([]byte("careline web chat " + token))
	return channels.Address{Channel: w.ID(), Chat: hex.EncodeToString(sum[:16])}
}

func validChat(chat string) bool {
	raw, err := hex.DecodeString(chat)
	return err == nil && len(raw) == 16
}

// member lets in who has a session, while the chat runs; the others are told what to do.
func (w *Web) member(next func(http.ResponseWriter, *http.Request, *running, channels.Address)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		run := w.running.Load()
		if run == nil {
			later(rw, 2*time.Second)
			refuse(rw, http.StatusServiceUnavailable, "unavailable", "the chat is not running")
			return
		}
		token, ok := tokenOf(r)
		if !ok {
			refuse(rw, http.StatusUnauthorized, "session", "POST session first")
			return
		}
		next(rw, r, run, w.address(token))
	}
}
