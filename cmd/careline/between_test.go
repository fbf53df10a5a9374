package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/vk/vktest"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store"
)

// The patient types her phone in VK and has a time held there. WhatsApp vouches for her phone, and shows her a code; what
// she began waits for her there when she has written it in VK.
const (
	inVK = `
text:/start => Здравствуйте & согласие на обработку персональных данных
press:~Даю согласие => Чем помочь
press:~Записаться на приём => Что вам нужно
press:~Знаю услугу => Выберите услугу
text:{service} => {service} & Могу предложить
text:{day} => Могу предложить
press:0 => Как вас зовут
text:{name} => На какой номер
text:PHONE => Проверьте, пожалуйста`
	overToWhatsApp = `
text:/start => Здравствуйте & На каком языке
press:~Русский => согласие на обработку персональных данных
press:~Даю согласие => Чем помочь
text:настройки => Где и о чём вам писать
press:~Связать с другим чатом => впишите там код`
	codeInVK   = `text:CODE => Узнал вас & Проверьте, пожалуйста`
	inWhatsApp = `
text:/start => Вы остановились в другом чате
press:~Продолжить здесь => Проверьте, пожалуйста
press:~Всё верно => Готово, записали & Можно иногда присылать
press:~Не нужно => присылать не буду
text:мои визиты => Ваши ближайшие визиты`
)

// A patient begins in VK and finishes in WhatsApp, and the process that served her is killed in between: she is one
// patient with one visit, at the time that was held for her, and both chats are hers.
func TestAPatientBeginsInVKAndFinishesInWhatsApp(t *testing.T) {
	t.Parallel()
	vk, whatsapp, dir := vktest.Start(t, vktest.Options{}), whatsapptest.Start(t, whatsapptest.Options{}), newPolyclinic(t)
	fleet, db := fleetOf(t, dir, append(onVK(vk), onWhatsApp(whatsapp)...), true)
	linked(t, whatsapp, dir, fleet[0].env)
	fleet[0].start()
	receives(t, loadtest.VK{Server: vk}, fleet[0])
	receives(t, loadtest.WhatsApp{Server: whatsapp}, fleet[0])
	fleet[1].start()

	there := seatOf(loadtest.VK{Server: vk})
	here := seatOf(loadtest.WhatsApp{Server: whatsapp})
	there.walks(t, inVK, "PHONE", here.person.Phone())
	began := there.reads(t, "Проверьте, пожалуйста")
	fleet[0].kill()
	here.walks(t, overToWhatsApp)
	there.walks(t, codeInVK, "CODE", sixDigits.FindString(here.reads(t, "впишите там код")))
	here.walks(t, inWhatsApp)
	if goesOn := here.reads(t, "Проверьте, пожалуйста"); !strings.HasPrefix(goesOn, began) {
		t.Errorf("she began with %q and goes on with %q", began, goesOn)
	}
	there.reads(t, "Продолжаем в другом чате")
	fleet[1].stop()

	err := db().Read(t.Context(), func(tx store.Tx) error {
		first, err := tx.ContactAt(t.Context(), "vk", there.person.Chat())
		if err != nil {
			return err
		}
		chats, err := tx.ContactsOf(t.Context(), first.PatientID)
		if err != nil {
			return err
		}
		second, err := tx.ContactAt(t.Context(), "whatsapp", here.person.Chat())
		if err != nil || second.PatientID != first.PatientID || len(chats) != 2 {
			t.Errorf("she is two patients, or has %d chats: %v", len(chats), err)
		}
		cards, err := tx.PatientsAt(t.Context(), []string{first.Phone})
		if err != nil || first.Phone == "" || first.Phone != second.Phone || len(cards) != 1 {
			t.Errorf("%d patients of her phone: %v", len(cards), err)
		}
		visits, err := tx.AppointmentsBetween(t.Context(), "", time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
		if err != nil || len(visits) != 1 || visits[0].PatientID != first.PatientID {
			t.Errorf("%d visits: %v", len(visits), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// seated is a network with one person in it, who walks more than once.
type seated struct {
	loadtest.Network
	person loadtest.Seat
}

func seatOf(network loadtest.Network) seated { return seated{network, network.Seat(1, "Анна")} }

func (s seated) Seat(int, string) loadtest.Seat { return s.person }

// walks takes the steps, with pairs of words put in.
func (s seated) walks(t *testing.T, steps string, pairs ...string) {
	t.Helper()
	walk, err := loadtest.ParseWalk(strings.NewReplacer(pairs...).Replace(steps))
	if err != nil {
		t.Fatal(err)
	}
	walksOn(t, s, walk, 1)
	if t.Failed() {
		t.FailNow()
	}
}

// reads waits for a message that holds the piece, and gives it.
func (s seated) reads(t *testing.T, piece string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	m, err := s.person.After(ctx, 0, func(m loadtest.Message) bool { return strings.Contains(m.Text, piece) })
	if err != nil {
		t.Fatalf("no %q: %v", piece, err)
	}
	return m.Text
}
