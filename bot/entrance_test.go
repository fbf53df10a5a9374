package bot_test

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"careline/bot"
	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/dialogs/clinic"
	"careline/store/sqlite"
)

// served is the program at an address, with the demo on or not.
func served(t *testing.T, isDemo bool) (address string) {
	t.Helper()
	f, _ := folder.Load(clinic.Files())
	db, err := sqlite.Open(t.TempDir() + "/careline.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	listen := bottest.Address(t)
	address = "http://" + listen
	parts := bot.Parts{
		Settings: bot.Settings{Listen: listen, Public: address, Secret: []byte(rand.Text())},
		Folder:   f, Store: db, Clock: clock.Real{}, IDs: rand.Text, Log: slog.New(slog.DiscardHandler), TriageRules: true,
	}
	if isDemo {
		moved := clock.NewMoved()
		parts.Clock, parts.Demo = moved, moved
	}
	parts.Channels = []channels.Channel{bot.WebChat(db, f, parts.Settings, parts.Clock, parts.Log)}
	b, err := bot.New(parts)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	for { // until it listens, or the test ends by its time
		if c, err := net.Dial("tcp", listen); err == nil {
			c.Close()
			return address
		}
		runtime.Gosched()
	}
}

// The desk lets in without a password, and into a frame, at the demo only.
func TestOnlyTheDemoLetsAnybodyIn(t *testing.T) {
	for _, c := range []struct {
		demo            bool
		accept, query   string
		at, says, frame string
	}{
		{false, "ru", "", "/desk/login", "Вход", "frame-ancestors 'none'"},
		{false, "en", "?lang=en", "/desk/login", "Sign in", "frame-ancestors 'none'"},
		{true, "en-GB", "", "/desk/inbox", "Administrator", "frame-ancestors 'self'"},
		{true, "en-GB", "?lang=ru", "/desk/inbox", "Администратор", "frame-ancestors 'self'"},
	} {
		address := served(t, c.demo)
		jar, _ := cookiejar.New(nil)
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/desk/demo"+c.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set("Accept-Language", c.accept)
		answer, err := (&http.Client{Jar: jar}).Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		at := answer.Request.URL
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		page := string(text)
		if at.Path != c.at || !strings.Contains(page, c.says) || !strings.HasSuffix(answer.Header.Get("Content-Security-Policy"), c.frame) {
			t.Errorf("%+v: came to %s, policy %q\n%s", c, at, answer.Header.Get("Content-Security-Policy"), page[:min(len(page), 2000)])
		}
		if home, _ := url.Parse(address); !c.demo && len(jar.Cookies(home)) > 0 {
			t.Errorf("a stranger gets %v", jar.Cookies(home))
		}
	}
}
