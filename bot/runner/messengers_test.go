package runner_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/dialogs"
	"careline/store"

	"github.com/google/go-cmp/cmp"
)

// bothStores runs a story on both databases.
func bothStores(t *testing.T, story func(t *testing.T, w *bottest.World)) {
	for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
		t.Run(name, func(t *testing.T) { story(t, bottest.New(t, open(t), "a")) })
	}
}

// owns lets the person write from an account of which the network vouches for the phone, as WhatsApp does.
func owns(t *testing.T, w *bottest.World, chat, phone, text string) {
	t.Helper()
	m := w.Write(chat, text)
	m.Profile.Phone = phone
	send(t, w, m)
}

func send(t *testing.T, w *bottest.World, m channels.Incoming) {
	t.Helper()
	if err := w.Runner.Accept(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
}

// agrees greets and gives the first consent.
func agrees(w *bottest.World, chat string) {
	w.Says(chat, "/start")
	w.Taps(chat, "Даю согласие")
}

// typesPhone tells the phone by hand.
func typesPhone(w *bottest.World, chat, name, phone string) {
	w.Says(chat, "записаться")
	w.Taps(chat, "Знаю услугу")
	w.Says(chat, "отбеливание")
	for range 12 {
		told := w.Phones.Told(chat)
		last := told[len(told)-1]
		switch {
		case strings.Contains(last.Text, "имя и фамилию"):
			w.Says(chat, name)
		case last.Ask == channels.AskPhone:
			w.Says(chat, phone)
			return
		case len(last.Choices) == 0:
			w.T.Fatalf("%s is asked: %q", chat, last.Text)
		default:
			w.Taps(chat, last.Choices[0].Label)
		}
	}
	w.T.Fatalf("%s was never asked for the phone: %s", chat, w.Phones.Last(chat))
}

func contact(t *testing.T, w *bottest.World, chat string) (c store.Contact) {
	t.Helper()
	read(t, w, func(tx store.Tx) (err error) {
		c, err = tx.ContactAt(t.Context(), "test", chat)
		return err
	})
	return c
}

func same(t *testing.T, w *bottest.World, a, b string) bool {
	t.Helper()
	return contact(t, w, a).PatientID == contact(t, w, b).PatientID
}

func heardAny(w *bottest.World, chat, part string) bool {
	for _, m := range w.Phones.Told(chat) {
		if strings.Contains(m.Text, part) {
			return true
		}
	}
	return false
}

func TestWhoProvesOnePhoneInTwoMessengersIsOnePatient(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "telegram")
		shares(t, w, "telegram", annasPhone, true)
		agrees(w, "whatsapp")
		owns(t, w, "whatsapp", annasPhone, "меню")
		if !same(t, w, "telegram", "whatsapp") {
			t.Fatal("they are still two patients")
		}
		if !heardAny(w, "whatsapp", "Узнал вас") {
			t.Errorf("nobody said so: %v", texts(w.Phones.Told("whatsapp")))
		}
		if phone := contact(t, w, "whatsapp").Phone; phone != annasPhone {
			t.Errorf("proven is %q", phone)
		}
		w.Says("whatsapp", "отбеливание")
		for range 12 { // she is not asked for the phone that is known
			told := w.Phones.Told("whatsapp")
			last := told[len(told)-1]
			if last.Ask == channels.AskPhone {
				t.Fatal("asked for a phone that is proven")
			}
			if strings.Contains(last.Text, "имя и фамилию") {
				w.Says("whatsapp", "Анна Петрова")
				continue
			}
			if len(last.Choices) == 0 {
				break
			}
			w.Taps("whatsapp", last.Choices[0].Label)
		}
	})
}

func TestTwoOfOneFamilyWithOnePhoneAreKeptApart(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		rename(t, w, "anna", "Петрова Анна Сергеевна")
		shares(t, w, "anna", annasPhone, true)
		agrees(w, "ivan")
		rename(t, w, "ivan", "Петров Иван Ильич")
		owns(t, w, "ivan", annasPhone, "меню")
		if same(t, w, "anna", "ivan") || heardAny(w, "ivan", "Узнал вас") {
			t.Error("they became one")
		}
	})
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// codeIn is the code that the chat was told last.
func codeIn(t *testing.T, w *bottest.World, chat string) string {
	t.Helper()
	told := w.Phones.Told(chat)
	for i := len(told) - 1; i >= 0; i-- {
		if code := sixDigits.FindString(told[i].Text); code != "" && strings.Contains(told[i].Text, "впишите") {
			return code
		}
	}
	t.Fatalf("%s was told no code: %v", chat, texts(told))
	return ""
}

// proven is Anna, who shared her phone in Telegram, and typed is who types the same phone in VK.
func provenAndTyped(t *testing.T, w *bottest.World, name string) {
	t.Helper()
	agrees(w, "telegram")
	rename(t, w, "telegram", "Анна Петрова")
	shares(t, w, "telegram", annasPhone, true)
	agrees(w, "vk")
	typesPhone(w, "vk", name, annasPhone)
}

