package console_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/console"
)

// heard is what the clinic hears; it answers by answers, in order.
type heard struct {
	console *console.Console
	answers []channels.Outgoing
	in      []channels.Incoming
	refuse  error
}

func (h *heard) Accept(ctx context.Context, messages ...channels.Incoming) error {
	if h.refuse != nil {
		return h.refuse
	}
	for _, m := range messages {
		h.in = append(h.in, m)
		if len(h.answers) > 0 {
			answer := h.answers[0]
			h.answers = h.answers[1:]
			if _, err := h.console.Send(ctx, m.From, answer); err != nil {
				return err
			}
		}
	}
	return nil
}

func talk(t *testing.T, as channels.ID, typed string, answers ...channels.Outgoing) (*heard, string) {
	t.Helper()
	var out bytes.Buffer
	n := 0
	c, err := console.New(console.Options{
		In: strings.NewReader(typed), Out: &out, As: as, Language: "ru", Phone: "+79120000000",
		Words: func(_, id string) string { return strings.TrimPrefix(id, "channel.") },
		Now:   func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) },
		NewID: func() string { n++; return strconv.Itoa(n) },
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{console: c, answers: answers}
	if err := c.Run(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	return h, out.String()
}

var question = channels.Outgoing{Text: "Вам удобно?\nЗавтра, 18:40", Ask: channels.AskOne, Choices: []channels.Choice{
	{Data: "q:1", Label: "Да"}, {Data: "q:2", Label: "Другое время"}, {Label: "Карта", Link: "https://m.example"},
}}

func TestEachMessengerShowsItsOwnShape(t *testing.T) {
	for as, want := range map[channels.ID]string{
		"console":  "\n  │ Вам удобно?\n  │ Завтра, 18:40\n  │ \n  │ Карта: https://m.example\n    1[ Да ]\n    2[ Другое время ]\n",
		"telegram": "\n  │ Вам удобно?\n  │ Завтра, 18:40\n    1[ Да ] 2[ Другое время ]\n    [ Карта ] https://m.example\n",
		"whatsapp": "\n  │ Вам удобно?\n  │ Завтра, 18:40\n  │ \n  │ Карта: https://m.example\n  │ \n  │ 1. Да\n  │ 2. Другое время\n  │ \n  │ number\n",
	} {
		if _, got := talk(t, as, "", question); got != want {
			t.Errorf("%s shows\n%s\nwant\n%s", as, got, want)
		}
	}
}

func TestTheChatOpensWithStartAndEndsWithItsLines(t *testing.T) {
	h, _ := talk(t, "", "Болит зуб\n/quit\nне прочтут\n")
	if len(h.in) != 2 || h.in[0].Text != "/start" || h.in[1].Text != "Болит зуб" || h.in[1].From.Channel != "console" || h.in[0].ID == h.in[1].ID {
		t.Errorf("heard %+v", h.in)
	}
}

func TestANumberPressesAButton(t *testing.T) {
	h, _ := talk(t, "telegram", "2\n", question)
	if m := h.in[1]; m.Choice != "q:2" || m.Text != "Другое время" {
		t.Errorf("heard %+v", m)
	}
	h, _ = talk(t, "whatsapp", "2\n", question)
	if m := h.in[1]; m.Choice != "" || m.Text != "2" {
		t.Errorf("without buttons a number is a word, heard %+v", m)
	}
	h, _ = talk(t, "telegram", "5\n", channels.Outgoing{Text: "Сколько?", Choices: []channels.Choice{{Data: "a", Label: "5"}, {Data: "b", Label: "1"}}})
	if m := h.in[1]; m.Choice != "a" {
		t.Errorf("a label comes before a number, heard %+v", m)
	}
}

func TestMarksAreShownAgainWithoutTheQuestion(t *testing.T) {
	marks := channels.Outgoing{Ask: channels.AskSeveral, Choices: []channels.Choice{{Data: "a", Label: "Болит", Chosen: true}, {Data: "b", Label: "Готово"}}, Redraws: "1"}
	h, out := talk(t, "telegram", "1\n", marks)
	if out != "\n    1[ ☑ Болит ]\n    2[ Готово ]\n" || h.in[1].Choice != "a" || h.in[1].Text != "Болит" {
		t.Errorf("shown %q, heard %+v", out, h.in[1])
	}
}

func TestTheKeyboardWritesItsLabel(t *testing.T) {
	phone := channels.Outgoing{Text: "Ваш телефон?", Ask: channels.AskPhone, Choices: []channels.Choice{{Data: "x", Label: "Не хочу"}}}
	h, _ := talk(t, "telegram", "1\n2\n", phone)
	if m := h.in[1]; m.Shared == nil || m.Shared.Phone != "+79120000000" || !m.Shared.Own {
		t.Errorf("the phone button: heard %+v", m)
	}
	if m := h.in[2]; m.Choice != "" || m.Text != "Не хочу" {
		t.Errorf("a key: heard %+v", m)
	}
}

func TestFilesPlacesAndMistakes(t *testing.T) {
	photo := filepath.Join(t.TempDir(), "tooth.png")
	if err := os.WriteFile(photo, []byte("png"), 0o600); err != nil {
		t.Fatal(err)
	}
	h, out := talk(t, "", "/file "+photo+"\n/file /nowhere/x\n/file\n/place 55.7, 37.6\n/place home\n/start ad-7\n")
	if len(h.in) != 4 {
		t.Fatalf("heard %+v", h.in)
	}
	if f := h.in[1].Files[0]; f.Kind != channels.Photo || f.Name != "tooth.png" || f.Size != 3 || f.Ref != photo {
		t.Errorf("the file is %+v", f)
	}
	if p := h.in[2].Place; p.Latitude != 55.7 || p.Longitude != 37.6 {
		t.Errorf("the place is %+v", p)
	}
	if h.in[3].Source != "ad-7" || strings.Count(out, "/place LATITUDE") != 2 || !strings.Contains(out, "opening the file") {
		t.Errorf("source %q, out %s", h.in[3].Source, out)
	}
}

func TestRunEndsWithItsContextWhileTheKeyboardIsQuiet(t *testing.T) {
	keyboard, typist := io.Pipe()
	defer typist.Close()
	c, err := console.New(console.Options{In: keyboard, Out: io.Discard, Now: time.Now, NewID: func() string { return "1" }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Run(ctx, &heard{console: c}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run ended with %v", err)
	}
}

func TestWhatIsNotStoredEndsTheChat(t *testing.T) {
	away := errors.New("away")
	c, err := console.New(console.Options{In: strings.NewReader("x\n"), Out: io.Discard, Now: time.Now, NewID: func() string { return "1" }})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Run(t.Context(), &heard{console: c, refuse: away}); !errors.Is(err, away) {
		t.Errorf("Run ended with %v", err)
	}
	if _, err := console.New(console.Options{As: "icq"}); err == nil {
		t.Error("an unknown messenger is taken")
	}
	var failed *channels.Error
	if _, err := c.Send(t.Context(), channels.Address{Channel: "web"}, question); !errors.As(err, &failed) || failed.Kind != channels.Rejected {
		t.Errorf("a foreign address: %v", err)
	}
}

// Who waits for the clinic to say something is not told of what nobody can see.
func TestTakingButtonsAwayShowsNothing(t *testing.T) {
	c, err := console.New(console.Options{Out: &bytes.Buffer{}, As: "telegram", Language: "ru", Words: func(_, id string) string { return id }})
	if err != nil {
		t.Fatal(err)
	}
	var receipts []string
	for _, m := range []channels.Outgoing{question, {Redraws: "1"}, {Text: "Ждём вас"}} {
		receipt, err := c.Send(t.Context(), c.Address(), m)
		if err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, receipt.ID)
	}
	if c.Shown() != 2 || receipts[0] == receipts[1] || receipts[1] == receipts[2] {
		t.Errorf("%d messages are shown, their ids are %q", c.Shown(), receipts)
	}
}

func TestCardsAndOptionsArePressedByNumber(t *testing.T) {
	doctors := channels.Outgoing{Text: "К кому?", Ask: channels.AskOne, Choices: []channels.Choice{
		{Data: "d:1", Label: "Белов", About: "Терапевт"}, {Data: "d:2", Label: "Сокол", About: "Хирург"}, {Data: "d:3", Label: "Любой"},
	}}
	h, out := talk(t, "vk", "2\n", doctors)
	want := "\n  │ К кому?\n  │ ▭ Белов\n  │   Терапевт\n    1[ pick ]\n  │ ▭ Сокол\n  │   Хирург\n    2[ pick ]\n\n  │ or\n    3[ Любой ]\n"
	if out != want || h.in[1].Choice != "d:2" {
		t.Errorf("pressed %+v of\n%s\nwant\n%s", h.in[1], out, want)
	}

	polls := channels.Known()["whatsapp"]
	polls.Polls = 12
	var shown bytes.Buffer
	c, err := console.New(console.Options{
		In: strings.NewReader("2\n2\n"), Out: &shown, As: "whatsapp", Caps: polls,
		Words: func(_, id string) string { return strings.TrimPrefix(id, "channel.") }, Now: time.Now, NewID: func() string { return "1" },
	})
	if err != nil {
		t.Fatal(err)
	}
	poll := channels.Outgoing{Text: "Удобно?", Ask: channels.AskOne, Choices: []channels.Choice{{Data: "q:1", Label: "Да"}, {Data: "q:2", Label: "Нет"}}}
	one := channels.Outgoing{Text: "Точно?", Ask: channels.AskSeveral, Choices: poll.Choices}
	answered := &heard{console: c, answers: []channels.Outgoing{poll, one}}
	if err := c.Run(t.Context(), answered); err != nil {
		t.Fatal(err)
	}
	if got, want := shown.String(), "\n  │ Удобно?\n    1○ Да\n    2○ Нет\n"; !strings.HasPrefix(got, want) {
		t.Errorf("the poll looks so:\n%s\nwant\n%s", got, want)
	}
	if first, second := answered.in[1], answered.in[2]; first.Choice != "q:2" || second.Choice != "" || second.Text != "2" {
		t.Errorf("of the poll %+v, typed under the list %+v", first, second)
	}
}
