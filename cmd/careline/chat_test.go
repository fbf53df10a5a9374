package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// talk goes up to a booked visit, in each messenger's own way of showing choices.
const talk = `Даю согласие
Записаться на приём
Знаю услугу
Консультация стоматолога
1
Иван Петров
8 912 345 67 89
Всё верно
`

func TestATalkInTheTerminalEndsWithAVisit(t *testing.T) {
	dir := newClinic(t)
	for _, as := range messengers() {
		t.Run(as, func(t *testing.T) {
			t.Parallel()
			said := careline(t, dir, talk, "chat", "--as", as).well("Готово, записали!", "+7 912 345-67-89", "visit.ics").out
			if n := strings.Count(said, "Готово, записали!"); n != 1 {
				t.Errorf("booked %d times", n)
			}
		})
	}
}

func TestATalkGoesTheSameWayEveryTime(t *testing.T) {
	dir := newClinic(t)
	first := careline(t, dir, talk, "chat").well().out
	for range 10 {
		t.Run("again", func(t *testing.T) {
			t.Parallel()
			if again := careline(t, dir, talk, "chat").well().out; strings.Count(again, "\n") != strings.Count(first, "\n") {
				t.Errorf("first\n%s\nthen\n%s", first, again)
			}
		})
	}
}

// What stands behind a colon is done in its turn: time passes, the administrator writes and gives the chat back.
func TestTheTerminalHasAClockAndADesk(t *testing.T) {
	said := careline(t, newClinic(t), `Даю согласие
оператор
:pass 5m
:desk Добрый день, слушаю вас
а с температурой можно?
:return
:close
:pass tomorrow
:dance
`, "chat").well("ответит здесь", "Добрый день, слушаю вас", "Снова на связи бот", `"tomorrow" is no length of time`, `"dance" is not known`).out
	if human, bot := strings.Index(said, "слушаю вас"), strings.Index(said, "Снова на связи"); human > bot {
		t.Errorf("out of turn:\n%s", said)
	}
	if strings.Count(said, "Чем помочь?") != 1+strings.Count(said[strings.Index(said, "Снова на связи"):], "Чем помочь?") {
		t.Errorf("the bot speaks beside the human:\n%s", said)
	}
}

// A patient's year in the terminal: the reminder, the visit, what the administrator says of it, and what follows.
func TestTheTerminalJumpsToTheNextEvent(t *testing.T) {
	t.Parallel()
	said := careline(t, newClinic(t), talk+`Не нужно
:done
:next
:next
:next
:next
:done
:next
:noshow
`, "chat").well("Прошло", "Приём окончен", "Визит ещё впереди").out
	reminded, over := strings.Index(said, "Готово, записали"), strings.LastIndex(said, "Приём окончен")
	if reminded < 0 || over < reminded {
		t.Errorf("out of turn:\n%s", said)
	}
	if after := said[over:]; !strings.Contains(after, "Прошло") {
		t.Errorf("nothing follows from the visit:\n%s", after)
	}
	careline(t, newClinic(t), ":done\n:next\n", "chat").well("Визитов нет")
}

func TestATalkInEnglish(t *testing.T) {
	careline(t, newClinic(t), "", "chat", "--language", "en").well("Ulybka")
	careline(t, ".", "/quit\nmore\n", "chat").well("Здравствуйте")
	careline(t, ".", "/file /nowhere/photo.jpg\n", "chat").well("/nowhere/photo.jpg")
	careline(t, ".", "", "chat", filepath.Join(t.TempDir(), "nothing")).badly("no careline.yaml", "careline init")
}
