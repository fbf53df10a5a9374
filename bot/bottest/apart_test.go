package bottest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/bot/runner"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"
)

func (c *crowd) renew(parts runner.Parts) {
	parts.Metrics = runner.NewMetrics(prometheus.NewRegistry())
	c.Runner = runner.New(parts)
}

// Whatever people do in whichever messengers, in whatever order: nobody reads a word of somebody else's, no record is
// of two people, and no visit is in two records.
func TestStormsOfPeopleKeepThemApart(t *testing.T) {
	most := 20
	if os.Getenv("CARELINE_CHAOS") != "" {
		most = 100
	}
	names := slices.Sorted(maps.Keys(deeds))
	names = append(names, "shares", "shares", "books and proves it", "books and proves it", "goes on")
	rapid.Check(t, func(r *rapid.T) {
		c := newCrowd(t, bottest.SQLite(t))
		c.begin()
		for range rapid.IntRange(most/2, most).Draw(r, "deeds") {
			who := rapid.IntRange(0, len(souls)-1).Draw(r, "who")
			chat := rapid.SampledFrom(souls[who].chats).Draw(r, "chat")
			deed := rapid.SampledFrom(names).Draw(r, "deed")
			c.enter(who, chat)
			deeds[deed](c, who, chat, rapid.IntRange(0, 99).Draw(r, "lot"))
			c.apart(r)
		}
		c.recordsApart(r)
		noTimeTwice(t, c.Store)
	})
}

// begin: one of them is in two messengers already, and has left off in one of them.
func (c *crowd) begin() {
	c.enter(0, "anna")
	deeds["shares"](c, 0, "anna", 0)
	deeds["stops"](c, 0, "anna", 0)
	c.enter(0, "whatsapp:anna")
	c.says(0, "whatsapp:anna", "/start")
	if all := c.contacts(); len(all) != 2 || all[0].PatientID != all[1].PatientID {
		c.t.Fatal("two chats of one phone are two patients")
	}
}

// apart: no patient has chats of two people, and nobody was told of another.
func (c *crowd) apart(r *rapid.T) {
	c.note()
	whose := map[string]int{}
	for _, contact := range c.contacts() {
		who := c.owner[contact.ID]
		if other, met := whose[contact.PatientID]; met && other != who {
			r.Fatalf("%d and %d are one patient", who, other)
		}
		whose[contact.PatientID] = who
	}
	for who, s := range souls {
		for _, chat := range s.chats {
			told := c.Phones.Told(chat)
			for _, m := range told[c.seen[chat]:] {
				c.isOwn(r, who, m)
			}
			c.seen[chat] = len(told)
		}
	}
}

// contacts are those of all who have not been erased.
func (c *crowd) contacts() (all []store.Contact) {
	c.t.Helper()
	err := c.Store.Read(c.t.Context(), func(tx store.Tx) (err error) {
		all, err = tx.Contacts(c.t.Context(), slices.Sorted(maps.Keys(c.owner)))
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(o store.Contact) bool { return strings.HasPrefix(o.Chat, "erased ") })
}

// isOwn: a message says nothing that is another's, nor lead its buttons to what is another's.
func (c *crowd) isOwn(r *rapid.T, who int, m channels.Outgoing) {
	text, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	all := string(text)
	for _, f := range m.Files {
		all += string(f.Data)
	}
	onlyOf(r, who, all)
	for _, choice := range m.Choices {
		_, id, ours := strings.Cut(choice.Link, runner.GoPath)
		if strings.HasPrefix(m.Text, "Ваши ближайшие визиты") && choice.Label != "Записаться ещё" && !c.hasVisit(who, choice.Label) {
			r.Fatalf("%d sees a visit of another: %s", who, choice.Label)
		}
		if !ours {
			continue
		}
		err := c.Store.Read(c.t.Context(), func(tx store.Tx) error {
			link, err := tx.LinkByID(c.t.Context(), id)
			if c.owner[link.ContactID] != who {
				r.Fatalf("a button of %d is a link of %d", who, c.owner[link.ContactID])
			}
			return err
		})
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

// onlyOf: a text names nobody else's secret, ward or name, unless the name is alike.
func onlyOf(r *rapid.T, who int, text string) {
	for other, s := range souls {
		if other == who {
			continue
		}
		for _, word := range []string{s.secret, s.ward, s.name} {
			if word != souls[who].name && strings.Contains(text, word) {
				r.Fatalf("%d reads «%s» of %d: %s", who, word, other, text)
			}
		}
	}
}

// visits are those that the person, or somebody for them, has booked.
func (c *crowd) visits() (all []store.Appointment) {
	c.t.Helper()
	err := c.Store.Read(c.t.Context(), func(tx store.Tx) (err error) {
		all, err = tx.AppointmentsBetween(c.t.Context(), "", bottest.Monday, bottest.Monday.AddDate(1, 0, 0))
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return all
}

// hasVisit: the person has, or had, a visit at that time; a list that is shown again may be older than a change.
func (c *crowd) hasVisit(who int, label string) bool {
	return slices.ContainsFunc(c.times[who], func(at string) bool { return strings.Contains(label, at) })
}

// note keeps when everybody's visits are.
func (c *crowd) note() {
	for _, a := range c.visits() {
		if who, met := c.owner[a.ContactID]; met {
			c.times[who] = append(c.times[who], a.Start.In(c.Runner.Clinic.Branches[0].Zone).Format("15:04"))
		}
	}
}

// recordsApart: what is kept of a patient is theirs whose chats they have, and every visit is of who booked it.
func (c *crowd) recordsApart(r *rapid.T) {
	whose := map[string]int{}
	for _, contact := range c.contacts() {
		whose[contact.PatientID] = c.owner[contact.ID]
	}
	err := c.Store.Read(c.t.Context(), func(tx store.Tx) error {
		for patient, who := range whose {
			all, err := tx.Everything(c.t.Context(), patient)
			if err != nil {
				return err
			}
			onlyOf(r, who, fmt.Sprint(all))
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, a := range c.visits() {
		who, met := whose[a.PatientID]
		if booked := c.owner[a.ContactID]; a.PatientID != "" && (!met || who != booked) {
			r.Fatalf("what %d booked is in a record of %d (%t)", booked, who, met)
		}
	}
}
