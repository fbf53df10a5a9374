//go:build !race

// whatsmeow closes its channel of codes while it may still send one: a race of its own that nothing here can avoid. The
// run without the detector has these tests.

package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

	"careline/bot"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store"

	"rsc.io/qr"
)

// A phone is linked by eight letters, stays linked, and is given up.
func TestAPhoneIsLinkedByLetters(t *testing.T) {
	t.Parallel()
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newClinic(t)
	settings := onWhatsApp(network)
	linked(t, network, dir, settings)
	says := func(want string, args ...string) {
		t.Helper()
		out, err := command(t, dir, settings, append([]string{"link", "whatsapp", dir}, args...)...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%v\n%s", err, out)
		}
	}
	says(phoneOf(network) + " is linked already.")
	if n := network.OwnPhone().Devices(); n != 1 {
		t.Errorf("the phone has %d devices", n)
	}
	says(phoneOf(network)+" is not linked any more.", "--unlink")
	says("No phone is linked.", "--unlink")
	if n := network.OwnPhone().Devices(); n != 0 {
		t.Errorf("the phone still has %d devices", n)
	}
}

func TestAnotherPhoneThanTheClinicsIsRefused(t *testing.T) {
	t.Parallel()
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newClinic(t)
	settings := append(onWhatsApp(network), "CARELINE_WHATSAPP_PHONE=+79990000000")
	letters := make(chan string, 10)
	cmd := command(t, dir, settings, "link", "whatsapp", dir, "--phone", phoneOf(network))
	log := &journal{}
	cmd.Stdout, cmd.Stderr = &finder{after: "number): ", found: letters}, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case code := <-letters:
		_ = network.OwnPhone().Enter(t.Context(), code) // the phone may hear of the refusal
	case err := <-ended:
		t.Fatalf("no code: %v\n%s", err, log)
	}
	if err := <-ended; err == nil || !strings.Contains(log.String(), "another account than the clinic's") {
		t.Errorf("%v\n%s", err, log)
	}
}

func TestLinkingIsStoppedByCtrlC(t *testing.T) {
	t.Parallel()
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newClinic(t)
	shown := make(chan string, 10)
	cmd := command(t, dir, onWhatsApp(network), "link", "whatsapp", dir)
	log := &journal{}
	cmd.Stdout, cmd.Stderr = &finder{after: "Good until ", found: shown}, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-shown:
	case err := <-ended:
		t.Fatalf("no code: %v\n%s", err, log)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil || strings.TrimSpace(log.String()) != "Stopped; nothing has changed." {
		t.Errorf("%v\n%s", err, log)
	}
}

// camera is a channel whose codes are seen by a phone as soon as they are shown.
type camera struct {
	*whatsapp.WhatsApp
	see func(code string)
}

func (c camera) Link(ctx context.Context, phone string, show func(channels.LinkCode)) (string, error) {
	return c.WhatsApp.Link(ctx, phone, func(code channels.LinkCode) {
		show(code)
		c.see(code.QR)
	})
}

// The first code is missed; the next one stands in its place, and is scanned.
func TestAPhoneIsLinkedByACodeThatIsRenewed(t *testing.T) {
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newClinic(t)
	for _, setting := range onWhatsApp(network) {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	var seen []string
	var once sync.Once
	see := func(code string) {
		seen = append(seen, code)
		if len(seen) == 1 {
			network.ExpireCodes()
			return
		}
		once.Do(func() {
			if err := network.OwnPhone().Scan(code); err != nil {
				t.Error(err)
			}
		})
	}
	with := func(s store.Store, f *folder.Folder, settings bot.Settings, c clock.Clock, log *slog.Logger) (channels.Channel, error) {
		made, err := localWhatsApp()(s, f, settings, c, log)
		if err != nil {
			return nil, err
		}
		return camera{made.(*whatsapp.WhatsApp), see}, nil
	}
	var out bytes.Buffer
	cmd := commands(with)
	cmd.SetArgs([]string{"link", "whatsapp", dir})
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if !strings.HasSuffix(out.String(), phoneOf(network)+" is linked.\n") || len(seen) < 2 {
		t.Errorf("after %d codes:\n%s", len(seen), out.String())
	}
	for _, code := range seen[:2] {
		if picture, err := (&poster{}).draw(code); err != nil || !strings.Contains(out.String(), picture) {
			t.Errorf("the code is not drawn, %v", err)
		}
	}
}

// Every module of a code is where the eye of a phone looks for it: on a dark terminal, on a light one, and in colours.
func TestACodeIsDrawnForEveryTerminal(t *testing.T) {
	const text = "2@careline,and,a,phone"
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		p    poster
		dark bool // what is printed is dark
	}{{poster{}, false}, {poster{invert: true}, true}, {poster{colours: true}, true}, {poster{colours: true, invert: true}, true}} {
		picture, err := c.p.draw(text)
		if err != nil {
			t.Fatal(err)
		}
		picture = strings.NewReplacer("\x1b[38;5;16;48;5;231m", "", "\x1b[0m", "").Replace(picture)
		for row, line := range strings.Split(strings.TrimSuffix(picture, "\n"), "\n") {
			for column, block := range []rune(line) {
				x, y := column-margin, 2*row-margin
				upper, lower := block == '█' || block == '▀', block == '█' || block == '▄'
				if upper != (code.Black(x, y) == c.dark) || lower != (code.Black(x, y+1) == c.dark) {
					t.Fatalf("%+v: %q at %d, %d", c.p, block, x, y)
				}
			}
		}
	}
}
