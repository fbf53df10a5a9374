package numbers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/bot/numbers"
	"careline/dialogs"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// onBoth tells a story on SQLite and on PostgreSQL.
func onBoth(t *testing.T, story func(t *testing.T, h *history)) {
	open := map[string]func(t *testing.T) (store.Store, error){
		"sqlite":   func(t *testing.T) (store.Store, error) { return sqlite.Open(t.TempDir() + "/clinic.db") },
		"postgres": func(t *testing.T) (store.Store, error) { return postgres.Open(t.Context(), storetest.Postgres(t)) },
	}
	for name, open := range open {
		t.Run(name, func(t *testing.T) {
			db, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			story(t, &history{T: t, db: db})
		})
	}
}

// monday is when the histories begin; now is four weeks later.
var (
	monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	now    = monday.AddDate(0, 0, 28)
)

// history writes what the program would have written.
type history struct {
	*testing.T
	db    store.Store
	count int
}

func (h *history) do(f func(ctx context.Context, tx store.Tx) error) {
	h.Helper()
	if err := h.db.Tx(h.Context(), func(tx store.Tx) error { return f(h.Context(), tx) }); err != nil {
		h.Fatal(err)
	}
}

// person is a chat and its patient.
type person struct {
	*history
	id, channel string
}

func (h *history) meets(id, channel, source string) person {
	h.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Meet(ctx, []store.Contact{{ID: id, PatientID: "patient " + id, Channel: channel, Chat: id, Source: source, CreatedAt: monday}})
		return err
	})
	return person{h, id, channel}
}

// does writes events, each a second after the one before: name dialog state value.
func (p person) does(at time.Time, task int, events ...[4]string) {
	p.do(func(ctx context.Context, tx store.Tx) error {
		var list []store.Event
		for i, e := range events {
			list = append(list, store.Event{
				At: at.Add(time.Duration(i) * time.Second), ContactID: p.id, PatientID: "patient " + p.id, Channel: p.channel, Task: task,
				Name: e[0], Dialog: e[1], State: e[2], Value: e[3],
			})
		}
		return tx.AppendEvents(ctx, list)
	})
}

func (p person) agrees(kind string, given bool, at time.Time) {
	p.do(func(ctx context.Context, tx store.Tx) error {
		return tx.RecordConsents(ctx, []store.Consent{{PatientID: "patient " + p.id, Kind: kind, Given: given, Channel: p.channel, ContactID: p.id, At: at}})
	})
}

// visits books a visit that begins then and has that status now; rating 0 = none.
func (p person) visits(booked, start time.Time, who, status string, confirmed bool, rating int) {
	p.count++
	id := fmt.Sprint("visit ", p.count)
	p.do(func(ctx context.Context, tx store.Tx) error {
		a := store.Appointment{
			ID: id, PatientID: "patient " + p.id, ContactID: p.id, Service: "hygiene", Branch: "moscow", Status: store.StatusBooked,
			Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: who, Start: start, End: start.Add(time.Hour)}},
			Confirmed: confirmed, CreatedAt: booked, UpdatedAt: booked, StatusAt: booked,
		}
		if err := tx.Book(ctx, a, booked); err != nil {
			return err
		}
		a.Status = status
		if err := tx.SaveAppointments(ctx, []store.Appointment{a}); err != nil || rating == 0 {
			return err
		}
		return tx.RateAppointment(ctx, store.Rating{AppointmentID: id, PatientID: a.PatientID, Value: rating, At: start.AddDate(0, 0, 2)})
	})
}

// touched notes what a timeline did.
func (p person) touched(timeline, class, variant, outcome string, at time.Time) {
	p.count++
	p.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Touch(ctx, []store.Touch{{
			Timeline: timeline, About: fmt.Sprint("visit/", p.count), Moment: at, ContactID: p.id, PatientID: "patient " + p.id, Channel: p.channel,
			Class: class, Variant: variant, Outcome: outcome, At: at,
		}})
		return err
	})
}

