package telegram_test

import (
	"fmt"
	"strings"
	"testing"

	"careline/channels"
	"careline/channels/telegram/telegramtest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What each kind of message becomes; the piece is what is special in it.
func TestEveryKindOfMessageArrives(t *testing.T) {
	for name, c := range map[string]struct {
		piece string
		want  channels.Incoming
	}{
		"text":                    {`"text":" Болит <зуб> & дёсны\u0000 "`, channels.Incoming{Text: "Болит <зуб> & дёсны"}},
		"start":                   {`"text":"/start"`, channels.Incoming{Text: "/start"}},
		"deep link":               {`"text":"/start vk_ad-7"`, channels.Incoming{Text: "/start", Source: "vk_ad-7"}},
		"deep link of garbage":    {`"text":"/start ';DROP TABLE--"`, channels.Incoming{Text: "/start"}},
		"deep link too long":      {`"text":"/start ` + strings.Repeat("a", 65) + `"`, channels.Incoming{Text: "/start"}},
		"command with words":      {`"text":"/visits завтра"`, channels.Incoming{Text: "/visits завтра"}},
		"command with our name":   {`"text":"/visits@careline_test_bot"`, channels.Incoming{Text: "/visits"}},
		"reply":                   {`"text":"да","reply_to_message":{"message_id":55,"date":1,"chat":{"id":1,"type":"private"}}`, channels.Incoming{Text: "да", ReplyTo: "55"}},
		"own number":              {`"contact":{"phone_number":"+79990001122","first_name":"Анна","user_id":42}`, channels.Incoming{Shared: &channels.Shared{Phone: "+79990001122", Name: "Анна", Own: true}}},
		"somebody's number":       {`"contact":{"phone_number":"+79990001122","first_name":"Пётр","last_name":"Ли","user_id":43}`, channels.Incoming{Shared: &channels.Shared{Phone: "+79990001122", Name: "Пётр Ли"}}},
		"number of nobody":        {`"contact":{"phone_number":"112","first_name":"Скорая"}`, channels.Incoming{Shared: &channels.Shared{Phone: "112", Name: "Скорая"}}},
		"place":                   {`"location":{"latitude":55.5,"longitude":37.5}`, channels.Incoming{Place: &channels.Place{Latitude: 55.5, Longitude: 37.5}}},
		"named place":             {`"location":{"latitude":55.5,"longitude":37.5},"venue":{"location":{"latitude":55.5,"longitude":37.5},"title":"Дом","address":"Ленина, 1"}`, channels.Incoming{Place: &channels.Place{Latitude: 55.5, Longitude: 37.5, Title: "Дом", Address: "Ленина, 1"}}},
		"photo, the largest":      {`"caption":"вот","photo":[{"file_id":"s","width":90,"height":90,"file_size":1},{"file_id":"l","width":900,"height":900,"file_size":9000},{"file_id":"m","width":300,"height":300,"file_size":3}]`, channels.Incoming{Text: "вот", Files: []channels.File{{Kind: channels.Photo, Name: "photo.jpg", MIME: "image/jpeg", Size: 9000, Ref: "l"}}}},
		"document":                {`"document":{"file_id":"d","file_name":"снимок.pdf","mime_type":"application/pdf","file_size":7}`, channels.Incoming{Files: []channels.File{{Kind: channels.Document, Name: "снимок.pdf", MIME: "application/pdf", Size: 7, Ref: "d"}}}},
		"voice":                   {`"voice":{"file_id":"v","duration":3,"mime_type":"audio/ogg","file_size":8}`, channels.Incoming{Files: []channels.File{{Kind: channels.Voice, Name: "voice.ogg", MIME: "audio/ogg", Size: 8, Ref: "v"}}}},
		"video":                   {`"video":{"file_id":"w","width":1,"height":1,"duration":3,"mime_type":"video/mp4","file_size":8}`, channels.Incoming{Files: []channels.File{{Kind: channels.Video, Name: "video.mp4", MIME: "video/mp4", Size: 8, Ref: "w"}}}},
		"audio":                   {`"audio":{"file_id":"a","duration":3,"mime_type":"audio/mpeg","file_size":8}`, channels.Incoming{Files: []channels.File{{Kind: channels.Document, Name: "audio.mp3", MIME: "audio/mpeg", Size: 8, Ref: "a"}}}},
		"sticker":                 {`"sticker":{"file_id":"x","type":"regular","width":1,"height":1}`, channels.Incoming{Other: "sticker"}},
		"moving picture":          {`"animation":{"file_id":"g","width":1,"height":1,"duration":1},"document":{"file_id":"g"}`, channels.Incoming{Other: "animation"}},
		"poll":                    {`"poll":{"id":"1","question":"?","options":[],"type":"regular"}`, channels.Incoming{Other: "poll"}},
		"a kind unknown to us":    {`"hologram":{"file_id":"h"}`, channels.Incoming{Other: "unknown"}},
		"a kind nobody can parse": {`"text":"слова","document":["новый вид"]`, channels.Incoming{Text: "слова"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			id := s.inject(t, `{"message":{"message_id":7,"date":1790000000,"from":{"id":42,"first_name":"Анна","last_name":"Ли","language_code":"en-GB"},"chat":{"id":42,"type":"private"},`+c.piece+`}}`)
			got := s.hears(t, 1)[0]
			c.want.From, c.want.ID = channels.Address{Channel: "telegram", Chat: "42"}, fmt.Sprint(id)
			c.want.Profile = channels.Profile{Name: "Анна", Language: "en"}
			if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(channels.Incoming{}, "At")); diff != "" {
				t.Errorf("arrived otherwise (-want +got):\n%s", diff)
			}
			if got.At.Unix() != 1790000000 {
				t.Errorf("it was written at %v", got.At)
			}
		})
	}
}

