package bottest_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// soul is somebody of flesh and blood, whatever the program takes them for.
type soul struct {
	name, phone string
	chats       []string
	known       bool   // the clinic has their name before they prove a phone that others have too
	ward        string // nobody else has one of that name
	secret      string // nobody else says it
}

// A family of two shares a phone, a stranger has a name like one of theirs, and another types any phone that there is.
var souls = []soul{
	{"Анна Петрова", "+79120000001", []string{"anna", "vk:anna", "whatsapp:anna"}, true, "Маша Аннина", "ромашка"},
	{"Иван Ильин", "+79120000001", []string{"ivan", "vk:ivan"}, true, "Петя Иванов", "крапива"},
	{"Анна Петрова", "+79120000002", []string{"vk:other", "whatsapp:other", "other"}, false, "Даша Дочкина", "лопух"},
	{"Мария Сомова", "+79120000003", []string{"maria", "vk:maria"}, false, "Коля Сынов", "осока"},
}

// crowd are they at the clinic.
type crowd struct {
	*bottest.World
	t     *testing.T
	owner map[string]int // whose chat a contact was, by id
	seen  map[string]int // messages of a chat that have been looked at
	times [][]string     // when each has, or had, visits
}

func newCrowd(t *testing.T, db store.Store) *crowd {
	c := &crowd{World: bottest.In(t, db, "a", []channels.ID{"vk", "whatsapp"}), t: t, owner: map[string]int{}, seen: map[string]int{}, times: make([][]string, len(souls))}
	parts := c.Runner.Parts
	parts.Redirect = "https://chat.clinic.example"
	c.renew(parts)
	return c
}

