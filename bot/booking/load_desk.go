package booking

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	if d.Reasons = r.reasons(f); len(d.Reasons) == 0 {
		d.Reasons = slices.Clone(defaultReasons)
	}
	for _, item := range items(f.Node("hand_over")) {
		d.HandOver = append(d.HandOver, Offered{Dialog: r.Word(item, "hand_over"), At: item.Pos})
	}
	d.Admins = r.chats(f, "admins", isGroup, "`telegram:-1001234567890`")
	d.Manager = r.chats(f, "manager", isChat, "`telegram:123456789`")
}

// defaultReasons are those that the desk has words for.
var defaultReasons = []string{"booking", "price", "treatment", "result", "complaint", "documents", "other"}

const longestReason = 60 // characters

// reasons why a human was needed.
func (r *reader) reasons(f source.Fields) (reasons []string) {
	for _, item := range items(f.Node("reasons")) {
		reason := strings.TrimSpace(r.Text(item, "reasons"))
		switch {
		case slices.Contains(reasons, reason):
			r.Add(item.Pos, 83, fmt.Sprintf("%q stands here twice; remove one", reason))
		case utf8.RuneCountInString(reason) > longestReason:
			r.Add(item.Pos, 83, fmt.Sprintf("a reason is longer than %d characters; say it in fewer", longestReason))
		case reason != "":
			reasons = append(reasons, reason)
		}
	}
	return reasons
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
