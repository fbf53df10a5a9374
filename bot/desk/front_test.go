package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"

	"github.com/google/go-cmp/cmp"
)

var (
	maria = desk.Account{ID: "account-maria", Name: "Мария"}
	olga  = desk.Account{ID: "account-olga", Name: "Ольга"}
)

// fronted tells a story on both databases, in a clinic with an administrators' chat beside the browser.
func fronted(t *testing.T, story func(t *testing.T, w *bottest.World)) {
	t.Helper()
	onBothStores(t, story)
}

// act does something at the desk and lets everything that follows happen.
func act(t *testing.T, w *bottest.World, by desk.Account, do func(context.Context, store.Tx, *desk.Front, desk.Act) error) error {
	t.Helper()
	err := pends(t, w, by, w.ID(), do)
	settle(t, w)
	return err
}

// pends does it with the page's id, before anybody has stepped the chat.
func pends(t *testing.T, w *bottest.World, by desk.Account, id string, do func(context.Context, store.Tx, *desk.Front, desk.Act) error) error {
	t.Helper()
	a := desk.Act{By: by, ID: id, Contact: contactOf(t, w).ID}
	return w.Store.Tx(t.Context(), func(tx store.Tx) error { return do(t.Context(), tx, w.Runner.Front(), a) })
}

// speaks is a reply of somebody who had seen the chat up to the line.
func speaks(w *bottest.World, text string, seen int64) func(context.Context, store.Tx, *desk.Front, desk.Act) error {
	return func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
		return f.Reply(ctx, tx, a, desk.Words{Text: text, Seen: seen}, w.Clock.Now())
	}
}

// lastLine of Anna's chat.
func lastLine(t *testing.T, w *bottest.World) (last store.Line) {
	t.Helper()
	contact := contactOf(t, w)
	looks(w, func(ctx context.Context, tx store.Tx) error {
		lines, err := tx.History(ctx, contact.ID, 0, 0, 1)
		if len(lines) > 0 {
			last = lines[0]
		}
		return err
	})
	return last
}

func answered(t *testing.T, err error, author, text string) {
	t.Helper()
	first, ok := errors.AsType[*desk.AnsweredError](err)
	if !ok {
		t.Fatalf("the second reply got %v", err)
	}
	if first.Author != author || first.Text != text {
		t.Errorf("the second is told of %s: %q", first.Author, first.Text)
	}
}

func TestOfTwoRepliesTheSecondIsShownTheFirst(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		seen := lastLine(t, w).Seq
		if err := pends(t, w, maria, "1", speaks(w, "Здравствуйте!", seen)); err != nil {
			t.Fatal(err)
		}
		answered(t, pends(t, w, olga, "1", speaks(w, "Добрый день!", seen)), "Мария", "Здравствуйте!") // hers is on its way
		settle(t, w)
		answered(t, act(t, w, olga, speaks(w, "Добрый день!", seen)), "Мария", "Здравствуйте!") // and now it is said
		if got := said(w, "anna"); got[len(got)-1] != "Здравствуйте!" || slices.Contains(got, "Добрый день!") {
			t.Errorf("the patient reads %q", got)
		}
		if k := only(t, w); k.State != "taken" || k.TakenBy != "Мария" || k.Account != maria.ID {
			t.Errorf("the ticket is %s, of %s (%s)", k.State, k.TakenBy, k.Account)
		}
		if err := act(t, w, maria, speaks(w, "Чем помочь?", seen)); err != nil { // in another tab
			t.Errorf("she herself cannot go on: %v", err)
		}
		if err := act(t, w, olga, speaks(w, "Мария отошла, я с вами", lastLine(t, w).Seq)); err != nil {
			t.Errorf("a colleague who has read it cannot: %v", err)
		}
	})
}

func TestARepeatedPostSaysNothingTwice(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		for range 3 {
			if err := pends(t, w, maria, "the same", speaks(w, "Слушаю вас внимательно", 0)); err != nil {
				t.Fatal(err)
			}
			settle(t, w)
		}
		if n := strings.Count(strings.Join(said(w, "anna"), "\n"), "Слушаю вас внимательно"); n != 1 {
			t.Errorf("it was said %d times", n)
		}
	})
}

