package vk_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"careline/channels"
	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

func TestAPersonWrites(t *testing.T) {
	for name, change := range map[string]func(*vk.Options){"by polling": func(*vk.Options) {}, "by callbacks": hooked} {
		t.Run(name, func(t *testing.T) {
			s := open(t, change)
			p := s.server.Person(vktest.User{First: "Ольга", Last: "Смирнова"})
			p.StartBy("autumn", "banner")
			first := p.Write("Болит зуб")
			p.Reply(first.Message, "уже меньше")
			if _, err := p.Edit(first.Message, "Болит щека"); err != nil {
				t.Fatal(err)
			}
			got := s.hears(t, 4)
			if got[0].Text != "/start" || got[0].Source != "autumn" {
				t.Errorf("the first words came as %+v", got[0])
			}
			if m := got[1]; m.Text != "Болит зуб" || m.From != address(p.Seat) || m.Profile != (channels.Profile{Name: "Ольга", Language: "ru"}) || m.At.IsZero() {
				t.Errorf("a text came as %+v", m)
			}
			if got[2].ReplyTo != strconv.FormatInt(first.Message, 10) {
				t.Errorf("an answer came as %+v", got[2])
			}
			if m := got[3]; !m.Edited || m.Text != "Болит щека" || m.ID == got[1].ID {
				t.Errorf("an edit came as %+v", m)
			}
		})
	}
}

func TestWordsAreHeardAsTheyWereTyped(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	const typed = `"жар" <38 & сыпь, не &lt;38`
	p.Write(typed)
	if got := s.hears(t, 1)[0].Text; got != typed {
		t.Errorf("heard %q", got)
	}
}

func TestAPersonSaysWhetherWeMayWrite(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.Allow("site_widget")
	p.Deny()
	got := s.hears(t, 2)
	if got[0].Permit != channels.Allowed || got[0].Source != "site_widget" || got[1].Permit != channels.Denied || got[0].From != address(p.Seat) {
		t.Errorf("came as %+v", got)
	}
}

func TestSomebodyOfTheClinicWrites(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	p.Write("Есть кто живой?")
	s.send(t, p.Seat, channels.Outgoing{Key: "ours", Text: "Здравствуйте, я бот"})
	s.server.Admin().ReplyTo(p, "Сейчас подойду")
	got := s.hears(t, 2)
	if m := got[1]; !m.Clinic || m.Text != "Сейчас подойду" || m.From != address(p.Seat) || m.Profile.Name != "" {
		t.Errorf("came as %+v", m)
	}
}

func TestAPersonSendsThings(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	other := s.server.Person(vktest.User{First: "Муж"})
	alien := other.Write("Запиши меня завтра")
	p.SendPhoto(pixel, "вот")
	p.SendDocument("снимок.pdf", []byte("%PDF"), "")
	p.SendVoice([]byte("OggS"))
	p.SendSticker(9)
	p.ShareLocation(55.75, 37.61)
	p.Forward("что ответить?", other.Messages()[0])
	p.Forward("", other.Messages()[0])
	got := s.hears(t, 8)[1:]
	for i, want := range []struct {
		text, other string
		kind        channels.FileKind
		name        string
	}{
		{"вот", "", channels.Photo, "photo.jpg"}, {"", "", channels.Document, "снимок.pdf"}, {"", "", channels.Voice, "voice.ogg"}, {"", "sticker", "", ""}, {},
		{"что ответить?", "forwarded", "", ""}, {"", "forwarded", "", ""},
	} {
		m := got[i]
		if m.Text != want.text || m.Other != want.other || (len(m.Files) > 0) != (want.kind != "") {
			t.Errorf("message %d after %v came as %+v", i, alien, m)
			continue
		}
		if want.kind != "" && (m.Files[0].Kind != want.kind || m.Files[0].Name != want.name || m.Files[0].Ref == "") {
			t.Errorf("message %d has the file %+v", i, m.Files[0])
		}
	}
	if got[4].Place == nil || got[4].Place.Latitude != 55.75 {
		t.Errorf("the place came as %+v", got[4])
	}
}

