package largetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/store"
)

// Clinic is a large clinic, filled.
type Clinic struct {
	testing.TB
	Size   Size
	Folder *folder.Folder
	Store  store.Store
	Clock  *clock.Moved
}

var (
	firstNames = []string{"Анна", "Игорь", "Мария", "Олег", "Елена", "Дмитрий", "Ольга", "Сергей", "Наталья", "Павел", "Ирина", "Алексей", "Татьяна", "Михаил", "Светлана", "Фёдор"}
	lastNames  = []string{
		"Беленко", "Сидорчук", "Кузьменко", "Павленко", "Орленко", "Зайченко", "Фоменко", "Жученко", "Лебеденко", "Громенко", "Коваленко", "Шевченко", "Ткаченко",
		"Бондаренко", "Мельниченко", "Черненко", "Савченко", "Марченко", "Руденко", "Петренко", "Клименко", "Василенко", "Кравченко", "Левченко", "Тимошенко",
	}
	middleNames = []string{"Александр", "Борис", "Виктор", "Геннад", "Дан", "Евген", "Иван", "Констант", "Леонид", "Роман", "Степан"}
	tags        = []string{"", "", "", "", "", "", "VIP", "ДМС", "имплантация", "брекеты"}
	messengers  = []string{"telegram", "telegram", "telegram", "telegram", "telegram", "whatsapp", "whatsapp", "vk", "vk", "web"}
)

// Name of the i-th patient.
func Name(i int) string {
	return fmt.Sprint(lastNames[i%len(lastNames)], " ", firstNames[i/25%len(firstNames)], " ", middleNames[i/400%len(middleNames)], "-", i/4400)
}

// Phone of the i-th patient.
func Phone(i int) string { return fmt.Sprintf("+79%09d", i*7919) }

// Address of the i-th patient's chat.
func (c *Clinic) Address(i int) channels.Address {
	return channels.Address{Channel: channels.ID(messengers[i%len(messengers)]), Chat: fmt.Sprint(1_000_000 + i)}
}

// people come through the store itself, which makes them findable.
func (c *Clinic) people() {
	c.Helper()
	const batch = 1000
	for from := 0; from < c.Size.Patients; from += batch {
		var met []store.Contact
		var rows []store.Patient
		for i := from; i < min(from+batch, c.Size.Patients); i++ {
			at := Monday.AddDate(-1, 0, 0).Add(time.Duration(i) * time.Minute)
			met = append(met, store.Contact{ID: Contact(i), PatientID: Patient(i), Channel: string(c.Address(i).Channel), Chat: c.Address(i).Chat,
				Name: firstNames[i/25%len(firstNames)], Language: "ru", CreatedAt: at})
			row := store.Patient{ID: Patient(i), FullName: Name(i), Phone: Phone(i), Birth: fmt.Sprintf("19%02d-%02d-%02d", 40+i%60, 1+i%12, 1+i%28), CreatedAt: at}
			if tag := tags[i%len(tags)]; tag != "" {
				row.Tags = []string{tag}
			}
			rows = append(rows, row)
		}
		must(c, c.Store.Tx(context.WithoutCancel(c.Context()), func(tx store.Tx) error {
			if _, err := tx.Meet(c.Context(), met); err != nil {
				return err
			}
			return tx.SavePatients(c.Context(), rows)
		}))
	}
}
