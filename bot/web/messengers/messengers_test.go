package messengers_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot"
	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/bot/web/messengers"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/channels"
	"careline/channels/browsertest"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store"
)

// clinic has the page of its channels, WhatsApp among them.
type clinic struct {
	*pagetest.Stage
	t       *testing.T
	network *whatsapptest.Server
}

func open(t *testing.T) clinic {
	t.Helper()
	c := clinic{t: t, network: whatsapptest.Start(t, whatsapptest.Options{})}
	w := bottest.New(t, bottest.SQLite(t), "a")
	db, dialect, err := w.Store.(store.Sessions).Sessions(t.Context(), "whatsapp")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	channel, err := whatsapp.New(whatsapp.Options{
		DB: db, Dialect: dialect, Memory: bot.Memory{Channel: "whatsapp", Store: w.Store, Now: w.Clock.Now}, Words: w.Runner.Scripts.Catalogue().Word,
		HTTP: c.network.Client(), CertRoot: c.network.Root(), Now: w.Clock.Now, Random: func() float64 { return .5 }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Stage = pagetest.Open(t, w, func(d page.Desk) []page.Route {
		d.Channels = append(d.Channels, channel, site{d.Channels[0]})
		return messengers.New(d).Routes()
	})
	return c
}

// site is the chat on the clinic's site.
type site struct{ channels.Channel }

func (site) ID() channels.ID                              { return "web" }
func (site) Path() string                                 { return "/chat/" }
func (site) ServeHTTP(http.ResponseWriter, *http.Request) {}
func (site) Invite(source string) string                  { return "https://chat.clinic.ru/chat/?source=" + source }

func holds(t *testing.T, a *httptest.ResponseRecorder, words ...string) {
	t.Helper()
	if a.Code != http.StatusOK {
		t.Fatalf("%d: %s", a.Code, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body.String(), w) {
			t.Errorf("«%s» is not shown in\n%s", w, a.Body)
		}
	}
	if strings.Contains(a.Body.String(), "desk.channels.") {
		t.Errorf("a text is missing in\n%s", a.Body)
	}
}

func (c clinic) do(f func(store.Tx) error) {
	c.t.Helper()
	if err := c.Desk.Store.Tx(c.t.Context(), f); err != nil {
		c.t.Fatal(err)
	}
}

// code is what the page shows at the moment, as a phone's camera reads it; letters are of the other way.
func (c clinic) code() (seen, letters string) {
	c.t.Helper()
	var a struct{ QR, Typed, Failed string }
	c.do(func(tx store.Tx) error {
		kept, err := tx.Recall(c.t.Context(), "whatsapp", "desk_link", c.Clock.Now())
		if err == nil && kept != "" {
			err = json.Unmarshal([]byte(kept), &a)
		}
		return err
	})
	if a.Failed != "" {
		c.t.Fatal(a.Failed)
	}
	return a.QR, a.Typed
}

func TestAPhoneIsLinkedByTheCodeOnThePage(t *testing.T) {
	c := open(t)
	phone := "+" + c.network.OwnPhone().JID().User
	tab := c.Browser(t, access.Owner, "/desk/channels", 1280, 900)
	tab.Shows("#whatsapp", "телефон не привязан")
	tab.Tap("#whatsapp button", "Показать код")
	tab.Until(`doc.querySelector("#whatsapp svg.qr path").getAttribute("d").length > 500`)
	qr, _ := c.code()
	if err := c.network.OwnPhone().Scan(qr); err != nil {
		t.Fatal(err)
	}
	tab.Shows("#whatsapp strong", phone)
	tab.Tap("#whatsapp a", "Отвязать")
	tab.Shows("h1", "Отвязать "+phone)
	tab.Tap("button", "Отвязать")
	tab.Shows("#whatsapp", "телефон не привязан")
	if n := c.network.OwnPhone().Devices(); n != 0 {
		t.Errorf("the phone still has %d devices", n)
	}
	var deeds []string
	c.do(func(tx store.Tx) error {
		all, err := tx.Deeds(t.Context(), store.Deeds{Limit: 10})
		for _, d := range all {
			deeds = append(deeds, d.Action+" "+d.Ref)
		}
		return err
	})
	if got := strings.Join(deeds, ", "); got != "channel_unlink channel/whatsapp, channel_link channel/whatsapp" {
		t.Errorf("the audit has %s", got)
	}
}

func TestAPhoneIsLinkedByLettersOnThePage(t *testing.T) {
	c := open(t)
	phone := "+" + c.network.OwnPhone().JID().User
	tab := c.Browser(t, access.Owner, "/desk/channels", 390, 800)
	tab.Type("#whatsapp input[type=tel]", phone)
	tab.Until(`doc.querySelector("#whatsapp .typed").innerText.length >= 8`)
	_, letters := c.code()
	if err := c.network.OwnPhone().Enter(t.Context(), letters); err != nil {
		t.Fatal(err)
	}
	tab.Shows("#whatsapp strong", phone)
}

// In a clinic's own network, over plain http, a browser gives pages no clipboard.
func TestLinksAreCopiedOverPlainHTTP(t *testing.T) {
	c := open(t)
	c.URL = strings.Replace(c.URL, "127.0.0.1", browsertest.Plain, 1)
	tab := c.Browser(t, access.Owner, "/desk/channels/invite?source=flyer_may", 1280, 900)
	tab.Until(`doc.readyState === "complete" && !navigator.clipboard`)
	tab.Get(`doc.querySelector("[data-copy]").focus()`)
	tab.Press("\r")
	tab.Shows("[data-copy]", "Скопировано")
}

func TestAnAttemptIsGivenUp(t *testing.T) {
	c := open(t)
	tab := c.Browser(t, access.Owner, "/desk/channels", 1280, 900)
	tab.Tap("#whatsapp button", "Показать код")
	tab.Until(`doc.querySelector("#whatsapp svg.qr")`)
	tab.Tap("#whatsapp button", "Не привязывать")
	tab.Shows("#whatsapp button", "Показать код")
	if qr, letters := c.code(); qr+letters != "" {
		t.Error("a code is left")
	}
}

func TestAWrongNumberIsToldBesideItsField(t *testing.T) {
	c := open(t)
	for _, phone := range []string{"", "12", "+7 999", "+7999<script>"} {
		a := c.As(access.Owner).Post("/desk/channels/whatsapp/link", url.Values{"way": {"type"}, "phone": {phone}})
		if a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), `id="e-phone"`) {
			t.Errorf("%q: %d", phone, a.Code)
		}
	}
	for _, path := range []string{"/desk/channels/test/link", "/desk/channels/nothing/unlink"} {
		if a := c.As(access.Owner).Post(path, url.Values{"way": {"scan"}}); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Code)
		}
	}
}

