package vktest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/events"
	"github.com/SevereCloud/vksdk/v2/object"
)

// waiting is all that waits for the bot since ts, in one line each.
func waiting(t *testing.T, s *vktest.Server, server, key, ts string) (lines []string) {
	t.Helper()
	for _, u := range poll(t, server, key, ts, 0).Updates {
		lines = append(lines, strings.TrimSpace(u.Type+" "+line(t, u.Type, u.Object)))
	}
	return lines
}

func line(t *testing.T, kind string, raw json.RawMessage) string {
	t.Helper()
	var m object.MessagesMessage
	switch kind {
	case "message_event":
		var e events.MessageEventObject
		must(t, json.Unmarshal(raw, &e))
		return string(e.Payload)
	case "message_new":
		var e events.MessageNewObject
		must(t, json.Unmarshal(raw, &e))
		m = e.Message
	default:
		must(t, json.Unmarshal(raw, &m))
	}
	pieces := []string{m.Text}
	for _, a := range m.Attachments {
		pieces = append(pieces, "["+a.Type+"]")
	}
	for _, f := range m.FwdMessages {
		pieces = append(pieces, "<"+f.Text+">")
		for _, inner := range f.FwdMessages {
			pieces = append(pieces, "<<"+inner.Text+">>")
		}
	}
	if m.ReplyMessage != nil {
		pieces = append(pieces, "→"+m.ReplyMessage.Text)
	}
	if m.Geo.Type != "" {
		pieces = append(pieces, "[geo]")
	}
	if m.Payload != "" {
		pieces = append(pieces, m.Payload)
	}
	if m.Ref != "" {
		pieces = append(pieces, m.Ref+"/"+m.RefSource)
	}
	if m.AdminAuthorID != 0 {
		pieces = append(pieces, "(administrator)")
	}
	if m.PeerID != m.FromID && m.PeerID > 2_000_000_000 {
		pieces = append(pieces, "(group)")
	}
	return strings.Join(slices.DeleteFunc(pieces, func(s string) bool { return s == "" }), " ")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Everything that people do, as the real client's types read it.
func TestWhatPeopleDo(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	subscribe(t, s)
	server, key, ts := place(t, s)
	p := s.Person(vktest.User{})
	said := p.StartBy("ad7", "vk_target")
	if _, err := p.Edit(said.Message, "Поехали"); err != nil {
		t.Error(err)
	}
	if _, err := p.Edit(said.Message+100, "чужое"); err == nil {
		t.Error("somebody else's message was edited")
	}
	p.Reply(said.Message, "да")
	inner := p.Messages()[1]
	p.Forward("", vktest.Message{Text: "раз", Forwarded: []vktest.Message{inner}})
	p.SendPhoto([]byte("jpeg"), "щека")
	p.SendDocument("анализ.pdf", []byte("pdf"), "")
	p.SendVoice([]byte("ogg"))
	p.SendSticker(9012)
	p.ShareLocation(55.7, 37.6)
	p.PressData(1, `{"a":1}`)
	p.PressData(1, `не наше`)
	p.Deny()
	p.Allow("widget")
	s.Admin().ReplyTo(p, "Здравствуйте, это Вера")
	s.Group().Member(p).Write("всем привет")
	want := []string{
		`message_new Начать {"command":"start"} ad7/vk_target`, `message_edit Поехали {"command":"start"} ad7/vk_target`, "message_new да →Поехали",
		"message_new <раз> <<да>>", "message_new щека [photo]", "message_new [doc]", "message_new [audio_message]", "message_new [sticker]",
		"message_new [geo]", `message_event {"a":1}`, `message_event "не наше"`, "message_deny", "message_allow",
		"message_reply Здравствуйте, это Вера (administrator)", "message_new всем привет (group)",
	}
	if got := waiting(t, s, server, key, ts); !slices.Equal(got, want) {
		t.Errorf("the bot gets\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if p.Phone() == "" || len(p.Shown()) != 0 {
		t.Errorf("shown %q: an administrator is no bot", p.Shown())
	}
}

// keys is a keyboard of each kind of button.
func keys(inline bool) string {
	k := object.NewMessagesKeyboard(object.BaseBoolInt(!inline))
	k.Inline = object.BaseBoolInt(inline)
	k.AddRow()
	k.AddTextButton("Записаться", map[string]int{"n": 1}, "primary")
	k.AddCallbackButton("Перенести", map[string]int{"n": 2}, "secondary")
	k.AddRow()
	k.AddOpenLinkButton("https://example.com", "Сайт", "")
	k.AddRow()
	k.AddLocationButton(map[string]int{"n": 4})
	return k.ToJSON()
}

// Each kind of button does what it does; with an old client a callback button only says that it cannot.
func TestEveryKindOfButton(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	subscribe(t, s)
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	_, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": "Что?", "random_id": 0, "keyboard": keys(true)})
	must(t, err)
	asked := read(t, p.Seat, "Что?")
	server, key, ts := place(t, s)
	for k := range 4 {
		_, err := p.PressAt(asked, k)
		if opens := k == 2; opens != (err != nil) {
			t.Errorf("button %d: %v", k, err)
		}
	}
	if _, err := p.PressAt(asked, 4); err == nil {
		t.Error("a button was pressed that is not there")
	}
	p.UseOldClient()
	_, err = p.PressAt(asked, 1)
	must(t, err)
	want := []string{`message_new Записаться {"n":1}`, `message_event {"n":2}`, `message_new [geo] {"n":4}`,
		`message_new Перенести {"button_type":"callback","command":"not_supported_button","payload":"{\"n\":2}"}`}
	if got := waiting(t, s, server, key, ts); !slices.Equal(got, want) {
		t.Errorf("the bot gets\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A keyboard in place of the person's own stands until it is used, if for once, or taken away.
func TestTheKeyboardThatStands(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	send := func(keyboard string) vktest.Message {
		_, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": "Что?", "random_id": 0, "keyboard": keyboard})
		must(t, err)
		return read(t, p.Seat, "Что?")
	}
	once := send(keys(false))
	send(keys(true))
	if k := p.Keyboard(); k == nil || !k.OneTime || len(k.Rows) != 3 {
		t.Errorf("under an inline one stands %+v", k)
	}
	_, err := p.PressAt(once, 0)
	must(t, err)
	if k := p.Keyboard(); k != nil {
		t.Errorf("used it still stands: %+v", k)
	}
	send(strings.Replace(keys(false), `"one_time":true`, `"one_time":false`, 1))
	send(`{"buttons":[]}`)
	if k := p.Keyboard(); k != nil {
		t.Errorf("taken away it still stands: %+v", k)
	}
}

// A carousel's buttons are pressed like all others.
func TestACarousel(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	button := `{"action":{"type":"callback","label":"Выбрать","payload":"7"}}`
	_, err := vk.MessagesSend(api.Params{"peer_id": p.ChatID(), "message": "Врачи", "random_id": 0, "template": `{"type":"carousel","elements":[
		{"title":"Ирина","description":"Терапевт","buttons":[` + button + `]},{"title":"Пётр","description":"Хирург","buttons":[` + button + `]}]}`})
	must(t, err)
	m := read(t, p.Seat, "Хирург")
	if !slices.Equal(m.Labels(), []string{"Выбрать", "Выбрать"}) {
		t.Errorf("labels %q", m.Labels())
	}
	if sent, err := p.Press(m, "Выбрать"); err != nil || sent.Query == "" {
		t.Errorf("pressed %+v, %v", sent, err)
	}
}

func TestAGroup(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, g := client(s), s.Group()
	desk := g.Member(s.Person(vktest.User{}))
	send := func() (int, error) {
		return vk.MessagesSend(api.Params{"peer_id": g.ID(), "message": "Новая запись", "random_id": 0})
	}
	if id, err := send(); err != nil || id != 0 {
		t.Errorf("message %d, %v", id, err)
	}
	if m := read(t, desk, "Новая запись"); m.CMID != 1 || m.Peer != g.ID() {
		t.Errorf("shown %+v", m)
	}
	g.Remove()
	if _, err := send(); code(err) != 917 {
		t.Errorf("thrown out: %v", err)
	}
	g.Add()
	if _, err := send(); err != nil {
		t.Error(err)
	}
}

func TestTypingAndReadingAndNames(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{First: "Ольга", Last: "Коваленко"})
	said := p.Start()
	_, err := vk.MessagesSetActivity(api.Params{"peer_id": p.ChatID(), "type": "typing", "group_id": s.GroupID()})
	must(t, err)
	_, err = vk.MessagesMarkAsRead(api.Params{"peer_id": p.ChatID(), "mark_conversation_as_read": 1})
	must(t, err)
	if p.Typing() != 1 || p.Read() != said.Message {
		t.Errorf("typing %d, read %d", p.Typing(), p.Read())
	}
	users, err := vk.UsersGet(api.Params{"user_ids": []int64{p.ChatID(), 5}, "fields": "domain"})
	if err != nil || len(users) != 1 || users[0].FirstName != "Ольга" || users[0].LastName != "Коваленко" || users[0].Domain == "" {
		t.Errorf("users %+v, %v", users, err)
	}
	groups, err := vk.GroupsGetByID(nil)
	if err != nil || len(groups) != 1 || int64(groups[0].ID) != s.GroupID() {
		t.Errorf("groups %+v, %v", groups, err)
	}
}