// Two administrators in two processes press «send» at once, again and again: exactly one is heard, the other reads
// what was said.
func TestOfTwoAdministratorsInTwoProcessesOneIsHeard(t *testing.T) {
	w := bottest.New(t, bottest.Postgres(t), "a")
	agrees(w, "anna")
	b := w.Again("b")
	contact := contactOf(t, w).ID
	for round := range 20 {
		w.Says("anna", "вопрос")
		seen := lastLine(t, w).Seq
		texts := map[string]string{maria.ID: "от Марии " + w.ID(), olga.ID: "от Ольги " + w.ID()}
		errs := map[string]error{}
		var mu sync.Mutex
		var both sync.WaitGroup
		for who, in := range map[desk.Account]*bottest.World{maria: w, olga: b} {
			both.Go(func() {
				a := desk.Act{By: who, ID: in.ID(), Contact: contact}
				err := in.Store.Tx(t.Context(), func(tx store.Tx) error {
					return in.Runner.Front().Reply(t.Context(), tx, a, desk.Words{Text: texts[who.ID], Seen: seen}, in.Clock.Now())
				})
				mu.Lock()
				defer mu.Unlock()
				errs[who.ID] = err
			})
			if round%2 == 0 {
				both.Go(func() { _ = in.Runner.Settle(t.Context()) })
			}
		}
		both.Wait()
		settle(t, b)
		settle(t, w)
		first, second := maria, olga
		if errs[maria.ID] != nil {
			first, second = olga, maria
		}
		if errs[first.ID] != nil {
			t.Fatalf("nobody was heard: %v", errs)
		}
		answered(t, errs[second.ID], first.Name, texts[first.ID])
		var heard []string
		looks(w, func(ctx context.Context, tx store.Tx) error {
			lines, err := tx.Spoken(ctx, contact, seen, 10)
			for _, l := range lines {
				heard = append(heard, l.Author)
			}
			return err
		})
		if diff := cmp.Diff([]string{first.Name}, heard); diff != "" {
			t.Fatalf("the patient hears others (-want +got):\n%s", diff)
		}
	}
}

func TestTheRoomComesSecond(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		pass(t, w, time.Minute)
		if err := pends(t, w, maria, "1", speaks(w, "Пишу с компьютера", lastLine(t, w).Seq)); err != nil {
			t.Fatal(err)
		}
		chief := channels.Incoming{
			From: channels.Address{Channel: "test", Chat: office}, ID: w.ID(), At: w.Clock.Now().Add(-time.Second), Profile: channels.Profile{Name: "Шеф"},
			Text: "Пишу с телефона", ReplyTo: posted(w, office, "Просят").Key,
		}
		if err := w.Runner.Accept(t.Context(), chief); err != nil {
			t.Fatal(err)
		}
		settle(t, w) // the room is told of Maria's words after he has sent his
		if posted(w, office, "первым ответил Мария, ваш ответ не ушёл:\nПишу с компьютера"); slices.Contains(said(w, "anna"), "Пишу с телефона") {
			t.Error("both were heard")
		}
		posted(w, office, "✍️ Мария → ")
		pass(t, w, time.Minute)
		replies(w, office, "Шеф", "Просят", "Теперь я")
		if got := said(w, "anna"); got[len(got)-1] != "Теперь я" {
			t.Errorf("who has read it is not heard: %q", got)
		}
		answered(t, act(t, w, maria, speaks(w, "Ещё слово", lastLine(t, w).Seq-1)), "Шеф", "Теперь я")
	})
}

func TestAChatIsHandedToAnotherDialog(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		if err := act(t, w, maria, speaks(w, "Сейчас запишем вас", lastLine(t, w).Seq)); err != nil {
			t.Fatal(err)
		}
		err := act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Return(ctx, tx, a, "booking", nil, w.Clock.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(tickets(t, w)); n != 0 {
			t.Errorf("%d tickets are open", n)
		}
		w.Says("anna", "отбеливание")
		if got := said(w, "anna"); strings.Contains(got[len(got)-1], "администратор") {
			t.Errorf("the booking does not begin: %q", got)
		}
		err = act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Return(ctx, tx, a, "red_flag_of_nobody", nil, w.Clock.Now())
		})
		if !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("an unknown dialog is %v", err)
		}
	})
}

