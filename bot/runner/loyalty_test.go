package runner_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/runner"
	"careline/channels"
	"careline/store"
)

var share = bottest.Script{Name: "share", Says: "моя ссылка", States: `
  link:
    call: referral.link
    on: {none: nowhere}
  tell:
    say:
      - if: reward > 0
        text: "Ваша ссылка: {link} — {reward}"
      - else: "Ваша ссылка: {link}"
    next: end
  nowhere:
    say: Ссылки нет.
`}

var wallet = bottest.Script{Name: "wallet", Says: "мой счёт", States: `
  count:
    call: loyalty.balance
    on: {none: nothing, off: off}
  tell:
    say: "{points}: {balance}, сейчас можно {spendable}"
    next: end
  nothing:
    say: "{points}: пока нет."
    next: end
  off:
    say: У нас нет баллов.
`}

// inviting is a messenger into which links lead.
type inviting struct {
	*bottest.Messenger
	id   channels.ID
	link string
}

func (i inviting) ID() channels.ID { return i.id }

func (i inviting) Invite(source string) string {
	if i.link == "" {
		return ""
	}
	return i.link + source
}

// come is the first word of somebody who followed the link, and their consent.
func come(t *testing.T, w *bottest.World, chat, link string) {
	t.Helper()
	_, source, _ := strings.Cut(link, "start=")
	m := w.Write(chat, "/start")
	m.Source = source
	if err := w.Runner.Accept(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	w.Taps(chat, "Даю согласие")
}

// visits lets somebody have had a visit a day later.
func visits(t *testing.T, w *bottest.World, chat string) {
	t.Helper()
	w.Clock.Advance(24 * time.Hour)
	write(t, w, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.ContactAt(ctx, "test", chat)
		if err != nil {
			return err
		}
		now := w.Clock.Now()
		service := w.Runner.Clinic.Services[0]
		a := store.Appointment{
			ID: w.ID(), PatientID: c.PatientID, ContactID: c.ID, Service: service.ID, Branch: w.Runner.Clinic.Branches[0].ID, Status: store.StatusBooked,
			Start: now.Add(-time.Hour), End: now, CreatedAt: now, UpdatedAt: now, StatusAt: now,
		}
		a.Parts = []store.Part{{Practitioner: service.Parts[0].By[0].ID, Start: a.Start, End: a.End}}
		if err := tx.Book(ctx, a, now); err != nil {
			return err
		}
		reception := &booking.Reception{Clinic: w.Runner.Clinic, IDs: w.ID}
		return reception.SetStatus(ctx, tx, booking.Matter{Staff: true}, a.ID, store.StatusFulfilled, now)
	})
}

func write(t *testing.T, w *bottest.World, do func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := w.Store.Tx(t.Context(), func(tx store.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// says is the message with these words among those that answer.
func says(t *testing.T, w *bottest.World, chat, words, want string) string {
	t.Helper()
	before := len(w.Phones.Told(chat))
	w.Says(chat, words)
	var answers []string
	for _, m := range w.Phones.Told(chat)[before:] {
		if strings.Contains(m.Text, want) {
			return m.Text
		}
		answers = append(answers, m.Text)
	}
	t.Errorf("«%s» is answered: %q; want …%s…", words, answers, want)
	return ""
}

func TestAFriendComesByALinkAndBothAreThanked(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Play(bottest.Folder(t, "loyalty:\n  title: Улыбки\n  visit: 100\n  invite: 500\n", share, wallet), func(p *runner.Parts) {
		p.Channels = []channels.Channel{inviting{w.Phones, "other", "https://other.example/?start="}, inviting{w.Phones, "test", "https://test.example/?start="}}
	})
	come(t, w, "anna", "")
	says(t, w, "anna", "мой счёт", "Улыбки: пока нет.")
	link := says(t, w, "anna", "моя ссылка", "https://test.example/?start=ref_")
	if again := says(t, w, "anna", "моя ссылка", "500"); again != link {
		t.Errorf("the link was %s and is %s", link, again)
	}
	link, _, _ = strings.Cut(link, " —")
	come(t, w, "boris", link)
	come(t, w, "vera", "start=ref_2222222")
	says(t, w, "anna", "мой счёт", "пока нет")
	visits(t, w, "boris")
	visits(t, w, "vera")
	says(t, w, "anna", "мой счёт", "Улыбки: 500, сейчас можно 500")
	says(t, w, "boris", "мой счёт", "Улыбки: 600")
	says(t, w, "vera", "мой счёт", "Улыбки: 100")
	visits(t, w, "boris")
	says(t, w, "anna", "мой счёт", "Улыбки: 500")
	says(t, w, "boris", "мой счёт", "Улыбки: 700")
}

func TestALinkLeadsIntoAnotherMessengerWhereThisOneHasNone(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Play(bottest.Folder(t, "", share, wallet), func(p *runner.Parts) {
		p.Channels = []channels.Channel{inviting{w.Phones, "test", ""}, inviting{w.Phones, "other", "https://other.example/?start="}}
	})
	come(t, w, "anna", "")
	if last := says(t, w, "anna", "моя ссылка", "https://other.example/?start=ref_"); strings.Contains(last, "—") {
		t.Errorf("a clinic that gives no points promises some: %s", last)
	}
	says(t, w, "anna", "мой счёт", "У нас нет баллов.")
	w.Play(bottest.Folder(t, "", share, wallet), func(p *runner.Parts) { p.Channels = []channels.Channel{w.Phones} })
	says(t, w, "anna", "моя ссылка", "Ссылки нет.")
}
