package peertest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/looplab/fsm"
)

// The dialog: from each state the event "next" leads to the next one.
var order = []string{"idle", "consent", "language", "complaint", "duration", "pain", "doctor", "slot", "name", "phone", "confirm"}

var events = func() (e fsm.Events) {
	for i, s := range order {
		e = append(e, fsm.EventDesc{Name: "next", Src: []string{s}, Dst: order[(i+1)%len(order)]})
	}
	return append(e, fsm.EventDesc{Name: "start", Src: order, Dst: "consent"}, fsm.EventDesc{Name: "cancel", Src: order, Dst: "idle"})
}()

var (
	doctors    = []string{"Терапевт Иванова", "Хирург Петров", "Ортопед Сидорова"}
	consents   = rows("consent", 1, "Согласен", "Не согласен")
	languages  = rows("language", 3, "Русский", "English", "Пропустить")
	durations  = rows("duration", 2, "Сегодня", "2–3 дня", "Неделю", "Дольше")
	pains      = rows("pain", 5, "0", "1–3", "4–6", "7–8", "9–10")
	doctorList = rows("doctor", 1, doctors...)
	confirm    = rows("confirm", 2, "Подтвердить", "Отменить")
	phone      = &models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: "Отправить мой номер", RequestContact: true}}}, ResizeKeyboard: true, OneTimeKeyboard: true}
	firstSlot  = time.Date(2026, 1, 12, 6, 0, 0, 0, time.UTC)
)

func rows(prefix string, width int, list ...string) models.ReplyMarkup {
	k := &models.InlineKeyboardMarkup{}
	for i, t := range list {
		if i%width == 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, nil)
		}
		last := &k.InlineKeyboard[len(k.InlineKeyboard)-1]
		*last = append(*last, models.InlineKeyboardButton{Text: t, CallbackData: prefix + ":" + strconv.Itoa(i)})
	}
	return k
}

func slotText(n int) string {
	return firstSlot.Add(time.Duration(n) * 30 * time.Minute).Format("01-02 15:04")
}

func urgency(duration, pain int) string {
	switch {
	case pain >= 4:
		return "экстренно"
	case pain >= 3 || duration == 0:
		return "сегодня"
	}
	return "планово"
}

// step goes from one state to the next; what it returns is the answer.
func (a *app) step(ctx context.Context, chat int64, s *session, text, press string) (string, models.ReplyMarkup, error) {
	m := fsm.NewFSM(s.State, events, fsm.Callbacks{})
	switch text {
	case "/start":
		s.data = data{}
		_ = m.Event(ctx, "start") // every state has it
		s.State = m.Current()
		return "Здравствуйте! Чтобы записать вас, нужно ваше согласие на обработку данных.", consents, nil
	case "/my":
		id, doctor, slot, err := a.db.mine(ctx, chat)
		if err != nil || id == 0 {
			return "Записей нет.", nil, err
		}
		return fmt.Sprintf("Ваша запись №%d: %s, %s.", id, doctors[doctor], slotText(slot)), nil, nil
	}
	prefix, arg, _ := strings.Cut(press, ":")
	v, _ := strconv.Atoi(arg)
	free := s.State == "complaint" || s.State == "name" || s.State == "phone"
	if s.State == "idle" || free && text == "" || !free && prefix != s.State {
		return "Пожалуйста, ответьте на вопрос выше.", nil, nil
	}
	if (s.State == "consent" || s.State == "confirm") && v != 0 {
		_ = m.Event(ctx, "cancel") // every state has it
		s.State = m.Current()
		return "Запись отменена.", nil, nil
	}
	answer, keyboard, stay, err := a.answer(ctx, chat, s, text, v)
	if err != nil || stay {
		return answer, nil, err
	}
	if err := m.Event(ctx, "next"); err != nil {
		return "", nil, err
	}
	s.State = m.Current()
	return answer, keyboard, nil
}

// answer does what the state is for; stay = the same question again.
func (a *app) answer(ctx context.Context, chat int64, s *session, text string, v int) (t string, k models.ReplyMarkup, stay bool, err error) {
	switch s.State {
	case "consent":
		return "Язык общения?", languages, false, nil
	case "language":
		return "Что вас беспокоит? Напишите своими словами.", nil, false, nil
	case "complaint":
		s.Complaint = text
		return "Как давно это началось?", durations, false, nil
	case "duration":
		s.Duration = v
		return "Насколько сильно болит, от 0 до 10?", pains, false, nil
	case "pain":
		s.Pain, s.Urgency = v, urgency(s.Duration, v)
		return "Срочность: " + s.Urgency + ". К какому врачу записать?", doctorList, false, nil
	case "doctor":
		s.Doctor = v
		k, err := a.offer(ctx, v, chat)
		return "Выберите время:", k, false, err
	case "slot":
		if ok, err := a.db.hold(ctx, s.Doctor, v, chat); err != nil || !ok {
			return "Это время уже заняли, выберите другое.", nil, true, err
		}
		s.Slot = v
		return "Время удержано за вами на 10 минут. Как вас зовут?", nil, false, nil
	case "name":
		s.Name = text
		return "Телефон для связи?", phone, false, nil
	case "phone":
		s.Phone = text
		return fmt.Sprintf("Проверьте запись:\n%s, %s\n%s, %s\n%s", doctors[s.Doctor], slotText(s.Slot), s.Name, s.Phone, s.Complaint), confirm, false, nil
	}
	if s.ID, err = a.db.book(ctx, chat, s); err != nil {
		return "", nil, true, err
	}
	return fmt.Sprintf("Вы записаны, №%d: %s, %s. Ждём вас!", s.ID, doctors[s.Doctor], slotText(s.Slot)), nil, false, nil
}

func (a *app) offer(ctx context.Context, doctor int, chat int64) (models.ReplyMarkup, error) {
	slots, err := a.db.free(ctx, doctor, chat)
	k := &models.InlineKeyboardMarkup{}
	for _, n := range slots {
		k.InlineKeyboard = append(k.InlineKeyboard, []models.InlineKeyboardButton{{Text: slotText(n), CallbackData: "slot:" + strconv.Itoa(n)}})
	}
	return k, err
}