func TestATicketIsTakenAssignedNotedAndClosed(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		id := only(t, w).ID
		with := func(do func(context.Context, store.Tx, *desk.Front, desk.Act) error) func(context.Context, store.Tx, *desk.Front, desk.Act) error {
			return func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				a.Ticket = id
				return do(ctx, tx, f, a)
			}
		}
		take := with(func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Take(ctx, tx, a, w.Clock.Now())
		})
		if err := pends(t, w, maria, "1", take); err != nil {
			t.Fatal(err)
		}
		for _, when := range []string{"on its way", "taken"} {
			taken, ok := errors.AsType[*desk.TakenError](act(t, w, olga, take))
			if !ok || taken.By != "Мария" {
				t.Errorf("%s: the second hears %v", when, taken)
			}
		}
		steps := []func(context.Context, store.Tx, *desk.Front, desk.Act) error{
			func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				return f.Assign(ctx, tx, a, olga, w.Clock.Now())
			},
			func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				return f.Note(ctx, tx, a, "Просит перезвонить после шести", w.Clock.Now())
			},
			func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				return f.Prioritise(ctx, tx, a, desk.High, w.Clock.Now())
			},
			func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				return f.Close(ctx, tx, a, "price", "Назвали цену, подумает", w.Clock.Now())
			},
		}
		for i, step := range steps {
			if err := act(t, w, olga, with(step)); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
		}
		var k store.Ticket
		var notes, history []string
		looks(w, func(ctx context.Context, tx store.Tx) error {
			found, err := tx.TicketsByID(ctx, []string{id})
			if err != nil {
				return err
			}
			k = found[0]
			all, err := tx.TicketNotes(ctx, id)
			for _, n := range all {
				if n.Internal {
					notes = append(notes, n.Author+": "+n.Text)
				}
			}
			if err != nil {
				return err
			}
			events, err := tx.EventsAbout(ctx, id)
			for _, e := range events {
				history = append(history, e.Name)
			}
			return err
		})
		if k.State != "closed" || k.Account != olga.ID || k.Reason != "price" || k.Priority != desk.High {
			t.Errorf("the ticket is %+v", k)
		}
		if diff := cmp.Diff([]string{"Ольга: Просит перезвонить после шести", "Ольга: Назвали цену, подумает"}, notes); diff != "" {
			t.Errorf("the notes differ (-want +got):\n%s", diff)
		}
		want := []string{"ticket.opened", "ticket.answered", "ticket.taken", "ticket.assigned", "ticket.prioritised", "ticket.closed"}
		if diff := cmp.Diff(want, history); diff != "" {
			t.Errorf("the history differs (-want +got):\n%s", diff)
		}
		if got := strings.Join(said(w, "anna"), "\n"); strings.Contains(got, "перезвонить после") {
			t.Error("the patient reads a note for colleagues")
		}
		if err := act(t, w, maria, take); !errors.Is(err, desk.ErrClosed) {
			t.Errorf("a closed ticket is taken: %v", err)
		}
	})
}

func TestAFileOfTheDeskReachesTheMessenger(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		plan := []byte("%PDF-1.7 a plan of treatment")
		err := act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			file, err := f.Upload(ctx, tx, a, 0, `C:\планы\план.pdf`, plan, w.Clock.Now())
			if err != nil {
				return err
			}
			return f.Reply(ctx, tx, a, desk.Words{Text: "Ваш план", Files: append(desk.Words{}.Files, file)}, w.Clock.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		told := w.Phones.Told("anna")
		last := told[len(told)-1]
		if len(last.Files) != 1 || string(last.Files[0].Data) != string(plan) || last.Files[0].Name != "план.pdf" || last.Files[0].MIME != "application/pdf" {
			t.Fatalf("the patient gets %+v", last.Files)
		}
		shelf := &desk.Attachments{Store: w.Store}
		file, body, err := shelf.Open(t.Context(), contactOf(t, w).ID, lastLine(t, w).Seq, 0)
		if err != nil || file.MIME != "application/pdf" {
			t.Fatalf("the desk itself cannot open it: %v", err)
		}
		body.Close()
		if _, _, err := shelf.Open(t.Context(), contactOf(t, w).ID, lastLine(t, w).Seq, 1); !errors.Is(err, desk.ErrNoFile) {
			t.Errorf("a second file is %v", err)
		}
	})
}

