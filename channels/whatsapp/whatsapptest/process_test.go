package whatsapptest_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"

	"careline/channels/whatsapp/whatsapptest"
)

// What a process of its own needs.
const (
	envAddr    = "WHATSAPP_ADDR"
	envRoot    = "WHATSAPP_ROOT"
	envSession = "WHATSAPP_SESSION"
)

// process is a bot in a process of its own. It prints what it receives, and falls asleep over «усни».
func process() error {
	key, err := hex.DecodeString(os.Getenv(envRoot))
	if err != nil {
		return err
	}
	whatsmeow.WACertPubKey = [32]byte(key)
	ctx := context.Background()
	container, err := sqlstore.New(ctx, "sqlite", os.Getenv(envSession), nil)
	if err != nil {
		return err
	}
	dev, err := container.GetFirstDevice(ctx)
	if err != nil {
		return err
	}
	client := whatsmeow.NewClient(dev, nil)
	client.SetWebsocketHTTPClient(whatsapptest.Dial(os.Getenv(envAddr)))
	client.SynchronousAck, client.EnableDecryptedEventBuffer = true, true
	ended := make(chan error)
	client.AddEventHandlerWithSuccessStatus(func(e any) bool {
		switch e := e.(type) {
		case *events.Message:
			fmt.Println(e.Message.GetConversation())
			if e.Message.GetConversation() == "усни" && os.Getenv("AWAKE") == "" {
				select {}
			}
		case *events.StreamReplaced:
			ended <- nil
		}
		return true
	})
	if err := client.Connect(); err != nil {
		return err
	}
	return <-ended
}

// hire starts one; said gives what it prints, line by line.
func hire(t *testing.T, srv *whatsapptest.Server, session string, more ...string) (kill func(), said func() string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(append(os.Environ(), envAddr+"="+srv.Addr(), envRoot+"="+srv.RootText(), envSession+"="+session), more...)
	out, err := cmd.StdoutPipe()
	fine(t, err)
	fine(t, cmd.Start())
	lines := bufio.NewScanner(out)
	kill = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(kill)
	return kill, func() string {
		if !lines.Scan() {
			return "the process ended"
		}
		return lines.Text()
	}
}

func TestABotInAProcessOfItsOwnDies(t *testing.T) {
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	session := "file:" + filepath.Join(t.TempDir(), "wa.db") + "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	container, err := sqlstore.New(t.Context(), "sqlite", session, nil)
	fine(t, err)
	fine(t, srv.OwnPhone().Link(t.Context(), container.NewDevice()))
	fine(t, container.Close())

	kill, said := hire(t, srv, session)
	anna := srv.Person(whatsapptest.User{})
	anna.Write("привет")
	equal(t, "first", said(), "привет")
	sleepy := anna.Write("усни")
	equal(t, "then", said(), "усни")
	kill()
	fine(t, srv.AwaitOffline(within(t)))
	anna.Write("есть кто?")

	_, said = hire(t, srv, session, "AWAKE=yes")
	equal(t, "again", said(), "усни")
	equal(t, "what came meanwhile", said(), "есть кто?")
	fine(t, anna.AwaitTaken(within(t), sleepy.Message))

	_, next := hire(t, srv, session, "AWAKE=yes")
	equal(t, "the earlier one", said(), "the process ended")
	anna.Write("а теперь?")
	equal(t, "the later one", strings.TrimSpace(next()), "а теперь?")
	fine(t, srv.AwaitSettled(within(t)))
}
