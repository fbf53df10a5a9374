package telegram_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
	"careline/channels/wire"
)

// hall is a room that is a forum, and one of the administrators in it.
func hall(t *testing.T, change ...func(*telegram.Options)) (s *stage, g *telegramtest.Group, admin *telegramtest.Seat) {
	t.Helper()
	s = build(t)
	g = s.server.Forum("Администраторы")
	s.options.Rooms, s.options.Memory = []string{strconv.FormatInt(g.ID(), 10)}, wire.NewNotes()
	for _, c := range change {
		c(&s.options)
	}
	s.Telegram = s.another(t, s.options)
	return s, g, g.Member(s.server.Person(telegramtest.User{First: "Ирина", Last: "Юн"}))
}

func about(key, title string) *channels.Topic { return &channels.Topic{Key: key, Title: title} }

func card(key string) channels.Outgoing {
	return channels.Outgoing{Text: "Просят человека", Choices: choices("Беру", "Закрыть"), Topic: about(key, "🙋 Анна П.")}
}

// topics are the titles of those that are there; a closed one has a lock before it.
func topics(g *telegramtest.Group) (all []string) {
	for _, topic := range g.Topics() {
		switch {
		case topic.Deleted:
		case topic.Closed:
			all = append(all, "🔒 "+topic.Title)
		default:
			all = append(all, topic.Title)
		}
	}
	return all
}

func stand(t *testing.T, g *telegramtest.Group, want ...string) {
	t.Helper()
	if got := topics(g); !slices.Equal(got, want) {
		t.Errorf("the topics are %q, want %q", got, want)
	}
}

// A matter has its topic from the first message to the last, and all that is said of it stands there.
func TestAMatterHasATopicUntilItIsClosed(t *testing.T) {
	s, g, admin := hall(t)
	receipt := s.send(t, admin, card("k1"))
	if !receipt.Begun || receipt.Calls != 2 {
		t.Errorf("the first message says %+v, want a topic begun in two calls", receipt)
	}
	s.send(t, admin, channels.Outgoing{Text: "🗓 Новая запись"})
	if again := s.send(t, admin, channels.Outgoing{Text: "💬 Анна: вы здесь?", Topic: about("k1", "🙋 Анна П.")}); again.Begun || again.Spent() != 1 {
		t.Errorf("the second message says %+v", again)
	}
	inside := admin.In(g.Topics()[0].ID)
	if got := inside.Said(); !slices.Equal(got, []string{"Просят человека", "💬 Анна: вы здесь?"}) {
		t.Errorf("the topic reads %q", got)
	}
	if got := admin.Said(); !slices.Equal(got, []string{"🗓 Новая запись"}) {
		t.Errorf("General reads %q", got)
	}
	s.send(t, admin, channels.Outgoing{Redraws: receipt.ID, Choices: choices("✅ Ирина"), Topic: about("k1", "🙋 Анна П. · Ирина")})
	stand(t, g, "🙋 Анна П. · Ирина")
	done := s.send(t, admin, channels.Outgoing{Redraws: receipt.ID, Choices: choices("✔️ Закрыто"), Topic: &channels.Topic{Key: "k1", Title: "✔ Анна П.", Closed: true}})
	stand(t, g, "🔒 ✔ Анна П.")
	if done.Calls != 3 {
		t.Errorf("closing took %d calls, want 3", done.Calls)
	}
	s.send(t, admin, channels.Outgoing{Text: "Это обращение уже закрыто", Topic: &channels.Topic{Key: "k1", Closed: true}})
	s.send(t, admin, channels.Outgoing{Text: "Эта кнопка больше не действует", Topic: about("k2", "")})
	stand(t, g, "🔒 ✔ Анна П.")
	s.Telegram = s.another(t, s.options) // another process remembers
	s.send(t, admin, channels.Outgoing{Text: "Анна пишет снова", Topic: about("k1", "🙋 Анна П.")})
	stand(t, g, "🙋 Анна П.")
	if got := inside.Said(); len(got) != 4 || len(admin.Said()) != 2 {
		t.Errorf("it goes on elsewhere; the topic reads %q", got)
	}
}

