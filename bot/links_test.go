package bot_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"testing"

	"careline/bot"
	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/channels"
	"careline/channels/browsertest"
	"careline/store"
)

var opinion = bottest.Script{Name: "opinion", Says: "хочу поделиться", States: `
  find:
    call: review.place
    on: {none: end}
  ask:
    say: Расскажите о нас.
    ask: where
    choose:
      open:
        label: "Открыть {place.title}"
        link: "{place.url}"
      later: Не сейчас
    on: {later: end}
  thanks:
    say: Спасибо, что поделились!
    next: end
`}

// In a real browser: the patient presses the button, another tab opens, and the chat has thanked them meanwhile.
func TestWhoOpensALinkIsThankedInTheChat(t *testing.T) {
	db, f, c := bottest.SQLite(t), bottest.Folder(t, "", opinion), clock.NewMoved()
	address := bottest.Address(t)
	settings := bot.Settings{Listen: address, Public: "http://" + address, Secret: []byte(rand.Text())}
	for _, b := range f.Clinic.Branches { // no test leaves this machine
		b.ReviewYandex, b.ReviewProdoctorov, b.Review2GIS = settings.Public+"/healthz", "", ""
	}
	log := slog.New(slog.DiscardHandler)
	whole, err := bot.New(bot.Parts{
		Settings: settings, Folder: f, Store: db, Clock: c, IDs: rand.Text, Log: log, Channels: []channels.Channel{bot.WebChat(db, f, settings, c, log)},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- whole.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})

	page := browsertest.Open(t, 480, 860)
	page.Go(settings.Public + "/chat/?lang=ru&source=ref_abc")
	page.Tap(".choice", "Даю согласие")
	page.Shows(".bubble", "Чем помочь")
	page.Type("#text", "хочу поделиться")
	page.Tap(".choice", "Открыть Яндекс Карты")
	page.Shows(".bubble", "Спасибо, что поделились!")
	err = db.Read(t.Context(), func(tx store.Tx) error {
		events, err := tx.EventsSince(t.Context(), 0, 1000)
		if err != nil {
			return err
		}
		clicks := 0
		for _, e := range events {
			if e.Name != "link.clicked" {
				continue
			}
			clicks++
			people, err := tx.Contacts(t.Context(), []string{e.ContactID})
			if err != nil {
				return err
			}
			if e.Dialog != "opinion" || e.Value != "open" || len(people) != 1 || people[0].Source != "ref_abc" {
				t.Errorf("the click is %+v of %+v", e, people)
			}
		}
		if clicks != 1 {
			t.Errorf("%d clicks", clicks)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
