package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// Word is what NoTrace plants in everything that a person can say.
const Word = "кариес"

// plant fills every table with what belongs to one person.
func plant(s *stage) store.Contact {
	s.Helper()
	c := s.stranger()
	c.Chat, c.Name, c.Source, c.Memory = Word+" chat", Word, Word, []byte(`"`+Word+`"`)
	payload := []byte(`{"text":"` + Word + `"}`)
	past, coming := s.visit(c, part("smith", s.after(-48*time.Hour), 30)), s.visit(c, part("smith", s.after(time.Hour), 30))
	past.Feeling, past.Reason, past.Status, coming.Feeling = Word, Word, store.StatusFulfilled, Word
	s.do(func(ctx context.Context, tx store.Tx) error {
		if _, err := tx.Meet(ctx, []store.Contact{c}); err != nil {
			return err
		}
		in := s.message(c, Word)
		in.ExternalID = Word
		if _, err := tx.Accept(ctx, []store.Input{in, s.message(c, Word)}); err != nil {
			return err
		}
		for _, err := range []error{
			tx.SavePatients(ctx, []store.Patient{
				{ID: c.PatientID, FullName: Word, Phone: Word, Tags: []string{Word}, Memory: payload, CreatedAt: s.now},
				{ID: "father", FullName: "the father", CreatedAt: s.now},
				{ID: "mother", FullName: Word + ": the mother, who has no chat", CreatedAt: s.now},
				{ID: "child", FullName: "the child, for whom the father speaks too", CreatedAt: s.now}}),
			tx.AddFamily(ctx, store.Kinship{Guardian: c.PatientID, Ward: "child", Kin: "child", Since: s.now}),
			tx.AddFamily(ctx, store.Kinship{Guardian: c.PatientID, Ward: "mother", Kin: "adult", Since: s.now}),
			tx.AddFamily(ctx, store.Kinship{Guardian: "father", Ward: "child", Kin: "child", Since: s.now}),
			tx.SaveConversations(ctx, []store.Conversation{{ContactID: c.ID, State: payload, UpdatedAt: s.now}}),
			tx.Put(ctx, []store.Output{s.reply(c, Word)}),
			tx.SetTimers(ctx, []store.Timer{{Key: Word, ContactID: c.ID, Due: s.now, Kind: store.TimerInput, Payload: payload}}),
			tx.RecordConsents(ctx, []store.Consent{{PatientID: c.PatientID, Kind: "personal", Given: true, Version: "1", Language: "ru", Channel: "web", ContactID: c.ID, At: s.now}}),
			tx.Book(ctx, past, s.now), tx.Book(ctx, coming, s.now),
			tx.HoldTime(ctx, s.hold(c, s.after(time.Hour), part("smith", s.after(5*time.Hour), 30)), s.now),
			tx.RateAppointment(ctx, store.Rating{AppointmentID: past.ID, PatientID: c.PatientID, Value: 5, At: s.now}),
			tx.JoinWaitlist(ctx, store.Waiting{ID: "w", PatientID: c.PatientID, ContactID: c.ID, Doctor: Word, Period: payload, State: "waiting", CreatedAt: s.now}),
			tx.OpenTickets(ctx, []store.Ticket{{ID: "t", ContactID: c.ID, PatientID: c.PatientID, Kind: "asked", Priority: "alarm", State: "open", Note: Word, CreatedAt: s.now}}),
			tx.AddToTicket(ctx, []store.TicketNote{{TicketID: "t", Author: "patient", Text: Word, At: s.now}}),
			tx.AppendEvents(ctx, []store.Event{{At: s.now, Name: "booked", ContactID: c.ID, PatientID: c.PatientID}}),
			tx.KeepAnswers(ctx, []store.Answer{{ContactID: c.ID, PatientID: c.PatientID, Name: "why", Value: payload, Mark: "health", At: s.now}}),
			tx.SaveLinks(ctx, []store.Link{{ID: "link", ContactID: c.ID, URL: Word, Choice: Word, Place: Word, CreatedAt: s.now}}),
			tx.Remember(ctx, "codes", c.ID, Word, s.after(365*24*time.Hour)),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	return c
}

func erasure(t *testing.T, s *stage) {
	anna := plant(s)
	everything := func() map[string][]map[string]any {
		return get(s, func(ctx context.Context, tx store.Tx) (map[string][]map[string]any, error) {
			return tx.Everything(ctx, anna.PatientID)
		})
	}
	export := everything()
	for _, table := range []string{"patients", "kinships", "contacts", "conversations", "inbox", "outbox", "answers", "consents",
		"appointments", "holds", "ratings", "waitlist", "tickets", "ticket_notes", "events"} {
		if len(export[table]) == 0 {
			t.Errorf("the export has no %s", table)
		}
	}
	equal(t, "name in the export", export["patients"][0]["full_name"], any(Word))

	// The step that erases still says goodbye and saves what it knew; only the goodbye goes out.
	bye := s.reply(anna, "bye")
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Erase(ctx, anna.PatientID, s.now); err != nil {
			return err
		}
		for _, err := range []error{
			tx.SaveContacts(ctx, []store.Contact{anna}),
			tx.SavePatients(ctx, []store.Patient{{ID: anna.PatientID, FullName: Word}}),
			tx.SaveConversations(ctx, []store.Conversation{{ContactID: anna.ID, State: []byte(`"` + Word + `"`)}}),
			tx.SetTimers(ctx, []store.Timer{{Key: Word, ContactID: anna.ID, Due: s.now, Kind: store.TimerInput}}),
			tx.KeepAnswers(ctx, []store.Answer{{ContactID: anna.ID, PatientID: anna.PatientID, Name: Word, Mark: "plain"}}),
			tx.Remember(ctx, "codes", anna.ID, Word, time.Time{}),
			tx.Done(ctx, []int64{1, 2}, s.now),
			tx.Put(ctx, []store.Output{bye}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	s.do(func(ctx context.Context, tx store.Tx) error {
		out, err := tx.Claim(ctx, nil, "a", s.now, s.after(time.Minute), 10)
		if err != nil {
			return err
		}
		equal(t, "messages to send", len(out), 1)
		equal(t, "to the chat", out[0].Chat, anna.Chat)
		return sent(ctx, tx, store.Delivery{ID: out[0].ID, At: s.now})
	})
	left := everything()
	if text := fmt.Sprint(left); strings.Contains(text, Word) {
		t.Fatalf("erased, and still there: %s", text)
	}
	same(s, "what a chat's codes were", "", func(ctx context.Context, tx store.Tx) (string, error) {
		return tx.Recall(ctx, "codes", anna.ID, s.now)
	})
	equal(t, "consents stay as proof", len(left["consents"]), 1)
	equal(t, "appointments have no person", len(left["appointments"]), 0)
	visits := get(s, func(ctx context.Context, tx store.Tx) ([]store.Appointment, error) {
		return tx.AppointmentsBetween(ctx, "", s.after(-72*time.Hour), s.after(72*time.Hour))
	})
	equal(t, "the past visit", visits[0].Status, store.StatusFulfilled)
	equal(t, "the coming visit", visits[1].Status, store.StatusCancelled)
	equal(t, "time taken", len(s.day("smith", s.now)), 0)

	// The channel is told until it has forgotten too.
	same(s, "chats to forget", []string{anna.Chat}, func(ctx context.Context, tx store.Tx) ([]string, error) { return tx.Erased(ctx, anna.Channel) })
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Forgotten(ctx, anna.Channel, anna.Chat) })
	same(s, "chats to forget after it", nil, func(ctx context.Context, tx store.Tx) ([]string, error) { return tx.Erased(ctx, anna.Channel) })

	// Who writes again is a stranger.
	again := s.stranger()
	again.Chat = anna.Chat
	s.do(func(ctx context.Context, tx store.Tx) error {
		met, err := tx.Meet(ctx, []store.Contact{again})
		equal(t, "the contact met", met[0].ID, again.ID)
		return err
	})
	same(s, "who is left of the family", []string{"the child, for whom the father speaks too", ""}, func(ctx context.Context, tx store.Tx) ([]string, error) {
		p, err := tx.Patients(ctx, []string{"child", "mother"})
		return []string{p[0].FullName, p[1].FullName}, err
	})
}

// NoTrace erases a person of an empty store and looks for what is left of them in every row of every
// table; tables is the query for the tables' names.
func NoTrace(t *testing.T, kept store.Store, db *sql.DB, tables string) {
	s := &stage{T: t, Store: kept, now: Noon}
	anna := plant(s)
	before := traces(t, db, tables)
	if len(before) < 12 {
		t.Fatalf("the word was planted only in %v", before)
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.PatientID, s.now) })
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Forgotten(ctx, anna.Channel, anna.Chat) })
	if left := traces(t, db, tables); len(left) > 0 {
		t.Fatalf("traces are left in %v", left)
	}
}

// traces are the columns in which the word stands.
func traces(t *testing.T, db *sql.DB, tables string) []string {
	t.Helper()
	var found []string
	for _, name := range column(t, db, tables) {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+name)
		if err != nil {
			t.Fatal(err)
		}
		names, _ := rows.Columns()
		values, places := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			places[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(places...); err != nil {
				t.Fatal(err)
			}
			for i, v := range values {
				if strings.Contains(fmt.Sprintf("%s", v), Word) {
					found = append(found, name+"."+names[i])
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func column(t *testing.T, db *sql.DB, text string) (names []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}
