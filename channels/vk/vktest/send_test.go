package vktest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
)

// code is VK's error code of what the client made of it.
func code(err error) int {
	var e *api.Error
	if errors.As(err, &e) {
		return int(e.Code)
	}
	return 0
}

// A message under a random_id that was there before is the message of before, for this peer.
func TestRandomIDKeepsAMessageFromComingTwice(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p, q := client(s), s.Person(vktest.User{}), s.Person(vktest.User{})
	p.Start()
	q.Start()
	send := func(to *vktest.Person, random int) int {
		id, err := vk.MessagesSend(api.Params{"peer_id": to.ChatID(), "message": "Здравствуйте", "random_id": random})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := send(p, 77)
	if again := send(p, 77); again != first {
		t.Errorf("sent again it is %d, was %d", again, first)
	}
	if other := send(q, 77); other == first {
		t.Error("another person got none")
	}
	send(p, 0)
	send(p, 0)
	if n := len(p.Shown()); n != 3 {
		t.Errorf("shown %d messages, want one of 77 and two of 0", n)
	}
	if n := s.Counts()["repeat"]; n != 1 {
		t.Errorf("%d repeats", n)
	}
}

// With peer_ids each has its own answer, whose error has names of its own.
func TestOneMessageToSeveralPeople(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p, stranger := client(s), s.Person(vktest.User{}), s.Person(vktest.User{})
	p.Start()
	all, err := vk.MessagesSendPeerIDs(api.Params{"peer_ids": []int64{p.ChatID(), stranger.ChatID()}, "message": "Здравствуйте", "random_id": 5})
	if err != nil || len(all) != 2 || all[0].ConversationMessageID != 2 || all[0].MessageID == 0 || all[1].MessageID != 0 {
		t.Errorf("answered %+v, %v", all, err)
	}
	raw, err := vk.Request("messages.send", api.Params{"peer_ids": stranger.ChatID(), "message": "Ау", "random_id": 6})
	if want := fmt.Sprintf(`"error":{"code":901,"description":"Can't send messages for users without permission (%d)"}`, stranger.ChatID()); err != nil || !strings.Contains(string(raw), want) {
		t.Errorf("answered %s, %v", raw, err)
	}
	if n := s.Counts()["code:901"]; n != 2 {
		t.Errorf("%d refusals were counted", n)
	}
}

func row(n int, button string) string {
	return "[" + strings.TrimSuffix(strings.Repeat(button+",", n), ",") + "]"
}

func rows(n int, row string, more string) string {
	return `{"buttons":[` + strings.TrimSuffix(strings.Repeat(row+",", n), ",") + `]` + more + `}`
}

func TestWhatIsRefused(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	const inline = `,"inline":true`
	button := `{"action":{"type":"text","label":"Да","payload":"{}"}}`
	labelled := func(label, payload string) string {
		return `{"action":{"type":"callback","label":` + text(t, label) + `,"payload":` + text(t, payload) + `}}`
	}
	card := `{"title":"Ирина","description":"Терапевт","buttons":[` + button + `]}`
	cards := func(list string) string { return `{"type":"carousel","elements":[` + list + `]}` }
	ten := strings.TrimSuffix(strings.Repeat(card+",", 10), ",")
	for _, c := range []struct {
		name, field, value string
		code               int
		reason             string
	}{
		{"as it should be", "keyboard", rows(8, row(5, button), ""), 0, ""},
		{"an inline one", "keyboard", rows(2, row(5, button), inline), 0, ""},
		{"nothing", "keyboard", `{"buttons":[]}`, 0, ""},
		{"a long row", "keyboard", rows(1, row(6, button), ""), 911, "row 0 contains too much buttons"},
		{"many rows", "keyboard", rows(11, row(1, button), ""), 911, "too much rows"},
		{"many buttons", "keyboard", rows(9, row(5, button), ""), 911, "keyboard contains too much buttons"},
		{"many inline rows", "keyboard", rows(7, row(1, button), inline), 911, "too much rows"},
		{"many inline buttons", "keyboard", rows(4, row(3, button), inline), 911, "keyboard contains too much buttons"},
		{"inline for once", "keyboard", rows(1, row(1, button), inline+`,"one_time":true`), 911, "one_time"},
		{"a long label", "keyboard", rows(1, row(1, labelled(strings.Repeat("я", 41), "{}")), inline), 911, "label is too long"},
		{"a label of just that", "keyboard", rows(1, row(1, labelled(strings.Repeat("я", 40), "{}")), inline), 0, ""},
		{"no label", "keyboard", rows(1, row(1, labelled("", "{}")), inline), 911, "has no label"},
		{"a long payload", "keyboard", rows(1, row(1, labelled("Да", `"`+strings.Repeat("x", 254)+`"`)), inline), 911, "payload is too long"},
		{"a payload that is no JSON", "keyboard", rows(1, row(1, labelled("Да", `{`)), inline), 911, "not a valid json"},
		{"a link to nowhere", "keyboard", rows(1, `[{"action":{"type":"open_link","label":"Сайт","link":"{site}"}}]`, inline), 911, "invalid link"},
		{"no JSON", "keyboard", `да`, 911, "invalid character"},
		{"inline as a word", "keyboard", `{"inline":"yes","buttons":[]}`, 911, "inline"},
		{"ten cards", "template", cards(ten), 0, ""},
		{"eleven cards", "template", cards(ten + "," + card), 100, "elements count"},
		{"cards of two shapes", "template", cards(card + `,{"title":"Пётр","description":"Хирург","buttons":[` + button + "," + button + `]}`), 100, "differs in structure"},
		{"four buttons", "template", cards(`{"title":"Пётр","description":"Хирург","buttons":` + row(4, button) + `}`), 100, "from 1 to 3 buttons"},
		{"a card of nothing", "template", cards(`{"buttons":` + row(1, button) + `}`), 100, "a photo or a title"},
		{"an unknown photo", "template", cards(`{"photo_id":"-1_2","buttons":` + row(1, button) + `}`), 100, "unknown photo_id"},
		{"a long text", "message", strings.Repeat("я", 4097), 914, "too long"},
		{"a text of just that", "message", strings.Repeat("я", 4096), 0, ""},
		{"smileys count twice", "message", strings.Repeat("😀", 2049), 914, "too long"},
		{"no text", "message", " ", 100, "message is empty"},
		{"a file from elsewhere", "attachment", "doc1_2", 100, "not found"},
		{"no file", "attachment", "cat.jpg", 100, "attachment is invalid"},
		{"a place off the earth", "lat", "91", 100, "lat and long"},
		{"no random_id", "random_id", "", 100, "random_id"},
		{"a random_id that is too big", "random_id", "2147483648", 100, "int32"},
		{"an answer to nothing", "reply_to", "77777", 100, "reply_to"},
		{"somebody unknown", "peer_id", "5", 901, "without permission"},
		{"a group of others", "peer_id", "2000000009", 917, "access to this chat"},
		{"nobody", "peer_id", "", 100, "peer_id"},
	} {
		params := api.Params{"peer_id": p.ChatID(), "message": "Здравствуйте", "random_id": 0}
		params[c.field] = c.value
		_, err := vk.MessagesSend(params)
		if code(err) != c.code || c.code == 0 && err != nil || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestWhoMayBeWrittenTo(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	send := func() int {
		_, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": "Здравствуйте", "random_id": 0})
		return code(err)
	}
	for _, c := range []struct {
		what string
		does func()
		want int
	}{
		{"has never written", func() {}, 901},
		{"allows it", func() { p.Allow("widget") }, 0},
		{"denies it", func() { p.Deny() }, 901},
		{"writes", func() { p.Write("Я передумала") }, 0},
		{"hides", p.Hide, 902},
	} {
		c.does()
		if got := send(); got != c.want {
			t.Errorf("who %s is written to with %d, want %d", c.what, got, c.want)
		}
	}
	if _, err := vk.MessagesIsMessagesFromGroupAllowed(api.Params{"group_id": s.GroupID(), "user_id": p.ChatID()}); err != nil {
		t.Error(err)
	}
}

// A message can be changed and taken back while it is young.
func TestEditAndDelete(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := vktest.Start(t, vktest.Options{Now: func() time.Time { return now }})
	vk, p := client(s), s.Person(vktest.User{})
	said := p.Start()
	send := func(text string) int {
		id, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": text, "random_id": 0, "keyboard": rows(1, row(1, `{"action":{"type":"text","label":"Да"}}`), `,"inline":true`)})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first, second := send("Раз"), send("Два")
	if _, err := vk.MessagesEdit(api.Params{"peer_id": p.ChatID(), "message_id": first, "message": "Раз!"}); err != nil {
		t.Error(err)
	}
	if got := p.Messages()[1]; got.Text != "Раз!" || got.Keyboard != nil || got.New() {
		t.Errorf("edited it is %+v", got)
	}
	if _, err := vk.MessagesEdit(api.Params{"peer_id": p.ChatID(), "cmid": said.Message, "message": "чужое"}); code(err) != 15 {
		t.Errorf("the person's own words were edited: %v", err)
	}
	if done, err := vk.MessagesDelete(api.Params{"message_ids": second, "delete_for_all": 1}); err != nil || done[fmt.Sprint(second)] != 1 {
		t.Errorf("deleted %v, %v", done, err)
	}
	if got := p.Shown(); len(got) != 1 {
		t.Errorf("shown %q", got)
	}
	found, err := vk.MessagesGetByConversationMessageID(api.Params{"peer_id": p.ChatID(), "conversation_message_ids": "1,2,3"})
	if err != nil || found.Count != 2 || found.Items[1].Text != "Раз!" {
		t.Errorf("there are %+v, %v", found, err)
	}
	now = now.Add(25 * time.Hour)
	if _, err := vk.MessagesEdit(api.Params{"peer_id": p.ChatID(), "message_id": first, "message": "Поздно"}); code(err) != 909 {
		t.Errorf("a day later: %v", err)
	}
}

// A press is answered once, within a minute, with words that fit.
func TestAPressIsAnsweredOnce(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := vktest.Start(t, vktest.Options{Now: func() time.Time { return now }})
	vk, p := client(s), s.Person(vktest.User{})
	answer := func(sent vktest.Sent, data string) int {
		_, err := vk.MessagesSendMessageEventAnswer(api.Params{"event_id": sent.Query, "user_id": p.ChatID(), "peer_id": p.ChatID(), "event_data": data})
		return code(err)
	}
	pressed := p.PressData(1, "{}")
	if got := answer(pressed, `{"type":"show_snackbar","text":"`+strings.Repeat("я", 91)+`"}`); got != 100 {
		t.Errorf("too many words: %d", got)
	}
	if first, second := answer(pressed, ""), answer(pressed, ""); first != 0 || second != 100 {
		t.Errorf("answered with %d, then %d", first, second)
	}
	late := p.PressData(1, "{}")
	now = now.Add(61 * time.Second)
	if got := answer(late, ""); got != 100 || s.Spinning() != 1 {
		t.Errorf("too late: %d", got)
	}
}
