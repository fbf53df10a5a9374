package main

import (
	"context"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"careline/bot"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
)

// Where a careline that is a test's process finds WhatsApp, and whose certificates it believes.
const (
	whatsappAt   = "CARELINE_TEST_WHATSAPP_AT"
	whatsappRoot = "CARELINE_TEST_WHATSAPP_ROOT"
)

// localWhatsApp is the channel as built, on the local server that the environment names.
func localWhatsApp() bot.Maker {
	return whatsApp(func(o *whatsapp.Options) {
		if at := os.Getenv(whatsappAt); at != "" {
			o.HTTP = whatsapptest.Dial(at)
			root, _ := hex.DecodeString(os.Getenv(whatsappRoot)) // a wrong one is refused when it connects
			copy(o.CertRoot[:], root)
		}
	})
}

// onWhatsApp are the settings of a server that works with the local WhatsApp, without limits.
func onWhatsApp(network *whatsapptest.Server, more ...string) []string {
	return append([]string{
		whatsappAt + "=" + network.Addr(), whatsappRoot + "=" + network.RootText(), "CARELINE_WHATSAPP=on",
		"CARELINE_WHATSAPP_PHONE=" + phoneOf(network), "CARELINE_WHATSAPP_LIMITS=0,0",
	}, more...)
}

// phoneOf the clinic's account.
func phoneOf(network *whatsapptest.Server) string { return "+" + network.OwnPhone().JID().User }

// A clinic that may not take a GPL library builds careline without WhatsApp, and is told when it wants it all the same.
func TestABuildWithoutWhatsApp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tags string
		has  bool
	}{{"", true}, {"nowhatsapp", false}} {
		out, err := exec.Command("go", "list", "-deps", "-tags", c.tags, ".").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, library := range []string{"go.mau.fi/whatsmeow", "go.mau.fi/libsignal"} {
			if strings.Contains(string(out), library) != c.has {
				t.Errorf("with tags %q %s is linked: %v", c.tags, library, !c.has)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "careline")
	if out, err := exec.Command("go", "build", "-tags", "nowhatsapp", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := command(t, newClinic(t), []string{"CARELINE_WHATSAPP=on", "CARELINE_WHATSAPP_PHONE=+79991234567"}, "serve")
	cmd.Path = path
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "built without WhatsApp") {
		t.Errorf("%v\n%s", err, out)
	}
}

// linked links the clinic's phone by eight letters.
func linked(t testing.TB, network *whatsapptest.Server, dir string, settings []string) {
	t.Helper()
	letters := make(chan string, 10)
	cmd := command(t, dir, settings, "link", "whatsapp", dir, "--phone", phoneOf(network))
	cmd.Stdout = &finder{after: "(Linked devices, Link with phone number): ", found: letters}
	log := &journal{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case code := <-letters:
		if err := network.OwnPhone().Enter(context.Background(), code); err != nil {
			t.Errorf("the phone refuses %q: %v", code, err)
		}
	case err := <-ended:
		t.Fatalf("no code: %v\n%s", err, log)
	}
	if err := <-ended; err != nil {
		t.Fatalf("linking: %v\n%s", err, log)
	}
}

// finder hands on what follows a piece of the text on its line.
type finder struct {
	journal
	after string
	found chan<- string
	done  int
}

func (f *finder) Write(p []byte) (int, error) {
	n, err := f.journal.Write(p)
	for {
		_, rest, has := strings.Cut(f.String()[f.done:], f.after)
		line, _, whole := strings.Cut(rest, "\n")
		if !has || !whole {
			return n, err
		}
		f.done = len(f.String()) - len(rest) + len(line)
		f.found <- line
	}
}
