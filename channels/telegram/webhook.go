package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"careline/channels"

	"github.com/go-telegram/bot"
)

const (
	path           = "/telegram/"
	maxUpdate      = 1 << 20 // bytes of a request
	maxConnections = 40      // that Telegram may open at a time
	lookEvery      = 5 * time.Minute
	secretHeader   = "X-Telegram-Bot-Api-Secret-Token"
)

// Path of the webhook.
func (t *Telegram) Path() string { return path }

func (t *Telegram) address() string { return t.options.Public + path }

// ServeHTTP takes one update. It answers 200 only when the update is stored, or is nothing for us; Telegram
// brings again what gets any other answer.
func (t *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	run := t.running.Load()
	switch {
	case t.options.Mode != Webhook || r.URL.Path != path:
		http.NotFound(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	case subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(t.options.Secret)) != 1:
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	case run == nil:
		http.Error(w, "not running, try again", http.StatusServiceUnavailable)
		return
	case r.ContentLength > maxUpdate:
		tooLong(w)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		tooLong(w)
		return
	case err != nil || !json.Valid(body):
		http.Error(w, "not an update", http.StatusBadRequest)
		return
	}
	u, _ := t.read(r.Context(), body)
	if u == nil {
		return // 200
	}
	if err := run.sink.Accept(r.Context(), u.in); err != nil {
		t.options.Log.WarnContext(r.Context(), "telegram update was not stored, it comes again", "id", u.in.ID, "error", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	if u.query != "" { // the answer to the press travels in the answer to the request
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(struct {
			Method string `json:"method"`
			bot.AnswerCallbackQueryParams
		}{"answerCallbackQuery", bot.AnswerCallbackQueryParams{CallbackQueryID: u.query}})
	}
}

func tooLong(w http.ResponseWriter) {
	w.Header().Set("Connection", "close") // what is left of the body is not read
	http.Error(w, "too long for an update", http.StatusRequestEntityTooLarge)
}

// listen registers the webhook, serves it until ctx ends, and looks from time to time whether it still works.
func (t *Telegram) listen(ctx context.Context, in channels.Sink) error {
	run := &running{in}
	t.running.Store(run) // Telegram may know the webhook already
	defer t.running.CompareAndSwap(run, nil)
	set := t.register
	for tries := 0; ctx.Err() == nil; {
		err := set(ctx)
		if ctx.Err() != nil {
			break
		}
		t.health.received(t.options.Now(), err)
		if err == nil {
			tries, set = 0, t.look
			_ = t.options.Pause(ctx, lookEvery) // the loop sees that ctx ended
			continue
		}
		t.options.Log.WarnContext(ctx, "telegram webhook is not registered", "try", tries+1, "error", err)
		_ = t.options.Pause(ctx, wait(err, tries))
		tries++
	}
	return ctx.Err()
}

func (t *Telegram) register(ctx context.Context) error {
	_, err := t.library.SetWebhook(ctx, &bot.SetWebhookParams{
		URL: t.address(), SecretToken: t.options.Secret, AllowedUpdates: allowed, MaxConnections: maxConnections,
	})
	return plain(err)
}

// look asks what Telegram thinks of the webhook, and sets it again when somebody took it away.
func (t *Telegram) look(ctx context.Context) error {
	info, err := t.library.GetWebhookInfo(ctx)
	if err != nil {
		return plain(err)
	}
	if info.URL != t.address() {
		t.options.Log.WarnContext(ctx, "another program set the Telegram webhook: it is set again; stop that program, or give it a token of its own")
		return t.register(ctx)
	}
	complaint := ""
	if t.options.Now().Sub(at(info.LastErrorDate)) < lookEvery {
		complaint = reason(info.LastErrorMessage)
	}
	t.health.told(complaint)
	return nil
}
