package booking

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"careline/channels"
	"careline/dialogs/source"
)

func (r *reader) desk(n *source.Node) {
	f := r.Fields(n, "the desk", keysOf[deskFile]()...)
	d := &r.c.Desk
	d.Promise, d.Alarm, d.Callback, d.Escalate = f.Duration("promise"), f.Duration("alarm"), f.Duration("callback"), f.Duration("escalate")
	d.ShowComplaint = f.Bool("show_complaint")
	orElse(&d.Promise, defaultPromise)
	orElse(&d.Alarm, defaultAlarm)
	orElse(&d.Callback, defaultCallback)
	orElse(&d.Escalate, defaultEscalate)
	d.Admins = r.chats(f, "admins", isGroup, "`telegram:-1001234567890`")
	d.Manager = r.chats(f, "manager", isChat, "`telegram:123456789`")
}

// chats reads the addresses of a clinic's own people.
func (r *reader) chats(f source.Fields, key string, fits func(number int64) bool, example string) (chats []channels.Address) {
	for _, item := range items(f.Node(key)) {
		if at, ok := r.chat(item, key, fits, example); ok && slices.Contains(chats, at) {
			r.Add(item.Pos, 83, fmt.Sprintf("%s:%s stands here twice; remove one", at.Channel, at.Chat))
		} else if ok {
			chats = append(chats, at)
		}
	}
	return chats
}

// Telegram's chats have numbers; those of groups are negative.
func isGroup(number int64) bool { return number < 0 }
func isChat(number int64) bool  { return number != 0 }

func (r *reader) chat(item *source.Node, key string, fits func(int64) bool, example string) (at channels.Address, ok bool) {
	w := r.Word(item, key)
	channel, chat, ok := cutAddress(w)
	var known []string
	for _, id := range slices.Sorted(maps.Keys(channels.Known())) {
		known = append(known, string(id))
	}
	number, err := strconv.ParseInt(chat, 10, 64)
	switch {
	case w == "": // that has been told
	case ok && !slices.Contains(known, channel):
		r.Add(item.Pos, 82, channel, strings.Join(known, ", "), source.DidYouMean(channel, known))
	case !ok, channel == "telegram" && (err != nil || !fits(number) || chat != strconv.FormatInt(number, 10)):
		r.Add(item.Pos, 79, w, "a chat", example)
	default:
		return channels.Address{Channel: channels.ID(channel), Chat: chat}, true
	}
	return at, false
}