// Buttons that only a topic has stand there alone, and what is only for topics is shown nowhere else.
func TestWhatIsForTopicsIsNotShownElsewhere(t *testing.T) {
	s, g, admin := hall(t)
	m := card("k1")
	m.Topic.Choices = choices("Беру", "Передать…", "Закрыть")
	note := channels.Outgoing{Text: "📝 Перезвонит сама", Topic: &channels.Topic{Key: "k1", Title: "🙋 Анна П.", Only: true}}
	s.send(t, admin, m)
	s.send(t, admin, note)
	if got := admin.Messages(); len(got) != 2 || len(got[0].Labels()) != 3 || got[1].Text != note.Text {
		t.Errorf("the topic shows %+v", got)
	}
	g.SetForum(false)
	s.Telegram = s.another(t, s.options)
	s.send(t, admin, m)
	quiet := s.send(t, admin, note)
	if got := admin.Messages()[2:]; len(got) != 1 || len(got[0].Labels()) != 2 || got[0].Thread != 0 {
		t.Errorf("the plain group shows %+v", got)
	}
	if quiet.Spent() != 0 {
		t.Errorf("saying nothing took %d calls", quiet.Spent())
	}
}

// Everything in a topic is said to the patient, but for what answers a colleague.
func TestWhatIsWrittenInATopicCarriesItsKey(t *testing.T) {
	for name, change := range map[string]func(*telegram.Options){"polled": func(*telegram.Options) {}, "brought": hooked} {
		t.Run(name, func(t *testing.T) {
			s, g, admin := hall(t, change)
			s.web.Config.Handler = s.Telegram
			shown := s.send(t, admin, card("k1"))
			s.run(t)
			at := g.Topics()[0].ID
			inside, own := admin.In(at), admin.In(admin.MakeTopic("Отпуска"))
			first := inside.Write("Здравствуйте")
			inside.Reply(inside.Messages()[0].ID, "Слушаю вас")
			inside.Reply(first.Message, "не так строго")
			own.Write("кто в июле?")
			inside.SendPhoto(pixel, "смотрите")
			if _, err := inside.Press(inside.Messages()[0], "Беру"); err != nil {
				t.Fatal(err)
			}
			inside.CloseTopic()
			inside.ReopenTopic()
			own.CloseTopic()
			got := s.hears(t, 8)
			for i, want := range []channels.Incoming{
				{Text: "Здравствуйте", Topic: "k1"}, {Text: "Слушаю вас", Topic: "k1", ReplyTo: shown.ID},
				{Text: "не так строго", ReplyTo: strconv.FormatInt(first.Message, 10)}, {Text: "кто в июле?"},
				{Text: "смотрите", Topic: "k1"}, {Text: "Беру", Topic: "k1"},
				{Topic: "k1", Turned: channels.TopicClosed}, {Topic: "k1", Turned: channels.TopicReopened},
			} {
				if g := got[i]; g.Text != want.Text || g.Topic != want.Topic || g.ReplyTo != want.ReplyTo || g.Turned != want.Turned || g.Profile.Name != "Ирина Юн" {
					t.Errorf("%d: arrived %+v, want %+v", i, g, want)
				}
			}
		})
	}
}

// What somebody does to a topic by hand, behind our back, loses no message.
func TestATopicMayBeDeletedOrClosedByHand(t *testing.T) {
	s, g, admin := hall(t)
	s.send(t, admin, card("k1"))
	words := channels.Outgoing{Text: "💬 Анна: ау", Topic: about("k1", "🙋 Анна П.")}
	admin.In(g.Topics()[0].ID).DeleteTopic()
	if receipt := s.send(t, admin, words); !receipt.Begun {
		t.Error("nobody hears that the topic is another")
	}
	stand(t, g, "🙋 Анна П.")
	inside := admin.In(g.Topics()[1].ID)
	if got := inside.Said(); !slices.Equal(got, []string{words.Text}) {
		t.Errorf("the new topic reads %q", got)
	}
	s.run(t)
	inside.Write("я здесь")
	if got := s.hears(t, 1)[0]; got.Topic != "k1" {
		t.Errorf("the new topic is about %q", got.Topic)
	}
	inside.CloseTopic()
	s.hears(t, 2)
	s.send(t, admin, words)
	last := inside.Messages()[0].ID
	inside.DeleteTopic()
	gone := &channels.Topic{Key: "k1", Title: "✔ Анна П.", Closed: true}
	s.send(t, admin, channels.Outgoing{Redraws: strconv.FormatInt(last, 10), Topic: gone})
	stand(t, g)
}