func TestWhoTypesAProvenPhoneIsJoinedByACode(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		provenAndTyped(t, w, "Анна Петрова")
		if same(t, w, "telegram", "vk") {
			t.Fatal("a typed phone was enough")
		}
		open := newest(w, "vk")
		code := codeIn(t, w, "telegram")
		w.Says("vk", code[:3]+" "+code[3:])
		if !same(t, w, "telegram", "vk") || !heardAny(w, "vk", "Узнал вас") {
			t.Fatalf("not joined: %s", w.Phones.Last("vk"))
		}
		if phone := contact(t, w, "vk").Phone; phone != annasPhone {
			t.Errorf("proven in vk is %q", phone)
		}
		if last := newest(w, "vk"); last.Text != open.Text || !strings.Contains(last.Text, "Проверьте") {
			t.Errorf("her booking does not go on: %q", last.Text)
		}
	})
}

// A stranger who types a phone, and whatever code, is told the same whether somebody here has proven it, by that name or
// another, or nobody.
func TestNobodyLearnsByTypingAPhoneWhetherItIsKnown(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "telegram")
		rename(t, w, "telegram", "Анна Петрова")
		shares(t, w, "telegram", annasPhone, true)
		type stranger struct{ chat, name, phone string }
		var told []string
		for _, s := range []stranger{{"1", "Анна Петрова", annasPhone}, {"2", "Иван Ильин", annasPhone}, {"3", "Анна Петрова", "+79995556677"}} {
			agrees(w, s.chat)
			typesPhone(w, s.chat, s.name, s.phone)
			w.Says(s.chat, "000000")
			w.Says(s.chat, "настройки")
			w.Taps(s.chat, "Связать с другим чатом")
			for range 3 {
				w.Says(s.chat, "111111")
			}
			w.Says(s.chat, "настройки")
			w.Taps(s.chat, "Связать с другим чатом")
			w.Taps(s.chat, "Пропустить")
			w.Says(s.chat, "настройки")
			w.Taps(s.chat, "Связать с другим чатом")
			all := strings.Join(texts(w.Phones.Told(s.chat)), "\n")
			told = append(told, strings.NewReplacer(s.name, "NAME", s.phone, "PHONE").Replace(all))
		}
		for i := range told[1:] {
			if d := cmp.Diff(unnumbered(told[0]), unnumbered(told[i+1])); d != "" {
				t.Errorf("stranger %d is told something else (-who has found her, +who has not):\n%s", i+2, d)
			}
		}
		if !strings.Contains(told[0], "Сегодня связать чаты больше не получится") {
			t.Errorf("codes go on and on: %s", told[0])
		}
	})
}

var freeTime = regexp.MustCompile(`\d+|сегодня|завтра`)

// unnumbered leaves out what differs between any two patients: the times that are left.
func unnumbered(text string) string { return freeTime.ReplaceAllString(text, "N") }

func TestACodeIsGoodForTenMinutesAndThreeTries(t *testing.T) {
	for name, spoil := range map[string]func(*testing.T, *bottest.World){
		"ten minutes": func(t *testing.T, w *bottest.World) { w.Clock.Advance(11 * time.Minute) },
		"three tries": func(t *testing.T, w *bottest.World) {
			for range 3 {
				w.Says("vk", "000000")
			}
		},
		"it is not she": func(t *testing.T, w *bottest.World) { w.Taps("telegram", "Это не я") },
	} {
		t.Run(name, func(t *testing.T) {
			w := bottest.New(t, bottest.SQLite(t), "a")
			provenAndTyped(t, w, "Анна Петрова")
			code := codeIn(t, w, "telegram")
			spoil(t, w)
			w.Says("vk", code)
			if same(t, w, "telegram", "vk") {
				t.Error("the code was still good")
			}
		})
	}
}

func TestWhoProvesAPhoneThatAnotherTypedIsSentNoSecretOfTheirs(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "vk")
		typesPhone(w, "vk", "Анна Петрова", annasPhone)
		agrees(w, "telegram")
		rename(t, w, "telegram", "Анна Петрова")
		told := len(w.Phones.Told("vk"))
		shares(t, w, "telegram", annasPhone, true)
		w.Says("telegram", "настройки")
		w.Taps("telegram", "Связать с другим чатом")
		if got := w.Phones.Told("vk"); same(t, w, "telegram", "vk") || len(got) != told {
			t.Fatalf("what was typed in vk was taken for proven; it is told %v", texts(got[told:]))
		}
		w.Says("vk", codeIn(t, w, "telegram"))
		if !same(t, w, "telegram", "vk") || !heardAny(w, "vk", "Узнал вас") {
			t.Errorf("not joined: %s", w.Phones.Last("vk"))
		}
	})
}

