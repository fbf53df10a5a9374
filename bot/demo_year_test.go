package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/channels/browsertest"
	"careline/store"
)

// atMostSteps of the button are between two messages of a patient's year.
const atMostSteps = 12

// next presses the button that goes to the next event until the patient has read the words.
func next(t *testing.T, page *browsertest.Tab, words string) {
	t.Helper()
	phone := page.In("phone")
	read := fmt.Sprintf(`[...doc.querySelectorAll(".bubble")].some(e => e.innerText.replaceAll("\u00a0", " ").includes(%q))`, words)
	for range atMostSteps {
		label := page.Get(`doc.getElementById("next").innerText`)
		page.Tap(".next", "")
		page.Until(fmt.Sprintf(`!doc.querySelector(".moving") && doc.getElementById("next").innerText !== %q`, label))
		if phone.Get(read) == "true" {
			return
		}
	}
	t.Fatalf("nobody has said %q\nthe plans:\n%s\nthe phone:\n%s", words, page.Get(`doc.getElementById("plans").innerText`), phone.Get(`doc.body.innerText`))
}

// A newcomer's three minutes: books a visit, and then presses one button through the reminder, the visit, the question
// after it and the rating, until the clinic invites again and a new visit stands booked.
func TestANewcomerSeesAPatientsYear(t *testing.T) {
	t.Setenv("TZ", "Europe/Moscow") // of the patient's phone
	o := openDemo(t)
	page := browsertest.Open(t, 1280, 860)
	page.Go(o.url + "/readyz")
	page.Shows("body", "ready")
	page.Go(o.url + "/demo/?lang=ru")
	phone := page.In("phone")
	page.Shows(".next", "запишитесь на приём")
	phone.Tap(".choice", "Даю согласие")
	phone.Tap(".choice", "Записаться на приём")
	phone.Tap(".choice", "Знаю услугу")
	phone.Tap(".choice", "Осмотр дёсен")
	phone.Shows(".bubble", "Могу предложить")
	phone.Type("#text", "в четверг")
	phone.Tap(".choice", "четверг")
	phone.Shows(".bubble", "Как вас зовут")
	phone.Type("#text", "Мария Иванова")
	phone.Shows(".bubble", "На какой номер")
	phone.Type("#text", "+7 916 111-22-33")
	phone.Tap(".choice", "Всё верно")
	phone.Tap(".choice", "Присылайте")
	page.Shows("#plans", "Напоминание о визите")
	page.Shows("#plans .tag", "Служебное")

	next(t, page, "три коротких вопроса")
	phone.Tap(".choice", "Давайте")
	phone.Shows(".bubble", "о здоровье")
	phone.Tap(".choice", "Даю согласие")
	phone.Shows(".bubble", "аллергия")
	phone.Type("#text", "на пыльцу")
	phone.Tap(".choice", "Никаких")
	phone.Tap(".choice", "Ничего особенного")
	phone.Shows(".bubble", "Спасибо, передам врачу")
	next(t, page, "Мария, ждём вас")
	phone.Tap(".choice", "Придём")
	phone.Shows(".bubble", "Спасибо, ждём")
	page.Shows("#plans .off", "Отправлено")

	page.Until(`(() => { // on to the visit's end
		const asked = doc.querySelector(".next").innerText.includes("администратор отметит");
		if (!asked && !doc.querySelector(".moving") && doc.querySelector(".next").dataset.at !== doc.getElementById("next").innerText) {
			doc.querySelector(".next").dataset.at = doc.getElementById("next").innerText;
			doc.querySelector(".next").click();
		}
		return asked;
	})()`)
	page.Tap(".next", "администратор отметит")

	next(t, page, "как самочувствие")
	phone.Tap(".choice", "Всё хорошо")
	next(t, page, "от 1 до 5")
	phone.Tap(".choice", "5")
	next(t, page, "на осмотр и гигиену, действует")
	phone.Tap(".choice", "Подобрать время")
	phone.Shows(".bubble", "Ваше предложение")
	phone.Tap(".choice", " в 1")
	phone.Tap(".choice", "Всё верно")
	phone.Until(`[...doc.querySelectorAll(".bubble")].filter(b => b.innerText.includes("Готово, записали")).length === 2`)
	page.Shows("#plans", "Напоминание о визите")
	if all := o.visits(t); len(all) != 2 || all[1].Status != store.StatusBooked || all[1].Start.Sub(all[0].Start) < 150*24*time.Hour {
		t.Errorf("after a year: %+v", all)
	}
	if err := o.stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if strings.Contains(o.log.String(), "level=ERROR") {
		t.Errorf("the log has errors:\n%s", o.log.String())
	}
}