// The group's owner turns topics on and off, and gives the bot the right and takes it away, while we run.
func TestAGroupMayBecomeAForumAndCeaseToBeOne(t *testing.T) {
	s := build(t)
	g := s.server.Forum("Администраторы")
	owner := s.server.Person(telegramtest.User{First: "Ирина"})
	admin := g.Member(owner)
	g.SetForum(false)
	g.Promote(owner, nil)
	s.options.Rooms = []string{strconv.FormatInt(g.ID(), 10)}
	s.Telegram = s.another(t, s.options)
	s.run(t)
	say := func(text string) {
		s.send(t, admin, channels.Outgoing{Text: text, Topic: about("k1", "🙋 Анна П.")})
	}
	say("в группе")
	g.SetForum(true)
	s.watch.advance(11 * time.Minute)
	say("без права")
	if len(s.Advice()) != 1 || !s.log.holds("Manage topics") {
		t.Errorf("the advice is %q", s.Advice())
	}
	say("и ещё")
	stand(t, g)
	g.Promote(owner, &telegramtest.Rights{Topics: true})
	await(t, "the news", func() bool { return s.server.Pending() == 0 })
	say("с правом")
	if len(s.Advice()) != 0 {
		t.Errorf("the advice stays: %q", s.Advice())
	}
	g.SetForum(false)
	say("снова группа")
	g.SetForum(true)
	admin.Write("/help") // a message tells that there are topics
	s.hears(t, 1)
	say("снова тема")
	for _, less := range []*telegramtest.Rights{nil, {}} {
		g.Promote(owner, less)
		await(t, "the news", func() bool { return s.server.Pending() == 0 })
		say("права нет")
	}
	admin.In(g.Topics()[0].ID).DeleteTopic()
	say("ничего нет")
	if got := admin.Said(); !slices.Equal(got, []string{"в группе", "без права", "и ещё", "снова группа", "права нет", "права нет", "ничего нет"}) {
		t.Errorf("General reads %q", got)
	}
	if n := s.log.count("Manage topics"); n != 2 {
		t.Errorf("the log says it %d times, want once for each loss", n)
	}
}

// A ticket from before the topics is changed where it stands; its next words begin a topic.
func TestACardFromBeforeTheTopicsIsChangedWhereItStands(t *testing.T) {
	s, g, admin := hall(t)
	g.SetForum(false)
	old := s.send(t, admin, card("k1"))
	g.SetForum(true)
	s.watch.advance(11 * time.Minute)
	s.send(t, admin, channels.Outgoing{Redraws: old.ID, Choices: choices("✅ Ирина"), Topic: about("k1", "🙋 Анна П. · Ирина")})
	if got := admin.Messages()[0].Labels(); !slices.Equal(got, []string{"✅ Ирина"}) || len(g.Topics()) != 0 {
		t.Errorf("the card has %q, topics %v", got, g.Topics())
	}
	if receipt := s.send(t, admin, channels.Outgoing{Text: "ау", Topic: about("k1", "🙋 Анна П. · Ирина")}); !receipt.Begun {
		t.Error("nobody hears that the topic has no card")
	}
}

func TestTheTopicOfAnErasedPatientGoes(t *testing.T) {
	s, g, admin := hall(t)
	s.send(t, admin, card("k1"))
	gone := channels.Outgoing{Topic: &channels.Topic{Key: "k1", Title: "Удалено", Gone: true}}
	s.send(t, admin, gone)
	s.send(t, admin, gone)
	stand(t, g)
	g.Promote(s.server.Person(telegramtest.User{}), &telegramtest.Rights{Topics: true})
	s.send(t, admin, card("k2"))
	s.send(t, admin, channels.Outgoing{Topic: &channels.Topic{Key: "k2", Title: "Удалено", Gone: true}})
	stand(t, g, "🔒 Удалено")
	if !s.log.holds("by hand") {
		t.Error("nobody is told that the topic has to be deleted by hand")
	}
}