func TestTwoWhoOnlyTypedOnePhoneAreNobodyToEachOther(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	agrees(w, "web")
	typesPhone(w, "web", "Анна Петрова", annasPhone)
	agrees(w, "vk")
	typesPhone(w, "vk", "Анна Петрова", annasPhone)
	if same(t, w, "web", "vk") || heardAny(w, "web", "впишите") || heardAny(w, "vk", "код") {
		t.Error("one heard of the other")
	}
}

func TestATalkGoesOnInTheOtherChat(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "telegram")
		rename(t, w, "telegram", "Анна Петрова")
		shares(t, w, "telegram", annasPhone, true)
		w.Says("telegram", "записаться")
		w.Taps("telegram", "Знаю услугу")
		w.Says("telegram", "отбеливание")
		open := newest(w, "telegram")
		agrees(w, "whatsapp")
		owns(t, w, "whatsapp", annasPhone, "/start")
		if !heardAny(w, "whatsapp", "Вы остановились в другом чате") {
			t.Fatalf("not asked: %v", texts(w.Phones.Told("whatsapp")))
		}
		w.Taps("whatsapp", "Продолжить здесь")
		if got := newest(w, "whatsapp"); got.Text != open.Text || len(got.Choices) != len(open.Choices) {
			t.Errorf("goes on with %q, was %q", got.Text, open.Text)
		}
		if !heardAny(w, "telegram", "Продолжаем в другом чате") {
			t.Error("the first chat was told nothing")
		}
		closed := false
		for _, m := range w.Phones.Told("telegram") {
			closed = closed || m.Closes == open.Key
		}
		if !closed {
			t.Error("its buttons are open")
		}
		w.Taps("whatsapp", open.Choices[0].Label)
		if newest(w, "whatsapp").Text == open.Text {
			t.Error("the moved question takes no answer")
		}
	})
}

func TestWhoBeginsAnewLeavesTheOtherChat(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	agrees(w, "telegram")
	rename(t, w, "telegram", "Анна Петрова")
	shares(t, w, "telegram", annasPhone, true)
	w.Says("telegram", "записаться")
	w.Taps("telegram", "Знаю услугу")
	w.Says("telegram", "отбеливание")
	agrees(w, "whatsapp")
	owns(t, w, "whatsapp", annasPhone, "/start")
	w.Taps("whatsapp", "Начать заново")
	if got := newest(w, "whatsapp").Text; !strings.Contains(got, "Чем помочь") {
		t.Errorf("begins with %q", got)
	}
	read(t, w, func(tx store.Tx) error {
		rows, err := tx.Conversations(t.Context(), []string{contact(t, w, "telegram").ID})
		if err != nil {
			return err
		}
		talk, err := dialogs.DecodeConversation(rows[0].State)
		if len(talk.Tasks) > 0 {
			t.Errorf("still open there: %d", len(talk.Tasks))
		}
		return err
	})
}

func TestTheClinicsOwnWordsAreAHumans(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		told := len(w.Phones.Told("anna"))
		m := w.Write("anna", "Анна, это Мария из клиники")
		m.Clinic = true
		send(t, w, m)
		w.Says("anna", "отбеливание")
		if got := w.Phones.Told("anna"); len(got) != told {
			t.Errorf("the bot spoke: %v", texts(got[told:]))
		}
		lines := history(t, w, "anna")
		said := lines[len(lines)-2]
		if said.Incoming || said.Author == "" || !strings.Contains(string(said.Payload), "Мария") || said.State != "sent" {
			t.Errorf("the line is %+v", said)
		}
	})
}

func TestWhoDeniesAndAllowsIsBlockedAndNot(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	agrees(w, "anna")
	for _, c := range []struct {
		permit  channels.Permit
		text    string
		blocked bool
	}{{channels.Denied, "", true}, {channels.Allowed, "", false}, {channels.Denied, "", true}, {"", "меню", false}} {
		m := w.Write("anna", c.text)
		m.Permit = c.permit
		send(t, w, m)
		if got := !contact(t, w, "anna").BlockedAt.IsZero(); got != c.blocked {
			t.Errorf("%q %q: blocked %t", c.permit, c.text, got)
		}
	}
}

func TestWhenAPersonWroteLastIsKnownToTheHour(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	agrees(w, "anna")
	if at := contact(t, w, "anna").HeardAt; !at.Equal(bottest.Monday.Truncate(time.Hour)) {
		t.Errorf("heard at %v", at)
	}
	w.Clock.Advance(3 * time.Hour)
	w.Says("anna", "меню")
	if at := contact(t, w, "anna").HeardAt; !at.Equal(bottest.Monday.Add(3 * time.Hour).Truncate(time.Hour)) {
		t.Errorf("heard at %v", at)
	}
}
