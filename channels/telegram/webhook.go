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
	"careline/channels/wire"

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
	if status := t.refused(r, run); status != http.StatusOK {
		refuse(w, status)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	var u update
	if err != nil || !unmarshal(body, &u) {
		refuse(w, http.StatusBadRequest)
		return
	}
	took, err := t.convert(r.Context(), &u, func() []byte { return body })
	if err == nil && took == nil {
		return
	}
	if err == nil {
		err = run.sink.Accept(r.Context(), took.in)
	}
	if err != nil {
		t.options.Log.WarnContext(r.Context(), "telegram update was not stored, it comes again", "id", u.ID, "error", err)
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	if took.query != "" {
		answerWithin(w, took.query)
	}
}

// refused is the status of a request that is not read, or 200.
func (t *Telegram) refused(r *http.Request, run *running) int {
	switch {
	case t.options.Mode != Webhook || r.URL.Path != path:
		return http.StatusNotFound
	case r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed
	case subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(t.options.Secret)) != 1:
		return http.StatusUnauthorized
	case run == nil:
		return http.StatusServiceUnavailable
	case r.ContentLength > maxUpdate:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusOK
}

func refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusRequestEntityTooLarge:
		w.Header().Set("Connection", "close") // what is left of the body is not read
	}
	http.Error(w, http.StatusText(status), status)
}

// answerWithin answers a press in the answer to the request that brought it, which saves a call.
func answerWithin(w http.ResponseWriter, query string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(struct { // Telegram has gone: the button spins for a while
		Method string `json:"method"`
		bot.AnswerCallbackQueryParams
	}{"answerCallbackQuery", bot.AnswerCallbackQueryParams{CallbackQueryID: query}})
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
		t.options.Log.WarnContext(ctx, "telegram webhook is not registered", "try", tries+1, "error", advise(err))
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
	if t.options.Now().Sub(time.Unix(int64(info.LastErrorDate), 0)) < lookEvery {
		complaint = wire.Reason(info.LastErrorMessage)
	}
	if t.health.told(complaint) && complaint != "" {
		t.options.Log.WarnContext(ctx, "Telegram cannot reach the webhook: check the proxy and its certificate", "address", t.address(), "error", complaint)
	}
	return nil
}
