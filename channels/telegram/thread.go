package telegram

import (
	"context"

	"careline/channels"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// What Telegram says of a topic that was deleted, of a chat where we can make none, and of one that is as it should be.
var (
	topicLost  = []string{"message thread not found", "TOPIC_ID_INVALID", "TOPIC_DELETED"}
	noTopics   = []string{"not a forum", "not enough rights", "CHAT_ADMIN_REQUIRED"}
	topicAsIs  = []string{"TOPIC_NOT_MODIFIED"}
	topicTries = 4 // it may be deleted, closed and turned off by hand, each between two of our calls
)

// inTopic shows m in its topic, which is made, renamed, opened or closed as the message asks. A topic that somebody
// deleted is made anew, one that somebody closed is opened. Where the bot may not, it is shown in the chat as such.
func (d *delivery) inTopic(ctx context.Context, m channels.Outgoing) error {
	f, err := d.forum(ctx, d.room)
	if err != nil {
		return err
	}
	for try := 0; f.manages && try < topicTries; try++ {
		at, err := d.topicOf(ctx, d.address, m.Topic.Key)
		if err != nil {
			return err
		}
		err = d.visit(ctx, m, at)
		switch {
		case refusedWith(err, topicLost...):
			err = d.forget(ctx, d.address, m.Topic.Key, at)
		case refusedWith(err, "TOPIC_CLOSED") && !m.Topic.Closed && at.state != topicClosed:
			at.state = topicClosed
			err = d.remember(ctx, d.address, m.Topic.Key, at)
		case refusedWith(err, noTopics...), refusedWith(err, "TOPIC_CLOSED"):
			d.rooms.unlearn(d.room)
			f.manages = false
			continue
		default:
			return err
		}
		if err != nil {
			return err
		}
	}
	d.thread, d.begun = 0, false
	return d.run(ctx, m)
}

// visit does in the topic as it is known what m asks for.
func (d *delivery) visit(ctx context.Context, m channels.Outgoing, at topic) error {
	wanted := *m.Topic
	if m.Topic = nil; len(wanted.Choices) > 0 {
		m.Choices = wanted.Choices
	}
	if wanted.Gone {
		return d.remove(ctx, wanted, at)
	}
	if at.thread == 0 && (m.Redraws != "" || !shows(m) || wanted.Title == "") {
		return d.run(ctx, m) // it concerns what was shown before there were topics
	}
	at, err := d.prepare(ctx, wanted, at)
	if err != nil {
		return err
	}
	d.thread, d.begun = at.thread, at.state == topicNew
	if err := d.run(ctx, m); err != nil {
		return err
	}
	return d.settle(ctx, wanted, at, shows(m))
}

// shows tells whether there is something to show, not only to change.
func shows(m channels.Outgoing) bool {
	return m.Redraws == "" && (m.Text != "" || len(m.Choices) > 0 || len(m.Files) > 0 || m.Place != nil)
}

// prepare makes the topic, or names and opens it as it should be. After a crash between making and remembering it an
// empty topic stays: Telegram has no key by which to make one only once, and no list in which to find it.
func (d *delivery) prepare(ctx context.Context, wanted channels.Topic, at topic) (topic, error) {
	title, named := wanted.Title, at.title
	if title != "" {
		title = channels.Split(title, maxTitle)[0]
		named = mark(wanted.Key, title)
	}
	if at.thread == 0 {
		var made models.ForumTopic
		d.calls++
		if err := d.client.call(ctx, "createForumTopic", &bot.CreateForumTopicParams{ChatID: d.chat, Name: title}, &made); err != nil {
			return at, err
		}
		at = topic{thread: made.MessageThreadID, title: named, state: topicNew}
		return at, d.remember(ctx, d.address, wanted.Key, at)
	}
	was := at
	if at.title != named {
		if err := d.manage(ctx, "editForumTopic", &bot.EditForumTopicParams{ChatID: d.chat, MessageThreadID: at.thread, Name: title}); err != nil {
			return at, err
		}
		at.title = named
	}
	if at.state == topicClosed && !wanted.Closed {
		if err := d.manage(ctx, "reopenForumTopic", &bot.ReopenForumTopicParams{ChatID: d.chat, MessageThreadID: at.thread}); err != nil {
			return at, err
		}
		at.state = topicOpen
	}
	if at == was {
		return at, nil
	}
	return at, d.remember(ctx, d.address, wanted.Key, at)
}

const maxTitle = 128 // UTF-16 units

// settle leaves the topic as it should be: closed with its matter.
func (d *delivery) settle(ctx context.Context, wanted channels.Topic, at topic, shown bool) error {
	was := at
	if at.state == topicNew && shown {
		at.state = topicOpen
	}
	if wanted.Closed && at.state != topicClosed {
		if err := d.manage(ctx, "closeForumTopic", &bot.CloseForumTopicParams{ChatID: d.chat, MessageThreadID: at.thread}); err != nil {
			return err
		}
		at.state = topicClosed
	}
	if at == was {
		return nil
	}
	return d.remember(ctx, d.address, wanted.Key, at)
}

// remove deletes the topic with all that was said there. Without the right to, it loses its name and is closed.
func (d *delivery) remove(ctx context.Context, wanted channels.Topic, at topic) error {
	if at.thread == 0 {
		return nil
	}
	err := d.manage(ctx, "deleteForumTopic", &bot.DeleteForumTopicParams{ChatID: d.chat, MessageThreadID: at.thread})
	if refusedWith(err, noTopics...) {
		d.options.Log.WarnContext(ctx, "the bot may not delete messages in the Telegram group: delete the topic of an erased patient by hand, and give the bot the right «Delete messages»", "chat", d.room)
		wanted.Closed = true
		if at, err = d.prepare(ctx, wanted, at); err == nil {
			err = d.settle(ctx, wanted, at, false)
		}
	}
	if err != nil && !refusedWith(err, topicLost...) {
		return err
	}
	return d.forget(ctx, d.address, wanted.Key, at)
}

// manage makes a call about a topic, which may be as it should be already.
func (d *delivery) manage(ctx context.Context, method string, params any) error {
	d.calls++
	err := d.client.call(ctx, method, params, nil)
	if refusedWith(err, topicAsIs...) {
		return nil
	}
	return err
}
