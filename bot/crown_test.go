package bot_test

import (
	"testing"
	"time"

	"careline/channels/browsertest"
	"careline/store"
)

// The main job, in the browser of a phone: from "my tooth hurts under an old crown" to two doctors in one visit,
// which is then moved, cancelled, and forgotten with its patient.
func TestTheCrownInABrowser(t *testing.T) {
	o := openDemo(t)
	page := browsertest.Open(t, 390, 844)
	page.Go(o.url + "/chat/?lang=ru")
	page.Shows(".bubble", "Здравствуйте")
	page.Tap(".choice", "Даю согласие")
	page.Tap(".choice", "Болит или беспокоит")
	page.Shows(".bubble", "сведения о здоровье")
	page.Tap(".choice", "Даю согласие")
	page.Shows(".bubble", "Расскажите, что беспокоит")
	page.Type("#text", "Болит зуб под старой коронкой, ночью не сплю")
	page.Shows(".mine .bubble", "под старой коронкой")
	page.Until(`doc.querySelector(".mine:last-of-type .state")?.dataset.state !== "sending"`)
	o.passes(t, 10*time.Second) // who is silent has told the whole story
	page.Tap(".choice", "Несколько дней")
	page.Tap(".choice", "7")
	page.Tap(".choice", "Спать")
	page.Tap(".choice", "Готово")
	page.Tap(".choice", "Пока ничего")
	page.Shows(".bubble", "два специалиста")
	page.Tap(".choice", "в 1") // either of the pair
	page.Shows(".bubble", "Как вас зовут")
	page.Type("#text", "Анна Петрова")
	page.Shows(".bubble", "На какой номер")
	page.Type("#text", "8 912 345 67 89")
	page.Shows(".bubble", "+7 912 345-67-89")
	page.Tap(".choice", "Всё верно")
	page.Shows(".bubble", "Готово, записали")
	page.Shows(".message", "календарь")
	page.Tap(".choice", "Не нужно")
	booked := o.visits(t)
	if len(booked) != 1 || len(booked[0].Parts) != 2 || booked[0].Parts[0].Practitioner == booked[0].Parts[1].Practitioner {
		t.Fatalf("not two doctors in one visit: %+v", booked)
	}

	page.Type("#text", "мои визиты")
	page.Tap(".choice", " в ")
	page.Tap(".choice", "Перенести")
	page.Shows(".bubble", "Прежнее время")
	page.Tap(".choice", "в 1")
	page.Shows(".bubble", "Перенесли")
	if moved := o.visits(t); len(moved) != 1 || moved[0].Start.Equal(booked[0].Start) || moved[0].Sequence != 1 {
		t.Fatalf("not moved: %+v", moved)
	}

	page.Type("#text", "мои визиты")
	page.Tap(".choice", " — ")
	page.Tap(".choice", "Отменить")
	page.Tap(".choice", "Уже лучше")
	page.Shows(".bubble", "Визит отменён")
	if cancelled := o.visits(t); cancelled[0].Status != store.StatusCancelled {
		t.Fatalf("not cancelled: %+v", cancelled)
	}

	page.Type("#text", "мои данные")
	page.Tap(".choice", "Удалить всё")
	page.Shows(".bubble", "Удаляем?")
	page.Tap(".choice", "Удалить всё")
	page.Shows(".bubble", "Всё удалено")
	page.Until(`!doc.querySelector("#log").textContent.includes("коронк")`) // the page forgets too
}

// passes moves the clock and lets happen what is due.
func (o *opened) passes(t *testing.T, d time.Duration) {
	t.Helper()
	if err := o.Runner.PassTo(t.Context(), o.Demo, o.Clock.Now().Add(d)); err != nil {
		t.Fatal(err)
	}
}
