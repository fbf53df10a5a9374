package telegram_test

import (
	"slices"
	"strconv"
	"testing"

	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

// room is the administrators' group, and one of them in it.
func room(t *testing.T) (s *stage, g *telegramtest.Group, admin *telegramtest.Seat) {
	t.Helper()
	s = build(t)
	g = s.server.Group("Администраторы")
	s.options.Rooms = []string{strconv.FormatInt(g.ID(), 10)}
	s.Telegram = s.another(t, s.options)
	return s, g, g.Member(s.server.Person(telegramtest.User{First: "Ирина", Last: "Юн"}))
}

func TestTheAdministratorsAreHeardInTheirGroup(t *testing.T) {
	s, _, admin := room(t)
	s.run(t)
	card := s.send(t, admin, channels.Outgoing{Text: "Новая запись", Choices: choices("Взять", "Закрыть")})
	shown := admin.Messages()[0]
	admin.Reply(shown.ID, "Ждём вас!")
	if _, err := admin.Press(shown, "Взять"); err != nil {
		t.Fatal(err)
	}
	admin.Write("/help@careline_test_bot")
	got := s.hears(t, 3)
	for i, want := range []channels.Incoming{
		{Text: "Ждём вас!", ReplyTo: card.ID}, {Text: "Взять", Choice: "q:Взять"}, {Text: "/help"},
	} {
		want.From, want.Profile = s.address(admin), channels.Profile{Name: "Ирина Юн", Language: "ru"}
		if got[i].Text != want.Text || got[i].ReplyTo != want.ReplyTo || got[i].Choice != want.Choice || got[i].From != want.From || got[i].Profile != want.Profile {
			t.Errorf("arrived %+v, want %+v", got[i], want)
		}
	}
}

func TestAnAdministratorMayWriteInTheNameOfTheGroup(t *testing.T) {
	s, g, _ := room(t)
	s.run(t)
	id := strconv.FormatInt(g.ID(), 10)
	chat := `{"id":` + id + `,"type":"group"}`
	s.inject(t, `{"message":{"message_id":5,"date":1,"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":`+chat+`,"author_signature":"старшая","chat":`+chat+`,"text":"беру"}}`)
	if got := s.hears(t, 1)[0]; got.Text != "беру" || got.Profile.Name != "старшая" {
		t.Errorf("arrived %+v", got)
	}
}

// The group becomes a supergroup while we listen, while we are away, or behind our back.
func TestAGroupThatMovedIsStillTheRoom(t *testing.T) {
	for name, tell := range map[string]func(*testing.T, *stage, *telegramtest.Group){
		"while we listen": func(t *testing.T, s *stage, g *telegramtest.Group) {
			s.run(t)
			g.Migrate()
			await(t, "the news", func() bool { return s.log.holds("supergroup") })
		},
		"while we are away": func(t *testing.T, s *stage, g *telegramtest.Group) {
			g.Migrate()
			s.call(t, "getUpdates", `{"offset":-1}`)
			s.call(t, "getUpdates", `{"offset":999999999}`) // the news is lost
			s.run(t)
		},
		"as a send tells": func(_ *testing.T, _ *stage, g *telegramtest.Group) { g.Migrate() },
	} {
		t.Run(name, func(t *testing.T) {
			s, g, admin := room(t)
			settings := s.address(admin)
			tell(t, s, g)
			if _, err := s.Send(t.Context(), settings, channels.Outgoing{Text: "Новая запись"}); err != nil {
				t.Fatal(err)
			}
			if got := admin.Shown(); !slices.Equal(got, []string{"Новая запись"}) {
				t.Errorf("shown %q", got)
			}
			if s.ended == nil {
				s.send(t, admin, channels.Outgoing{Text: "Ещё одна"})
				if calls := s.server.Calls("sendMessage"); len(calls) != 3 || !s.log.holds("careline.yaml") {
					t.Errorf("what the send told is forgotten: %v", calls)
				}
				s.run(t)
			}
			admin.Reply(admin.Messages()[0].ID, "беру")
			await(t, "the answer", func() bool { return len(s.clinic.stored()) == 1 })
			if got := s.clinic.stored()[0]; got.From != settings {
				t.Errorf("it came from %+v, want %+v", got.From, settings)
			}
			if !s.log.holds("careline.yaml") {
				t.Error("nobody is told to change the settings")
			}
		})
	}
}

func TestARoomThatTheBotIsNotInIsTold(t *testing.T) {
	s, g, admin := room(t)
	g.Remove(s.server.Person(telegramtest.User{}))
	s.run(t)
	await(t, "the news", func() bool { return s.log.holds("add the bot to it") })
	if failed := s.fails(t, admin, channels.Outgoing{Text: "Новая запись"}); failed.Kind != channels.Blocked {
		t.Errorf("a message to it says %v", failed)
	}
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
}

// Patients do not wait for what Telegram says of the administrators' group.
func TestAGroupThatCannotBeAskedAboutHoldsUpNobody(t *testing.T) {
	s, _, _ := room(t)
	s.server.FailNext("getChat", 1_000_000, telegramtest.HTML)
	s.run(t)
	s.server.Person(telegramtest.User{}).Write("болит зуб")
	s.hears(t, 1)
}

func TestWhoSetsUpARoomIsToldItsID(t *testing.T) {
	s := open(t)
	g := s.server.Group("Администраторы")
	p := s.server.Person(telegramtest.User{})
	g.Remove(p)
	g.Add(p)
	await(t, "the id", func() bool { return s.log.holds("chat=" + strconv.FormatInt(g.ID(), 10)) })
	if len(s.clinic.stored()) != 0 || len(s.server.Calls("sendMessage")) != 0 {
		t.Error("an unknown group is spoken with")
	}
}

func TestTheMenuIsWrittenInEachLanguage(t *testing.T) {
	s := build(t, func(o *telegram.Options) {
		o.Languages = []string{"ru", "en"}
		o.Menu = map[string][]telegram.Command{"ru": {{"visits", "Мои записи"}, {"operator", "Администратор"}}, "en": {{"visits", "My visits"}}}
	})
	s.server.FailNext("setMyCommands", 1, telegramtest.HTML)
	s.run(t)
	const scope = "@all_private_chats"
	await(t, "the menus", func() bool { return len(s.server.Commands("en"+scope)) == 1 })
	for language, want := range map[string]int{"": 2, "ru": 2, "en": 1} {
		if got := s.server.Commands(language + scope); len(got) != want {
			t.Errorf("the menu in %q is %v", language, got)
		}
	}
}