func TestAPersonsFileGoesOnByItsName(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	doctor := s.server.Person(vktest.User{First: "Врач"})
	doctor.Allow("")
	p.SendDocument("снимок.pdf", []byte("%PDF"), "")
	file := s.hears(t, 2)[1].Files[0]
	s.send(t, doctor.Seat, channels.Outgoing{Key: "k", Text: "От пациента", Files: []channels.File{file}})
	if m := doctor.Messages()[0]; len(m.Attachments) != 1 || m.Attachments[0].Doc == nil || m.Text != "От пациента" {
		t.Errorf("it went on as %+v", m)
	}
}

func TestWhatIsNotForUsIsLeft(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{})
	s.server.Group().Member(p).Write("в беседе")
	for _, raw := range []string{
		`{"type":"message_new","object":{"message":{"from_id":-7,"peer_id":-7,"text":"от сообщества"}}}`,
		`{"type":"message_new","object":{"message":{"from_id":7,"peer_id":8,"text":"от чужого имени"}}}`,
		`{"type":"message_new","object":[]}`, `{"type":"message_new","object":{"message":"слова"}}`,
		`{"type":"message_event","object":{"user_id":5,"peer_id":2000000001,"event_id":"x","payload":{"careline":"a"}}}`,
		`{"type":"message_event","object":{"user_id":5,"peer_id":5,"event_id":"x","payload":{"button":"другой программы"}}}`,
		`{"type":"message_allow","object":{"user_id":-1}}`, `{"type":"wall_post_new","object":{}}`, `{"type":"wall_post_new","object":{}}`,
		fmt.Sprintf(`{"type":"message_edit","object":{"from_id":-%d,"peer_id":7,"text":"наше же"}}`, s.server.GroupID()),
	} {
		if _, err := s.server.Inject(raw); err != nil {
			t.Fatal(err)
		}
	}
	p.Write("лично")
	if got := s.hears(t, 1); got[0].Text != "лично" {
		t.Errorf("heard %+v", got)
	}
	if !s.log.holds("kind=wall_post_new") {
		t.Error("nobody is told of an event that is not asked for")
	}
}

func TestOddMessagesAreHeard(t *testing.T) {
	s := open(t)
	for i, raw := range []string{
		`"text":"старая версия"`, `"text":12,"attachments":[{"type":"wall","wall":{"text":"чужая стена"}}]`, `"attachments":[{"type":"market"}]`,
		`"attachments":[{"type":"video","video":{"id":1,"owner_id":-5,"access_key":"k"}}]`, `"payload":"{\"other\":\"bot\"}","text":"Меню"`,
		`"payload":"не json","text":"Меню"`, `"date":"вчера"`, `"attachments":[{"type":"photo","photo":{"id":"x"}}],"text":"рука"`,
	} {
		object := fmt.Sprintf(`{"message":{"from_id":7,"peer_id":7,"conversation_message_id":%d,%s}}`, i+1, raw)
		if i == 0 {
			object = `{"from_id":7,"peer_id":7,"text":"старая версия"}`
		}
		if _, err := s.server.Inject(`{"type":"message_new","object":` + object + `}`); err != nil {
			t.Fatal(err)
		}
	}
	var told []string
	for _, m := range s.hears(t, 8) {
		text := m.Text + "/" + m.Other + "/" + m.Choice
		for _, f := range m.Files {
			text += f.Ref
		}
		told = append(told, text)
	}
	want := []string{"старая версия//", "/wall/", "/market/", "//video-5_1_k#4", "Меню//", "Меню//", "/unknown/", "рука//photo0_0#8"}
	if !slices.Equal(told, want) {
		t.Errorf("heard %q, want %q", told, want)
	}
}

func TestNamesAreAskedForOnce(t *testing.T) {
	s := open(t)
	p := s.server.Person(vktest.User{First: "Пётр"})
	p.Write("раз")
	s.hears(t, 1)
	p.Write("два")
	s.hears(t, 2)
	if n := len(s.server.Calls("users.get")); n != 1 {
		t.Errorf("asked %d times", n)
	}
	s.server.FailNext("users.get", 1, vktest.ServerError)
	q := s.server.Person(vktest.User{First: "Нина"})
	q.Write("без имени")
	if got := s.hears(t, 3)[2]; got.Text != "без имени" || got.Profile.Name != "" {
		t.Errorf("heard %+v", got)
	}
}