func TestWordsThatCannotReachAnybodyAreRefused(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		contact := contactOf(t, w)
		for _, c := range []struct {
			text string
			want error
		}{{" \n", desk.ErrEmpty}, {strings.Repeat("я", 8001), desk.ErrTooLong}} {
			if err := act(t, w, maria, speaks(w, c.text, 0)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		}
		change(t, w, func(ctx context.Context, tx store.Tx) error { return tx.Blocked(ctx, contact.ID, w.Clock.Now()) })
		if err := act(t, w, maria, speaks(w, "Вы здесь?", 0)); !errors.Is(err, desk.ErrBlocked) {
			t.Errorf("who has blocked us is %v", err)
		}
		change(t, w, func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, contact.PatientID, w.Clock.Now()) })
		a := desk.Act{By: maria, ID: "late", Contact: contact.ID}
		err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
			return w.Runner.Front().Reply(t.Context(), tx, a, desk.Words{Text: "Вы здесь?"}, w.Clock.Now())
		})
		if !errors.Is(err, desk.ErrErased) {
			t.Errorf("who was erased is %v", err)
		}
	})
}

func TestColleaguesAndThePatientSeeWhoIsWriting(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		for len(w.Phones.Typed) > 0 {
			<-w.Phones.Typed
		}
		contact := contactOf(t, w).ID
		presence := w.Runner.Presence()
		for range 30 { // keystrokes
			if err := presence.Typing(t.Context(), contact, maria, w.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if got := <-w.Phones.Typed; got != "anna" || len(w.Phones.Typed) > 0 {
			t.Errorf("typing is shown to %s, and %d times more", got, len(w.Phones.Typed))
		}
		writing := func(after time.Duration) (names []string) {
			looks(w, func(ctx context.Context, tx store.Tx) error {
				all, err := tx.Writing(ctx, []string{contact}, w.Clock.Now().Add(after))
				for _, p := range all {
					names = append(names, p.Name)
				}
				return err
			})
			return names
		}
		if got := writing(time.Second); !slices.Equal(got, []string{"Мария"}) {
			t.Errorf("%q are writing", got)
		}
		if got := writing(time.Minute); len(got) > 0 {
			t.Errorf("a minute later %q are writing", got)
		}
		if err := presence.Stopped(t.Context(), contact, maria); err != nil || len(writing(0)) > 0 {
			t.Errorf("she still writes (%v)", err)
		}
	})
}

func TestWordsAfterClosingOpenTheMatterAgain(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		id := only(t, w).ID
		if err := act(t, w, maria, speaks(w, "Слушаю вас", lastLine(t, w).Seq)); err != nil {
			t.Fatal(err)
		}
		closes := func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Close(ctx, tx, a, "", "", w.Clock.Now())
		}
		if err := act(t, w, maria, closes); err != nil {
			t.Fatal(err)
		}
		w.Says("anna", "спасибо") // the bot has an answer to that
		if n := len(tickets(t, w)); n != 0 {
			t.Fatalf("%d tickets are open after thanks", n)
		}
		pass(t, w, 3*time.Hour)
		w.Says("anna", "а вот ещё про ту справку хотела узнать")
		k := only(t, w)
		if k.ID != id || k.State != "open" || k.Account != maria.ID || !k.Deadline.After(w.Clock.Now()) {
			t.Errorf("the ticket is %+v", k)
		}
		posted(w, office, "🔄 Пациент снова пишет")
		posted(w, office, "а вот ещё про ту справку")
		pass(t, w, time.Hour) // nobody comes: the patient is told, once
		if n := strings.Count(strings.Join(said(w, "anna"), "\n"), "администраторы сейчас заняты"); n != 1 {
			t.Errorf("the patient was told %d times that nobody has time", n)
		}
		if err := act(t, w, maria, closes); err != nil {
			t.Fatal(err)
		}
		pass(t, w, 25*time.Hour)
		w.Says("anna", "а вот ещё про ту справку хотела узнать")
		if n := len(tickets(t, w)); n != 0 {
			t.Errorf("%d tickets are open a day later", n)
		}
	})
}

func TestReadyAnswersKnowWhomTheyAreFor(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		texts := map[string]desk.Answer{}
		looks(w, func(ctx context.Context, tx store.Tx) error {
			all, err := w.Runner.Room().Answers(ctx, tx, contactOf(t, w).ID, "Мария", "en", w.Clock.Now())
			for _, a := range all {
				texts[a.ID] = a
			}
			return err
		})
		if got := texts["greeting"]; got.Title != "Greeting" || !strings.Contains(got.Text, "Меня зовут Мария") {
			t.Errorf("the greeting is %+v", got)
		}
		if got := texts["visit"]; !strings.HasPrefix(got.Text, "Вы записаны: завтра, 24 ноября") || len(got.Missing) > 0 {
			t.Errorf("the visit is %+v", got)
		}
	})
}