func (c *crowd) contact(chat string) (found store.Contact) {
	c.t.Helper()
	err := c.Store.Read(c.t.Context(), func(tx store.Tx) (err error) {
		found, err = tx.ContactAt(c.t.Context(), string(bottest.ChannelOf(chat)), chat)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return found
}

// post is what the network brings; WhatsApp vouches for the phone of its accounts.
func (c *crowd) post(who int, m channels.Incoming) {
	c.t.Helper()
	if m.From.Channel == "whatsapp" {
		m.Profile.Phone = souls[who].phone
	}
	if err := c.Runner.Accept(c.t.Context(), m); err != nil {
		c.t.Fatal(err)
	}
	if err := c.Runner.Settle(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *crowd) says(who int, chat, text string) { c.t.Helper(); c.post(who, c.Write(chat, text)) }

// taps presses a button that begins so, if the newest message has one.
func (c *crowd) taps(who int, chat, begins string) bool {
	c.t.Helper()
	for _, choice := range c.newest(chat).Choices {
		if strings.HasPrefix(choice.Label, begins) {
			m := c.Write(chat, "")
			m.Choice = choice.Data
			c.post(who, m)
			return true
		}
	}
	return false
}

func (c *crowd) newest(chat string) channels.Outgoing {
	told := c.Phones.Told(chat)
	for _, m := range slices.Backward(told) {
		if m.Text != "" {
			return m
		}
	}
	return channels.Outgoing{}
}

// enter begins in a chat where the person is a stranger yet, or again.
func (c *crowd) enter(who int, chat string) {
	c.t.Helper()
	var known bool
	err := c.Store.Read(c.t.Context(), func(tx store.Tx) error {
		contact, err := tx.ContactAt(c.t.Context(), string(bottest.ChannelOf(chat)), chat)
		_, known = c.owner[contact.ID]
		known = known && err == nil
		return nil
	})
	if err != nil || known {
		return
	}
	c.says(who, chat, "/start")
	contact := c.contact(chat)
	c.owner[contact.ID] = who
	err = c.Store.Tx(c.t.Context(), func(tx store.Tx) error {
		people := []store.Patient{{ID: c.ID(), FullName: souls[who].ward, Birth: "2018-05-12", CreatedAt: c.Clock.Now()}}
		if souls[who].known {
			people = append(people, store.Patient{ID: contact.PatientID, FullName: souls[who].name, CreatedAt: c.Clock.Now()})
		}
		if err := tx.SavePatients(c.t.Context(), people); err != nil {
			return err
		}
		return tx.AddFamily(c.t.Context(), store.Kinship{Guardian: contact.PatientID, Ward: people[0].ID, Kin: "child", Since: c.Clock.Now()})
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.taps(who, chat, "Даю согласие")
}

// books says whatever is asked, with this phone, until nothing more is.
func (c *crowd) books(who int, chat, phone string) {
	c.t.Helper()
	c.says(who, chat, "записаться")
	for range 14 {
		m, told := c.newest(chat), len(c.Phones.Told(chat))
		switch {
		case strings.Contains(m.Text, "имя и фамилию"):
			c.says(who, chat, souls[who].name)
		case m.Ask == channels.AskPhone:
			c.says(who, chat, phone)
		case c.taps(who, chat, "Знаю услугу"), c.taps(who, chat, "Консультация стоматолога"), c.taps(who, chat, "Всё верно"):
		case len(m.Choices) > 0:
			c.taps(who, chat, m.Choices[0].Label)
		}
		if len(c.Phones.Told(chat)) == told || heard(c.Phones.Told(chat)[told:], "Готово, записали") {
			return
		}
	}
}

func heard(said []channels.Outgoing, part string) bool {
	return slices.ContainsFunc(said, func(m channels.Outgoing) bool { return strings.Contains(m.Text, part) })
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// codeOf is the newest code that the person can read in one of their chats; empty = none.
func (c *crowd) codeOf(who int) (code string) {
	for _, chat := range souls[who].chats {
		if read := codeIn(c.World, chat); read != "" {
			code = read
		}
	}
	return code
}

// deeds are what people do; each takes who does it, in which of their chats, and a lot between 0 and 99.
var deeds = map[string]func(c *crowd, who int, chat string, lot int){
	"says a secret": func(c *crowd, who int, chat string, _ int) { c.says(who, chat, souls[who].secret) },
	"asks the menu": func(c *crowd, who int, chat string, _ int) { c.says(who, chat, "/start") },
	"shares": func(c *crowd, who int, chat string, _ int) {
		m := c.Write(chat, "")
		m.Shared = &channels.Shared{Phone: souls[who].phone, Own: bottest.ChannelOf(chat) == "test"}
		c.post(who, m)
	},
	"books": func(c *crowd, who int, chat string, _ int) { c.books(who, chat, souls[who].phone) },
	"types any phone": func(c *crowd, who int, chat string, lot int) {
		c.books(who, chat, souls[lot%len(souls)].phone)
		if lot >= 50 {
			c.says(who, chat, "123456")
		}
	},
	"types a code": func(c *crowd, who int, chat string, _ int) { c.says(who, chat, c.codeOf(who)) },
	"types it too late": func(c *crowd, who int, chat string, _ int) {
		c.Clock.Advance(11 * time.Minute)
		c.says(who, chat, c.codeOf(who))
	},
	"books and proves it": func(c *crowd, who int, chat string, _ int) {
		c.books(who, chat, souls[who].phone)
		c.says(who, chat, c.codeOf(who))
	},
	"guesses a code": func(c *crowd, who int, chat string, _ int) { c.says(who, chat, "123456") },
	"asks for a code": func(c *crowd, who int, chat string, _ int) {
		c.says(who, chat, "настройки")
		c.taps(who, chat, "Связать с другим чатом")
	},
	"denies": func(c *crowd, who int, chat string, _ int) { c.taps(who, chat, "Это не я") },
	"goes on": func(c *crowd, who int, chat string, _ int) {
		c.says(who, chat, "/start")
		c.taps(who, chat, "Продолжить здесь")
	},
	"leaves": func(c *crowd, who int, chat string, _ int) {
		c.says(who, chat, "/start")
		c.taps(who, chat, "Начать заново")
	},
	"praises": func(c *crowd, who int, chat string, _ int) { c.says(who, chat, "оставить отзыв") },
	"sees":    func(c *crowd, who int, chat string, _ int) { c.says(who, chat, "мои визиты") },
	"stops": func(c *crowd, who int, chat string, _ int) {
		c.says(who, chat, "записаться")
		c.taps(who, chat, "Знаю услугу")
	},
	"goes away": func(c *crowd, _ int, _ string, lot int) { c.Clock.Advance(time.Duration(lot) * time.Hour / 4) },
	"copies": func(c *crowd, who int, chat string, _ int) {
		c.says(who, chat, "мои данные")
		c.taps(who, chat, "Прислать копию")
	},
	"blocks": func(c *crowd, who int, chat string, _ int) {
		m := c.Write(chat, "")
		m.Permit = channels.Denied
		c.post(who, m)
	},
	"is written to": func(c *crowd, who int, chat string, lot int) {
		if lot < 20 {
			m := c.Write(chat, "Здравствуйте, это клиника")
			m.Clinic = true
			c.post(who, m)
		}
	},
	"erases": func(c *crowd, who int, chat string, lot int) {
		if lot < 30 {
			c.says(who, chat, "мои данные")
			c.taps(who, chat, "Удалить всё")
			c.taps(who, chat, "Удалить всё")
		}
	},
}
