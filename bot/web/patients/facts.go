package patients

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"careline/bot/web/page"
	"careline/store"
)

// phone of a patient.
type phone struct {
	Number string // E.164
	Proven bool   // the messenger said so, not the patient or a colleague
}

// phones that were proven to be the patient's, and the one that was typed.
func (c *card) phones() (all []phone) {
	add := func(number string, proven bool) {
		if number != "" && !slices.ContainsFunc(all, func(p phone) bool { return p.Number == number }) {
			all = append(all, phone{number, proven})
		}
	}
	for _, chat := range c.Chats {
		add(chat.Phone, true)
	}
	add(c.Phone, false)
	return all
}

// nameIn is what the messenger calls whoever writes there.
func nameIn(q *page.Request, chat store.Contact) string {
	return cmp.Or(chat.Name, q.Word("desk.patients.chat"))
}

// chatFacts are since when, in which language, by which clock and by what they came.
func chatFacts(q *page.Request, chat store.Contact) []string {
	facts := []string{q.Word("desk.patients.chat_since", "when", day(q, chat.CreatedAt))}
	if chat.Language != "" {
		facts = append(facts, q.Name("desk.patients.language", chat.Language))
	}
	if clock := theirTime(q, chat.Zone); clock != "" {
		facts = append(facts, q.Word("desk.patients.their_time", "time", clock))
	}
	if chat.Source != "" {
		facts = append(facts, q.Word("desk.patients.came_by", "source", chat.Source))
	}
	return facts
}

func chatNames(q *page.Request, c *card) string {
	var ids []string
	for _, chat := range c.Chats {
		if !slices.Contains(ids, chat.Channel) {
			ids = append(ids, chat.Channel)
		}
	}
	return messengers(q, ids)
}

// where a consent was given.
func where(q *page.Request, channel string) string {
	if channel == "desk" {
		return q.Word("desk.patients.paper")
	}
	return messenger(q, channel)
}

// document is where the text of a consent can be read; empty = nowhere.
func document(q *page.Request, kind string) string {
	doc := q.Clinic.Consent(kind)
	switch {
	case doc == nil:
		return ""
	case doc.IsOurs():
		return "/documents/" + kind + "?lang=" + q.Language
	}
	return q.Clinic.In(q.Language).Text(doc.URL)
}

func orDash(text string) string { return cmp.Or(strings.TrimSpace(text), "—") }

// signed is a number with its sign.
func signed(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return "−" + strconv.Itoa(-n)
}
