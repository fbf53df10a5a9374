package bot_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/bot"
	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/channels/browsertest"
	"careline/dialogs/clinic"
	"careline/store"
	"careline/store/sqlite"
)

// opened is the whole program with the demo on, begun on a Monday morning.
type opened struct {
	*bot.Bot
	url  string
	log  strings.Builder
	stop func() error // as Ctrl-C does
}

func openDemo(t *testing.T) *opened {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	db, err := sqlite.Open(t.TempDir() + "/careline.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	address := bottest.Address(t)
	o := &opened{url: "http://" + address}
	settings := bot.Settings{Listen: address, Public: o.url, Secret: []byte(rand.Text())}
	log := slog.New(slog.NewTextHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	c := clock.NewMoved()
	c.Advance(untilMonday(c.Now()))
	o.Bot, err = bot.New(bot.Parts{
		Settings: settings, Folder: f, Store: db, Clock: c, IDs: rand.Text, Log: log, TriageRules: true, Demo: c,
		Channels: []channels.Channel{bot.WebChat(db, f, settings, c, log)},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- o.Run(ctx) }()
	o.stop = func() error {
		cancel()
		return <-ended
	}
	t.Cleanup(func() {
		if ctx.Err() == nil {
			_ = o.stop()
		}
	})
	return o
}

// untilMonday is how long it is until the next Monday, nine in the morning in Moscow.
func untilMonday(now time.Time) time.Duration {
	days := (int(time.Monday-now.UTC().Weekday()) + 7) % 7
	return time.Date(now.Year(), now.Month(), now.Day()+days+7, 6, 0, 0, 0, time.UTC).Sub(now)
}

func (o *opened) visits(t *testing.T) (all []store.Appointment) {
	t.Helper()
	err := o.Store.Read(t.Context(), func(tx store.Tx) (err error) {
		all, err = tx.AppointmentsBetween(t.Context(), "", time.Unix(0, 0), time.Now().AddDate(3, 0, 0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A newcomer's two minutes: books a visit in the phone, sees the script follow and the visit in the list, lets
// a day pass, calls a human, and answers as one.
func TestANewcomerUnderstandsTheDemo(t *testing.T) {
	o := openDemo(t)
	page := browsertest.Open(t, 1280, 860)
	page.Go(o.url + "/readyz")
	page.Shows("body", "ready")
	if home := page.Get(`(() => { const r = new XMLHttpRequest(); r.open("HEAD", "/", false); r.send(); return new URL(r.responseURL).pathname })()`); home != "/demo/" {
		t.Errorf("the demo's home is %s", home)
	}
	page.Go(o.url + "/demo/?lang=ru")
	phone := page.In("phone")

	phone.Shows(".bubble", "Здравствуйте")
	page.Shows(".crumbs", "Согласие")
	page.Until(`doc.querySelector(".picture .current").dataset.name === "personal"`)
	phone.Tap(".choice", "Даю согласие")
	phone.Tap(".choice", "Записаться на приём")
	page.Shows(".crumbs", "Запись на приём")
	page.Until(`doc.querySelector(".picture .current").dataset.name === "reason"`)
	phone.Tap(".choice", "Знаю услугу")
	page.Until(`doc.querySelector(".picture .current").dataset.name === "service"`)
	phone.Tap(".choice", "Осмотр дёсен")
	page.Shows(".crumbs", "Выбор времени")
	page.Until(`doc.querySelector(".picture .current").dataset.name === "pick"`)
	phone.Tap(".choice", "в 1") // any of the two times offered is in the day
	phone.Shows(".bubble", "Как вас зовут")
	phone.Type("#text", "Мария Иванова")
	phone.Shows(".bubble", "На какой номер")
	phone.Type("#text", "+7 916 111-22-33")
	phone.Tap(".choice", "Всё верно")
	phone.Shows(".bubble", "Готово, записали")
	if booked := o.visits(t); len(booked) != 1 || booked[0].Status != store.StatusBooked {
		t.Fatalf("booked: %+v", booked)
	}
	phone.Tap(".choice", "Не нужно")

	before := o.Clock.Now()
	page.Tap(".moves button", "1 день")
	page.Until(`!doc.querySelector(".moving") && Number(doc.querySelector("time[data-now]").dataset.now) >= ` + millis(before.Add(24*time.Hour)))
	if passed := o.Clock.Now().Sub(before); passed < 24*time.Hour || passed > 25*time.Hour {
		t.Errorf("a day was %v", passed)
	}

	phone.Type("#text", "оператор")
	front := page.In("desk")
	front.Shows("#inbox-list", "Просят человека")
	page.Shows("#standing", "администратор")
	phone.Type("#text", "Можно прийти с ребёнком?")
	front.Tap("#inbox-list a", "Просят человека")
	front.Shows("#chat-lines", "Можно прийти с ребёнком?")
	front.Until(`doc.defaultView.htmx && doc.readyState === "complete"`)
	front.Get(`doc.getElementById("words").value = "Конечно, у нас есть игровая"`)
	front.Tap("#compose button", "Отправить")
	phone.Shows(".theirs .bubble", "Конечно, у нас есть игровая")
	front.Tap("#chat-turn button", "Вернуть боту")
	phone.Shows(".bubble", "Снова на связи бот")
	page.Shows("#standing", "Отвечает бот")

	page.Get(`(doc.getElementById("choose").value = "rating", doc.getElementById("choose").dispatchEvent(new Event("change")))`)
	page.Shows("#picture h3", "Оценка")

	begin := time.Now()
	if err := o.stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if took := time.Since(begin); took > 14*time.Second {
		t.Errorf("an open page held up Ctrl-C for %v", took)
	}
	if strings.Contains(o.log.String(), "level=ERROR") {
		t.Errorf("the log has errors:\n%s", o.log.String())
	}
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }
