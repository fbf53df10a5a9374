package telegramtest_test

import (
	"slices"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// A forum answers as the real one does: who may what, what is no more, and what is as it should be already.
func TestAForumKeepsTheRulesOfTopics(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	g := s.Forum("Администраторы")
	p := s.Person(telegramtest.User{First: "Мария"})
	maria := g.Member(p)
	does := func(method, want string, o object) answered {
		t.Helper()
		o["chat_id"] = g.ID()
		a := call(t, s, method, o)
		if a.Description != want {
			t.Errorf("%s %v says %q, want %q", method, o, a.Description, want)
		}
		return a
	}
	does("createForumTopic", "Bad Request: TOPIC_TITLE_EMPTY", object{"name": ""})
	does("createForumTopic", "", object{"name": "Анна"})
	topic := g.Topics()[0]
	at := func(o object) object {
		o["message_thread_id"] = topic.ID
		return o
	}
	does("sendMessage", "", at(object{"text": "карточка"}))
	does("sendMessage", "", object{"text": "новость"})
	if got := maria.In(topic.ID).Said(); !slices.Equal(got, []string{"карточка"}) || !slices.Equal(maria.Said(), []string{"новость"}) {
		t.Errorf("the topic reads %q, General %q", got, maria.Said())
	}
	does("editForumTopic", "Bad Request: TOPIC_NOT_MODIFIED", at(object{"name": "Анна"}))
	does("closeForumTopic", "", at(object{}))
	does("closeForumTopic", "Bad Request: TOPIC_NOT_MODIFIED", at(object{}))
	does("sendMessage", "", at(object{"text": "кто управляет темами, пишет и в закрытых"}))

	g.Promote(p, &telegramtest.Rights{})
	does("sendMessage", "Bad Request: TOPIC_CLOSED", at(object{"text": "ау"}))
	does("reopenForumTopic", "", at(object{})) // its own
	does("createForumTopic", "Bad Request: not enough rights to create a topic", object{"name": "Борис"})
	does("deleteForumTopic", "Bad Request: not enough rights to delete the topic", at(object{}))
	does("closeForumTopic", "Bad Request: not enough rights to edit the topic", object{"message_thread_id": maria.MakeTopic("Отпуска")})

	maria.In(topic.ID).DeleteTopic()
	does("sendMessage", "Bad Request: message thread not found", at(object{"text": "ау"}))
	does("editForumTopic", "Bad Request: TOPIC_ID_INVALID", at(object{"name": "Анна П."}))
	g.SetForum(false)
	does("createForumTopic", "Bad Request: the chat is not a forum", object{"name": "Борис"})
	does("sendMessage", "Bad Request: message thread not found", at(object{"text": "ау"}))
	if said := maria.Said(); len(said) != 1 {
		t.Errorf("General reads %q", said)
	}
}

// In a group edits and topics count against the minute as messages do; to one person they do not.
func TestTopicsCountAgainstTheGroupsMinute(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{Floods: telegramtest.Floods{PerGroupMinute: 3}})
	g := s.Forum("Администраторы")
	call(t, s, "createForumTopic", object{"chat_id": g.ID(), "name": "Анна"})
	at := g.Topics()[0].ID
	call(t, s, "editForumTopic", object{"chat_id": g.ID(), "message_thread_id": at, "name": "Анна П."})
	call(t, s, "closeForumTopic", object{"chat_id": g.ID(), "message_thread_id": at})
	if a := call(t, s, "sendMessage", object{"chat_id": g.ID(), "text": "ау"}); a.Code != 429 {
		t.Errorf("the fourth call says %+v", a)
	}
}