func (s *stage) inject(t testing.TB, raw string) int64 {
	t.Helper()
	id, err := s.server.Inject(raw)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Nobody is to hear of these, and none of them holds up the word that follows.
func TestWhatIsNoMessageIsPassedOver(t *testing.T) {
	const person, private = `"from":{"id":42,"first_name":"Анна"}`, `"chat":{"id":42,"type":"private"}`
	for name, raw := range map[string]string{
		"post of a channel":        `{"channel_post":{"message_id":1,"date":1,"chat":{"id":-1005,"type":"channel"},"text":"новость"}}`,
		"another bot":              `{"message":{"message_id":1,"date":1,"from":{"id":9,"is_bot":true,"first_name":"Bot"},` + private + `,"text":"привет"}}`,
		"unknown group":            `{"message":{"message_id":1,"date":1,` + person + `,"chat":{"id":-77,"type":"group"},"text":"привет"}}`,
		"press in unknown group":   `{"callback_query":{"id":"1",` + person + `,"data":"x","message":{"message_id":1,"date":1,"chat":{"id":-77,"type":"group"}}}}`,
		"press of an inline note":  `{"callback_query":{"id":"1",` + person + `,"data":"x","inline_message_id":"5"}}`,
		"pinned message":           `{"message":{"message_id":1,"date":1,` + person + `,` + private + `,"pinned_message":{"message_id":3,"date":1,` + private + `}}}`,
		"moving point":             `{"edited_message":{"message_id":1,"date":1,"edit_date":2,` + person + `,` + private + `,"location":{"latitude":1,"longitude":2}}}`,
		"added to a group":         `{"my_chat_member":{"chat":{"id":-77,"type":"group"},` + person + `,"date":1,"old_chat_member":{"status":"left","user":{"id":1000}},"new_chat_member":{"status":"member","user":{"id":1000}}}}`,
		"a kind newer than we are": `{"telepathy":{"thought":"?"}}`,
		"no JSON for the library":  `{"message":{"message_id":"seven"}}`,
		"nothing at all":           `{}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			p := s.server.Person(telegramtest.User{})
			s.inject(t, raw)
			p.Write("после")
			if got := s.hears(t, 1); got[0].Text != "после" {
				t.Errorf("arrived %+v", got)
			}
			if n := len(s.server.Calls("sendMessage")); n != 0 {
				t.Errorf("%d messages were sent", n)
			}
			for _, theirs := range []string{"новость", "привет", "thought", "Анна"} {
				if s.log.holds(theirs) {
					t.Errorf("the log holds %q", theirs)
				}
			}
		})
	}
}

func TestEditedWordsComeAgainAsEdited(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	sent := p.Write("завтра в 10")
	if _, err := p.Edit(sent.Message, "завтра в 11"); err != nil {
		t.Fatal(err)
	}
	got := s.hears(t, 2)
	if got[0].Edited || !got[1].Edited || got[1].Text != "завтра в 11" || got[0].ID == got[1].ID {
		t.Errorf("arrived %+v", got)
	}
}