func (h *history) report(by numbers.By) *numbers.Report {
	h.Helper()
	r, err := numbers.Read(h.Context(), h.db, numbers.Ask{
		Span: store.Span{From: monday, To: now}, Now: now, Zone: time.UTC, By: by, Journey: &dialogs.Journey{
			Tests: map[string]*dialogs.Test{
				"rating_ask":    {Variants: []string{"a", "b"}, Goal: "rating.given", Within: 5 * 24 * time.Hour},
				"reminder_time": {Variants: []string{"a", "b"}, Goal: "visit.confirmed", Within: 24 * time.Hour},
			},
			Timelines: []*dialogs.Timeline{{Name: "no_answer", Call: &dialogs.Call{Name: "desk.task"}}},
		},
	})
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

var start = [4]string{"dialog.started", "welcome", "hello", "start"}

// Six people wrote: one said nothing more, one agreed and looked at times, one held a time, one booked, one confirmed
// and did not come, one came. A seventh was only written to, and an eighth wrote before the month.
func TestTheFunnelIsCountedByHowFarPeopleCame(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		silent := h.meets("silent", "web", "")
		silent.does(monday, 1, start)
		looks := h.meets("looks", "web", "ads")
		looks.does(monday, 1, start)
		looks.agrees("personal", true, monday)
		looks.does(monday.Add(time.Minute), 1, [4]string{"slots.offered", "slots", "pair", "found"})
		holds := h.meets("holds", "telegram", "ads")
		holds.does(monday, 1, start, [4]string{"triage.assessed", "complaint", "", "routine"}, [4]string{"slot.held", "slots", "", ""})
		books := h.meets("books", "telegram", "ads")
		books.does(monday, 1, start)
		books.visits(monday, now.AddDate(0, 0, 1), "belov", store.StatusBooked, false, 0)
		misses := h.meets("misses", "telegram", "")
		misses.does(monday.AddDate(0, 0, 7), 1, start)
		misses.visits(monday.AddDate(0, 0, 7).Add(time.Hour), monday.AddDate(0, 0, 9), "belov", store.StatusNoShow, true, 0)
		comes := h.meets("comes", "telegram", "map")
		comes.does(monday, 1, start, start) // twice in one span is one chat
		comes.visits(monday.Add(time.Hour), monday.AddDate(0, 0, 1), "sokolova", store.StatusFulfilled, false, 5)
		written := h.meets("written", "telegram", "")
		written.does(monday, 1, [4]string{"dialog.started", "recall", "offer", "timeline recall"})
		early := h.meets("early", "web", "")
		early.does(monday.Add(-time.Hour), 1, start)

		same(t, "funnel", h.report("").Funnel, numbers.Funnel{6, 5, 5, 5, 4, 3, 2, 1})

		by := map[string]numbers.Funnel{}
		for _, g := range h.report(numbers.ByChannel).Groups {
			by[g.Name] = *g.Funnel
		}
		same(t, "by channel", by, map[string]numbers.Funnel{"web": {2, 1, 1, 1}, "telegram": {4, 4, 4, 4, 4, 3, 2, 1}})
		by = map[string]numbers.Funnel{}
		for _, g := range h.report(numbers.BySource).Groups {
			by[g.Name] = *g.Funnel
		}
		same(t, "by source", by, map[string]numbers.Funnel{
			"": {2, 1, 1, 1, 1, 1, 1}, "ads": {3, 3, 3, 3, 2, 1}, "map": {1, 1, 1, 1, 1, 1, 1, 1},
		})
		var weeks []string
		var began []int
		for _, g := range h.report(numbers.ByWeek).Groups {
			weeks, began = append(weeks, g.Name), append(began, g.Funnel.Started())
		}
		same(t, "weeks", weeks, []string{"2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"})
		same(t, "began in them", began, []int{5, 1, 0, 0, 0})
	})
}

