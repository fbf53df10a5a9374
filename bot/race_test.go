package bot_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

const workerURL = "CARELINE_RACE_DATABASE"

// TestMain is also the second and third process of the race.
func TestMain(m *testing.M) {
	if url := os.Getenv(workerURL); url != "" {
		os.Exit(work(url))
	}
	os.Exit(m.Run())
}

// work steps and sends until it is interrupted.
func work(url string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var t testing.T
	db, err := postgres.Open(ctx, url)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer db.Close()
	w := bottest.New(&t, db, fmt.Sprint("process", os.Getpid()))
	fmt.Println("ready")
	if err := w.Runner.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// A thousand patients are offered the same time and press it at once, while two processes on one PostgreSQL
// serve them: one holds it, and each of the others is offered something else.
func TestAThousandPatientsAndOneSlot(t *testing.T) {
	const crowd = 1000
	url := storetest.Postgres(t)
	db := bottest.PostgresAt(t, url)
	w := bottest.New(t, db, "crowd")
	chats := make([]string, crowd)
	for i := range chats {
		chats[i] = fmt.Sprint("patient", i)
	}
	everybody := func(do func(chat string) channels.Incoming) {
		t.Helper()
		var all []channels.Incoming
		for _, chat := range chats {
			all = append(all, do(chat))
		}
		if err := w.Runner.Accept(t.Context(), all...); err != nil {
			t.Fatal(err)
		}
	}
	settle := func() {
		t.Helper()
		if err := w.Runner.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	everybody(func(chat string) channels.Incoming { return w.Write(chat, "/start") })
	settle()
	for _, label := range []string{"Даю согласие", "Записаться на приём", "Знаю услугу"} {
		everybody(func(chat string) channels.Incoming { return w.Press(chat, label) })
		settle()
	}
	everybody(func(chat string) channels.Incoming { return w.Write(chat, "1") })
	settle()
	offer := w.Phones.Told(chats[0])
	wanted := offer[len(offer)-1].Choices[0].Label
	everybody(func(chat string) channels.Incoming { return w.Press(chat, wanted) })

	stop := start(t, url, 2)
	idle(t, db)
	stop()

	holders, others := 0, 0
	for _, chat := range chats {
		switch held, offered := outcome(t, db, chat, wanted); {
		case held:
			holders++
		case offered:
			others++
		}
	}
	if holders != 1 || others != crowd-1 {
		t.Errorf("%d hold the time, %d are offered something else, of %d", holders, others, crowd)
	}
}

// start runs n more processes on the store; the returned function ends them.
func start(t *testing.T, url string, n int) (stop func()) {
	t.Helper()
	var running []*exec.Cmd
	for range n {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), workerURL+"="+url)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	return func() {
		t.Helper()
		for _, cmd := range running {
			_ = cmd.Process.Signal(os.Interrupt)
		}
		for _, cmd := range running {
			if err := cmd.Wait(); err != nil {
				t.Errorf("a process ended badly: %v", err)
			}
		}
	}
}

// idle waits until nothing waits to be stepped or sent.
func idle(t *testing.T, db store.Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for tick := time.NewTicker(50 * time.Millisecond); ; {
		var inbox, outbox int
		err := db.Read(ctx, func(tx store.Tx) (err error) {
			if inbox, _, err = storetest.InDepth(ctx, tx); err != nil {
				return err
			}
			outbox, err = storetest.OutDepth(ctx, tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if inbox+outbox == 0 {
			tick.Stop()
			return
		}
		<-tick.C
	}
}

// outcome reads what became of one patient: they hold the time, or they were shown other times.
func outcome(t *testing.T, db store.Store, chat, wanted string) (held, offered bool) {
	t.Helper()
	err := db.Read(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		for task := range 10 {
			holds, err := tx.Holds(t.Context(), c.ID, task)
			if err != nil {
				return err
			}
			held = held || len(holds) > 0
		}
		lines, err := tx.History(t.Context(), c.ID, 0, 0, 2)
		if err != nil {
			return err
		}
		last := string(lines[len(lines)-1].Payload)
		offered = strings.Contains(last, `"ask":"one"`) && !strings.Contains(last, wanted)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return held, offered
}