func TestAnOutageIsToldInWords(t *testing.T) {
	c := open(t)
	now := c.Clock.Now()
	c.do(func(tx store.Tx) error {
		err := tx.OpenTickets(t.Context(), []store.Ticket{
			{ID: "now", Kind: desk.ChannelDown, Note: "test", Priority: desk.High, State: "open", CreatedAt: now.Add(-time.Hour)},
			{ID: "was", Kind: desk.ChannelDown, Note: "test", Priority: desk.Normal, State: "closed", CreatedAt: now.Add(-49 * time.Hour), ClosedAt: now.Add(-48 * time.Hour)},
		})
		if err != nil {
			return err
		}
		return tx.Remember(t.Context(), "test", desk.OutageMemory, desk.ToBeMended+" now", time.Time{})
	})
	holds(t, c.As(access.Administrator).Get("/desk/channels"), "не работает", "с 09:00", "Само не пройдёт", "ещё идёт", "1 ч",
		`&lt;script src=&#34;https://chat.clinic.ru/chat/widget.js&#34; async&gt;&lt;/script&gt;`, "Привязать телефон может владелец")
}

func TestLinksThatBringPeople(t *testing.T) {
	c := open(t)
	holds(t, c.As(access.Administrator).Get("/desk/channels/invite?source=flyer_may"), "https://chat.clinic.ru/chat/?source=flyer_may", `class="qr"`)
	if a := c.As(access.Owner).Get("/desk/channels/invite?source=a+b"); a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), "Только латинские") {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestOnlyTheOwnerLinks(t *testing.T) {
	c := open(t)
	for _, role := range []access.Role{access.Administrator, access.CareManager, access.Marketer, access.Practitioner} {
		for _, path := range []string{"/desk/channels/whatsapp/link", "/desk/channels/whatsapp/stop", "/desk/channels/whatsapp/unlink"} {
			if a := c.As(role).Post(path, url.Values{"way": {"scan"}}); a.Code != http.StatusForbidden {
				t.Errorf("%s as %s: %d", path, role, a.Code)
			}
		}
	}
	for role, want := range map[access.Role]int{access.Administrator: 200, access.Marketer: 403, access.Practitioner: 403} {
		if a := c.As(role).Get("/desk/channels"); a.Code != want {
			t.Errorf("%s: %d", role, a.Code)
		}
	}
}