func TestVisitsRatingsAndReturningPatients(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		anna, boris, vera := h.meets("anna", "web", ""), h.meets("boris", "web", ""), h.meets("vera", "web", "")
		day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
		anna.visits(day(-100), day(-60), "belov", store.StatusFulfilled, true, 1) // before the month: its rating does not count
		anna.visits(day(0), day(3), "belov", store.StatusFulfilled, true, 5)
		anna.visits(day(0), day(5), "sokolova", store.StatusArrived, false, 4)
		boris.visits(day(-400), day(-300), "belov", store.StatusFulfilled, false, 0)
		boris.visits(day(0), day(4), "sokolova", store.StatusFulfilled, false, 2)
		vera.visits(day(0), day(6), "sokolova", store.StatusNoShow, true, 0)
		vera.visits(day(0), day(7), "belov", store.StatusCancelled, false, 0)
		vera.visits(day(0), day(8), "belov", store.StatusBooked, false, 0)
		vera.visits(day(0), day(40), "belov", store.StatusBooked, false, 0) // is yet to come
		vera.visits(day(8), day(9), "belov", store.StatusFulfilled, false, 3)

		r := h.report(numbers.ByPractitioner)
		same(t, "visits", r.Visits, numbers.Visits{All: 7, Cancelled: 1, Came: 4, NoShow: 1, Open: 1, Confirmed: numbers.Part{Count: 2, Of: 6}, Missed: numbers.Part{Count: 1, Of: 5}})
		same(t, "mean", r.Ratings.Mean, 3.5)
		same(t, "given", r.Ratings.Given, numbers.Part{Count: 4, Of: 4})
		same(t, "high", r.Ratings.High, numbers.Part{Count: 2, Of: 4})
		same(t, "low", r.Ratings.Low, numbers.Part{Count: 1, Of: 4})
		// Anna was here 63 days before, and again two days later; Boris 304 days before, Vera never. Six visits of three patients
		// in the year. Of Boris alone a visit lies 6 to 12 months back, and he came again.
		same(t, "patients", r.Patients, numbers.Patients{New: 1, HalfYear: 2, Year: 1, Returned: numbers.Part{Count: 1, Of: 1}, PerYear: 2})
		by := map[string]int{}
		for _, g := range r.Groups {
			by[g.Name] = g.Visits.All
		}
		same(t, "by practitioner", by, map[string]int{"belov": 4, "sokolova": 3})
	})
}

// Four reminders: one answered at once, one after five days in its own dialog, one by talk of something else after
// five days (which is no answer), one never went. Two invitations: one led to a visit, one to a «stop».
func TestTimelinesAreCountedByWhatCameOfThem(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		people := map[string]person{}
		for _, id := range []string{"quick", "slow", "other", "night", "comes", "stops"} {
			people[id] = h.meets(id, "telegram", "")
		}
		heard := [4]string{"answer.understood", "reminder", "coming", "yes"}
		for _, id := range []string{"quick", "slow", "other"} {
			people[id].touched("reminder", "service", "", store.Sent, monday)
			people[id].does(monday, 7, [4]string{"dialog.started", "reminder", "coming", "timeline reminder"})
		}
		people["quick"].does(monday.Add(time.Hour), 8, heard)
		people["slow"].does(monday.AddDate(0, 0, 5), 7, heard)
		people["other"].does(monday.AddDate(0, 0, 5), 9, heard)
		people["night"].touched("no_answer", "service", "", store.Sent, monday) // makes work, says nothing
		people["night"].touched("reminder", "service", "", "quiet", monday)
		people["comes"].touched("recall", "advertising", "", store.Sent, monday)
		people["comes"].visits(monday.AddDate(0, 0, 2), monday.AddDate(0, 0, 4), "belov", store.StatusFulfilled, true, 0)
		people["slow"].agrees("advertising", false, monday.AddDate(0, 0, 1)) // was asked, and had never agreed
		people["stops"].agrees("advertising", true, monday.AddDate(0, 0, -1))
		people["stops"].touched("recall", "advertising", "", store.Sent, monday)
		people["stops"].agrees("advertising", false, monday.AddDate(0, 0, 1))

		r := h.report("")
		same(t, "timelines", r.Timelines, []numbers.Timeline{
			{Name: "no_answer", Class: "service", Sent: 1, Answered: numbers.Part{Of: 1}, Stopped: numbers.Part{Of: 1}, Booked: numbers.Part{Of: 1}, Came: numbers.Part{Of: 1}},
			{Name: "recall", Class: "advertising", Sent: 2, Answered: numbers.Part{Of: 2}, Stopped: numbers.Part{Count: 1, Of: 2},
				Booked: numbers.Part{Count: 1, Of: 2}, Came: numbers.Part{Count: 1, Of: 2}},
			{Name: "reminder", Class: "service", Sent: 3, Answered: numbers.Part{Count: 2, Of: 3}, Stopped: numbers.Part{Of: 3}, Booked: numbers.Part{Of: 3},
				Came: numbers.Part{Of: 3}, Dropped: []numbers.Drop{{Reason: "quiet", Count: 1}}},
		})
		same(t, "messages", r.Messages, numbers.Messages{
			Planned: 6, Sent: 5, Answered: numbers.Part{Count: 2, Of: 5}, Stopped: numbers.Part{Count: 1, Of: 5}, Dropped: []numbers.Drop{{Reason: "quiet", Count: 1}},
			Recall: numbers.Recall{Sent: 2, Booked: numbers.Part{Count: 1, Of: 2}, Came: numbers.Part{Count: 1, Of: 2}},
		})
	})
}

