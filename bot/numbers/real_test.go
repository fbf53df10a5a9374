package numbers_test

import (
	"slices"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/folder"
	"careline/bot/numbers"
	"careline/dialogs/clinic"
	"careline/store"
)

// The program itself: one patient books and confirms what she is reminded of, another has a look and goes away.
func TestTheProgramWritesWhatIsCounted(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	begin := w.Clock.Now()
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	w.Taps("anna", "Записаться на приём")
	w.Taps("anna", "Знаю услугу")
	w.Says("anna", "осмотр дёсен")
	w.Says("anna", "в среду утром")
	w.Says("anna", "1")
	w.Says("anna", "Мария Иванова")
	w.Says("anna", "+7 916 111-22-33")
	w.Taps("anna", "Всё верно")
	w.Taps("anna", "Не нужно")
	w.Says("boris", "/start")
	w.Taps("boris", "Даю согласие")
	w.Taps("boris", "Записаться на приём")

	read := func() *numbers.Report {
		f, _ := folder.Load(clinic.Files())
		now := w.Clock.Now()
		r, err := numbers.Read(t.Context(), w.Store, numbers.Ask{
			Span: store.Span{From: begin, To: now.Add(time.Second)}, Now: now, Zone: time.UTC, Journey: f.Scripts.Journey,
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	same(t, "on the first day", read().Funnel, numbers.Funnel{2, 2, 1, 1, 1, 1})

	if err := w.Runner.PassTo(t.Context(), w.Clock, begin.Add(30*time.Hour)); err != nil { // to Tuesday, 16:00
		t.Fatal(err)
	}
	w.Taps("anna", "Придём")
	r := read()
	same(t, "on the second day", r.Funnel, numbers.Funnel{2, 2, 1, 1, 1, 1, 1})
	line := slices.IndexFunc(r.Timelines, func(l numbers.Timeline) bool { return l.Name == "reminder_day" })
	reason := slices.IndexFunc(r.Questions, func(q numbers.Question) bool { return q.Dialog == "booking" && q.State == "reason" })
	if line < 0 || reason < 0 {
		t.Fatalf("timelines %+v, questions %+v", r.Timelines, r.Questions)
	}
	same(t, "reminders answered", r.Timelines[line].Answered, numbers.Part{Count: 1, Of: 1})
	same(t, "what Boris did not answer", r.Questions[reason].Left, numbers.Part{Count: 1, Of: 2})
	if r.Messages.Sent == 0 || r.Replies.Chats != 2 {
		t.Errorf("messages %+v, replies %+v", r.Messages, r.Replies)
	}
	shown := 0
	for _, test := range r.Tests {
		for _, v := range test.Variants {
			shown += v.Shown
		}
	}
	if shown == 0 {
		t.Errorf("the reminder's time is a test, and nobody was noted: %+v", r.Tests)
	}
}