// Between any two calls the process may end, or Telegram say that it is too much.
func TestWhatFailsBetweenTheCallsIsMadeGood(t *testing.T) {
	for _, method := range []string{"createForumTopic", "sendMessage", "editMessageReplyMarkup", "editForumTopic", "closeForumTopic", "reopenForumTopic"} {
		for name, fault := range map[string]telegramtest.Fault{
			"429": telegramtest.Throttled(time.Second), "500": telegramtest.ServerError, "without an answer": telegramtest.ResetAfter,
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				s, g, admin := hall(t)
				s.server.FailNext(method, 1, fault)
				begun := false
				send := func(m channels.Outgoing) channels.Receipt {
					receipt, err := s.Send(t.Context(), s.address(admin), m)
					begun = begun || receipt.Begun
					if failed := (*channels.Error)(nil); errors.As(err, &failed) {
						s.Telegram, m.Done = s.another(t, s.options), failed.Done
						receipt, err = s.Send(t.Context(), s.address(admin), m)
						begun = receipt.Begun || begun && method != "sendMessage"
					}
					if err != nil {
						t.Fatal(err)
					}
					return receipt
				}
				first := send(card("k1"))
				if !begun {
					t.Error("nobody hears that the topic is new")
				}
				send(channels.Outgoing{Redraws: first.ID, Choices: choices("✔️"), Topic: &channels.Topic{Key: "k1", Title: "✔ Анна П.", Closed: true}})
				send(channels.Outgoing{Text: "снова", Topic: about("k1", "🙋 Анна П.")})
				all := topics(g)
				if last := all[len(all)-1]; last != "🙋 Анна П." {
					t.Errorf("the topics are %q", all)
				}
				if len(all) > 1 && (method != "createForumTopic" || name != "without an answer") {
					t.Errorf("there are %d topics", len(all))
				}
				if said := strings.Join(admin.In(g.Topics()[len(all)-1].ID).Said(), "|"); !strings.HasSuffix(said, "Просят человека|снова") {
					t.Errorf("the topic reads %q", said)
				}
			})
		}
	}
}

// What a topic is about cannot be read: nothing is acknowledged until it can.
func TestAMessageWaitsUntilItsTopicIsKnown(t *testing.T) {
	notes := &away{Memory: wire.NewNotes()}
	s, g, admin := hall(t, func(o *telegram.Options) { o.Memory = notes })
	s.send(t, admin, card("k1"))
	notes.fails = 2
	s.run(t)
	admin.In(g.Topics()[0].ID).Write("Слушаю вас")
	if got := s.hears(t, 1)[0]; got.Topic != "k1" {
		t.Errorf("arrived %+v", got)
	}
}

// away is a memory that fails some times.
type away struct {
	channels.Memory
	fails int
}

func (a *away) Recall(ctx context.Context, name string) (string, error) {
	if a.fails--; a.fails >= 0 {
		return "", errors.New("the database is away")
	}
	return a.Memory.Recall(ctx, name)
}

// Who answers the bot speaks to the patient; who answers an anonymous administrator, or another bot, to them. A topic's
// own notes are nobody's words, and a kind that we do not know yet is told of there too.
func TestInATopicOnlyTheBotStandsForThePatient(t *testing.T) {
	s, g, admin := hall(t)
	s.send(t, admin, card("k1"))
	s.run(t)
	topic := strconv.FormatInt(g.Topics()[0].ID, 10)
	chat := `{"id":` + strconv.FormatInt(g.ID(), 10) + `,"type":"supergroup","is_forum":true}`
	for _, rest := range []string{
		`"text":"пациенту","reply_to_message":{"message_id":5,"from":{"id":` + strconv.FormatInt(s.server.Bot().ID, 10) + `,"is_bot":true}}`,
		`"text":"коллеге","reply_to_message":{"message_id":6,"from":{"id":1087968824,"is_bot":true}}`,
		`"forum_topic_edited":{"name":"Анна!"}`,
		`"quantum_letter":{}`,
	} {
		s.inject(t, `{"message":{"message_id":99,"date":1,"from":{"id":7,"first_name":"Ирина"},"chat":`+chat+
			`,"message_thread_id":`+topic+`,"is_topic_message":true,`+rest+`}}`)
	}
	got := s.hears(t, 3)
	if got[0].Topic != "k1" || got[0].ReplyTo != "5" || got[1].Topic != "" || got[1].ReplyTo != "6" || got[2].Topic != "k1" || got[2].Other == "" {
		t.Errorf("arrived %+v", got)
	}
}