func TestVariantsAreComparedByWhoReachedTheGoalInTime(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		rated := [4]string{"rating.given", "rating", "save", "5"}
		for i := range 40 { // text a: 10 of 40 rate; text b: 30 of 40
			for variant, reach := range map[string]int{"a": 10, "b": 30} {
				p := h.meets(fmt.Sprint(variant, i), "web", "")
				p.does(monday, 1, [4]string{"test.shown", "rating", "rating", "rating_ask=" + variant})
				if i < reach {
					p.does(monday.AddDate(0, 0, 4), 1, rated)
				} else {
					p.does(monday.AddDate(0, 0, 6), 1, rated) // too late
				}
			}
		}
		fresh := h.meets("fresh", "web", "")
		fresh.does(now.Add(-time.Hour), 1, [4]string{"test.shown", "rating", "rating", "rating_ask=a"}, rated) // is not judged yet
		timed := h.meets("timed", "web", "")
		timed.touched("reminder_day", "service", "reminder_time=b", store.Sent, monday)
		timed.touched("reminder_day", "service", "reminder_time=b", store.Sent, monday.AddDate(0, 0, 7)) // one patient
		timed.does(monday.Add(time.Hour), 1, [4]string{"visit.confirmed", "", "", "hygiene"})
		timed.touched("reminder_day", "service", "reminder_time=a", "late", monday.AddDate(0, 0, 8)) // not sent

		r := h.report("")
		if len(r.Tests) != 2 || r.Tests[0].Name != "rating_ask" {
			t.Fatalf("tests: %+v", r.Tests)
		}
		a, b := r.Tests[0].Variants[0], r.Tests[0].Variants[1]
		same(t, "a", []any{a.Shown, a.Reached, a.Verdict, a.Against == nil}, []any{41, numbers.Part{Count: 10, Of: 40}, numbers.Verdict(""), true})
		same(t, "b", []any{b.Shown, b.Reached, b.Verdict}, []any{40, numbers.Part{Count: 30, Of: 40}, numbers.Better})
		a, b = r.Tests[1].Variants[0], r.Tests[1].Variants[1]
		same(t, "times", []any{a.Shown, b.Shown, b.Reached, b.Verdict}, []any{0, 1, numbers.Part{Count: 1, Of: 1}, numbers.TooFew})
	})
}

// Of four who were asked what they need, one answered, one let the dialog expire, one has been silent for a day, and one
// was asked a minute ago.
func TestQuestionsTellWherePeopleLeave(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		asked := [4]string{"state.asked", "booking", "reason", ""}
		began := [4]string{"dialog.started", "booking", "who", "reaction book"}
		h.meets("answers", "web", "").does(monday, 1, began, asked, [4]string{"answer.understood", "booking", "reason", "service"},
			[4]string{"dialog.ended", "booking", "finish", "booked"})
		h.meets("expires", "web", "").does(monday, 1, began, asked, [4]string{"answer.missed", "booking", "reason", ""},
			[4]string{"dialog.ended", "booking", "reason", "expired"})
		h.meets("silent", "web", "").does(now.AddDate(0, 0, -1), 1, began, asked)
		h.meets("thinks", "web", "").does(now.Add(-time.Minute), 1, began, asked)

		h.meets("invited", "web", "").does(monday, 1, [4]string{"dialog.started", "recall", "offer", "timeline recall"}, [4]string{"state.asked", "recall", "invite", ""})

		r := h.report("")
		same(t, "questions", r.Questions, []numbers.Question{
			{Dialog: "booking", State: "reason", Left: numbers.Part{Count: 2, Of: 4}, Ended: 1},
			{Dialog: "recall", State: "invite", Ours: true, Left: numbers.Part{Count: 1, Of: 1}},
		})
		same(t, "dialogs", r.Dialogs[:1], []numbers.Dialog{{Name: "booking", Started: 4, Ends: []numbers.Outcome{{Name: "booked", Count: 1}, {Name: "expired", Count: 1}}}})
	})
}

