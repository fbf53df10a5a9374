package intake

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/store"
)

// OpenPatients opens a table of patients.
func OpenPatients(in io.Reader) (*Table, error) { return open(in, patientTable) }

// Patients brings in a table that OpenPatients has opened.
func (i *Import) Patients(ctx context.Context, t *Table, report *Report) (Summary, error) {
	report.table = t
	return i.run(ctx, t, report, "patients", i.patients)
}

// card is a line of a table of patients.
type card struct {
	person
	tags      []string
	channel   string
	consents  []store.Consent    // without the patient
	addresses []channels.Address // of chats with an earlier bot
	patient   *store.Patient
}

// patients is the taker of patients.
func (i *Import) patients(ctx context.Context, tx store.Tx, now time.Time, lines []line) ([]outcome, error) {
	outcomes, cards := make([]outcome, len(lines)), make([]card, len(lines))
	var people []person
	for n, l := range lines {
		cards[n], outcomes[n] = l.card(now)
		people = append(people, cards[n].person)
	}
	crowd, err := gather(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	for n := range cards {
		c, o := &cards[n], &outcomes[n]
		if o.fate == rejected {
			continue
		}
		patient, fate, why := crowd.take(c.person, i.IDs, now)
		if why != nil {
			o.reject(*why)
			continue
		}
		if c.patient, o.fate = patient, fate; c.enrich(patient) {
			crowd.dirty[patient.ID] = true
			o.touched()
		}
	}
	if err := crowd.save(ctx, tx); err != nil {
		return nil, err
	}
	if err := consents(ctx, tx, now, cards, outcomes); err != nil {
		return nil, err
	}
	return outcomes, i.chats(ctx, tx, now, cards, outcomes)
}

// card reads a line.
func (l line) card(now time.Time) (c card, o outcome) {
	if l.Broken != nil {
		o.reject(*l.Broken)
		return c, o
	}
	var problems []Reason
	if c.person, problems = l.person(now); len(problems) == 0 && c.name == "" {
		problems = append(problems, Reason{ID: "unnamed"})
	}
	c.tags = tags(l.cell("tags"))
	c.channel = messenger(l.cell("channel"))
	if c.channel == "" && l.cell("channel") != "" {
		problems = append(problems, Reason{ID: "channel", Value: short(l.cell("channel"))})
	}
	for _, channel := range []channels.ID{"telegram", "vk"} {
		chat := strings.TrimPrefix(strings.ToLower(l.cell(string(channel))), "id")
		switch {
		case chat != "" && strings.Trim(chat, "0123456789") != "":
			problems = append(problems, Reason{ID: "chat", Value: short(l.cell(string(channel)))})
		case chat != "":
			c.addresses = append(c.addresses, channels.Address{Channel: channel, Chat: chat})
		}
	}
	agreed, remarks, bad := l.agreed(now)
	c.consents = agreed
	if problems = append(problems, bad...); len(problems) > 0 {
		o.fate, o.reasons = rejected, problems
		return c, o
	}
	o.reasons = remarks
	return c, o
}

// messenger is a channel by any of its names; empty when there is none of the name.
func messenger(cell string) string {
	switch folded(cell) {
	case "telegram", "телеграм", "телеграмм", "тг", "tg":
		return "telegram"
	case "vk", "вк", "вконтакте", "vkontakte":
		return "vk"
	case "whatsapp", "ватсап", "вотсап", "вацап", "wa":
		return "whatsapp"
	case "web", "сайт", "чат на сайте", "site":
		return "web"
	}
	return ""
}

// enrich adds what stands in the line beside the person; it tells whether that was new.
func (c *card) enrich(p *store.Patient) (news bool) {
	for _, t := range c.tags {
		if !slices.Contains(p.Tags, t) {
			p.Tags, news = append(slices.Clone(p.Tags), t), true
		}
	}
	if c.channel != "" && p.Channel == "" {
		p.Channel, news = c.channel, true
	}
	return news
}

// chats gives the patients the chats that an earlier bot had with them. One that somebody else writes from stays theirs.
func (i *Import) chats(ctx context.Context, tx store.Tx, now time.Time, cards []card, outcomes []outcome) error {
	var asked []store.Contact
	var of []int
	first := map[channels.Address]bool{}
	for n, c := range cards {
		if outcomes[n].fate == rejected {
			continue
		}
		for _, a := range c.addresses {
			contact := store.Contact{Channel: string(a.Channel), Chat: a.Chat, PatientID: c.patient.ID, Source: Channel, CreatedAt: now}
			if !first[a] {
				contact.ID, first[a] = i.IDs(), true
			}
			asked, of = append(asked, contact), append(of, n)
		}
	}
	met, err := tx.Meet(ctx, slices.DeleteFunc(slices.Clone(asked), func(c store.Contact) bool { return c.ID == "" }))
	if err != nil {
		return fmt.Errorf("making chats: %w", err)
	}
	whose := map[string]store.Contact{}
	for _, c := range met {
		whose[c.Channel+" "+c.Chat] = c
	}
	for m, c := range asked {
		switch found, o := whose[c.Channel+" "+c.Chat], &outcomes[of[m]]; {
		case found.PatientID != c.PatientID:
			o.reasons = append(o.reasons, Reason{ID: "chat_taken", Value: c.Chat})
		case found.ID == c.ID:
			o.touched()
		}
	}
	return nil
}