func TestTicketsAreJudgedByTheirDeadlines(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		p := h.meets("anna", "web", "")
		open := func(id, kind string, deadline time.Time) {
			h.do(func(ctx context.Context, tx store.Tx) error {
				return tx.OpenTickets(ctx, []store.Ticket{{ID: id, ContactID: p.id, Kind: kind, Priority: "normal", State: "open", CreatedAt: monday, Deadline: deadline}})
			})
		}
		taken := func(id string, at time.Time) {
			h.do(func(ctx context.Context, tx store.Tx) error {
				return tx.AppendEvents(ctx, []store.Event{{At: at, Name: "ticket.answered", Ref: id}})
			})
		}
		soon := monday.Add(time.Hour)
		open("quick", "call_back", soon)
		taken("quick", monday.Add(time.Minute))
		open("slow", "call_back", soon)
		taken("slow", monday.Add(2*time.Hour))
		open("forgotten", "asked", soon)
		open("new", "asked", now.Add(time.Hour))
		open("digest", "digest", time.Time{}) // nobody waits for it

		r := h.report("")
		same(t, "tickets", r.Tickets, numbers.Tickets{Opened: 4, InTime: numbers.Part{Count: 1, Of: 3}, Open: 1})
		same(t, "callbacks", r.Callbacks, numbers.Tickets{Opened: 2, InTime: numbers.Part{Count: 1, Of: 2}})
		same(t, "kinds", []any{r.Kinds[0].Name, r.Kinds[0].InTime}, []any{"asked", numbers.Part{Count: 0, Of: 1}})
	})
}

func TestFirstRepliesAndLinks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		for i, took := range []time.Duration{time.Second, time.Second, 2 * time.Second, time.Minute} {
			p := h.meets(fmt.Sprint("p", i), "web", "")
			h.do(func(ctx context.Context, tx store.Tx) error {
				for n, at := range []time.Time{monday, monday.Add(time.Hour)} {
					id := fmt.Sprint(p.id, "-", n)
					in := store.Input{Channel: "web", ExternalID: id, ContactID: p.id, Kind: store.MessageInput, Payload: []byte("{}"), ReceivedAt: at}
					if _, err := tx.Accept(ctx, []store.Input{in}); err != nil {
						return err
					}
					out := store.Output{ID: id, ContactID: p.id, Channel: "web", Chat: p.id, Class: "service", Payload: []byte("{}"), CreatedAt: at}
					if err := tx.Put(ctx, []store.Output{out}); err != nil {
						return err
					}
					if _, err := tx.Sent(ctx, []store.Delivery{{ID: id, At: at.Add(took)}}); err != nil {
						return err
					}
				}
				return nil
			})
		}
		h.do(func(ctx context.Context, tx store.Tx) error {
			return tx.SaveLinks(ctx, []store.Link{
				{ID: "opened", ContactID: "p0", URL: "https://maps.example/", CreatedAt: monday, ClickedAt: monday.Add(time.Minute)},
				{ID: "not opened", ContactID: "p1", URL: "https://maps.example/", CreatedAt: monday},
				{ID: "before", ContactID: "p1", URL: "https://maps.example/", CreatedAt: monday.Add(-time.Second), ClickedAt: monday},
			})
		})
		r := h.report("")
		same(t, "first replies", r.Replies, numbers.Replies{Chats: 4, P50: 1, P95: 60})
		same(t, "links", r.Links.Opened, numbers.Part{Count: 1, Of: 2})
	})
}

func TestAnEmptyStoreHasAnEmptyReport(t *testing.T) {
	onBoth(t, func(t *testing.T, h *history) {
		r := h.report(numbers.ByWeek)
		if !r.Empty() {
			t.Errorf("not empty: %+v", r)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back struct {
			Visits struct {
				Rate struct{ Share *float64 } `json:"no_show_rate"`
			} `json:"visits"`
		}
		if strings.Contains(string(text), `":null`) && strings.Count(string(text), `":null`) != strings.Count(string(text), `"share":null`) {
			t.Errorf("something but a share is null: %s", text)
		}
		if err := json.Unmarshal(text, &back); err != nil || back.Visits.Rate.Share != nil {
			t.Errorf("a share of nothing is %v, %v", back.Visits.Rate.Share, err)
		}
	})
}
