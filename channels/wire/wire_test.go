package wire_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

func TestTextThatMayBeKept(t *testing.T) {
	if got := wire.Clean(" при\x00вет\n\xffмир\t"); got != "привет\nмир" {
		t.Errorf("cleaned %q", got)
	}
	if got := wire.Clean("\u202e\u200bАн\u00adна\u2069 👨\u200d👩\u200d👧"); got != "Анна 👨\u200d👩\u200d👧" {
		t.Errorf("cleaned %q", got)
	}
	for limit, want := range map[int]string{0: "", 1: "", 2: "д", 3: "д", 4: "да", 9: "да"} {
		if got := wire.Cut("да", limit); got != want {
			t.Errorf("cut to %d: %q", limit, got)
		}
	}
}

func TestFailuresHoldNothingOfAPatient(t *testing.T) {
	err := wire.Unreached(errors.New(`refused "Болит зуб" ` + strings.Repeat("я", 300)))
	if channels.KindOf(err) != channels.Retry || wire.CodeOf(err) != "network" || strings.Contains(err.Error(), "Болит") || len(err.Error()) > 250 {
		t.Error(err)
	}
	for code, cause := range map[string]error{"timeout": context.DeadlineExceeded, "cancelled": context.Canceled} {
		if got := wire.CodeOf(wire.Unreached(cause)); got != code {
			t.Errorf("%v has the code %q", cause, got)
		}
	}
	if wire.CodeOf(errors.New("another's")) != "" {
		t.Error("another's error has a code")
	}
}

func TestAddressesAndLinks(t *testing.T) {
	for s, want := range map[string]bool{
		"https://clinic.ru": true, "https://clinic.ru:8443/bot": true, "http://clinic.ru": false, "https://": false, "clinic.ru": false,
		"https://a:b@clinic.ru": false, "https://clinic.ru?a=1": false, "https://clinic.ru#a": false, "https://a b": false,
	} {
		if wire.IsAddress(s, "https") != want {
			t.Errorf("%q is an address: %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"https://clinic.ru/?a=1": true, "http://localhost": false, "tel:+79990000000": false, "http://a b.ru": false} {
		if wire.IsFull(s) != want {
			t.Errorf("%q is a full link: %v", s, !want)
		}
	}
	m := channels.Outgoing{Text: "Отзыв", Choices: []channels.Choice{{Label: "Да"}, {Label: "Позвонить", Link: "tel:1"}, {Label: "Карта", Link: "https://ya.ru"}}}
	if got := wire.Openable(m, wire.IsFull); got.Text != "Отзыв\n\nПозвонить: tel:1" || len(got.Choices) != 2 || got.Choices[1].Label != "Карта" {
		t.Errorf("it is %+v", got)
	}
}

func TestReceiptsAreReadAsTheyWereWritten(t *testing.T) {
	if got := wire.SplitIDs[int](wire.JoinIDs(12, 13)); !slices.Equal(got, []int{12, 13}) {
		t.Errorf("read %d", got)
	}
	if got := wire.SplitIDs[int64]("x,-1,,7"); !slices.Equal(got, []int64{7}) {
		t.Errorf("read %d", got)
	}
}

func TestAPauseEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := wire.Pause(ctx, time.Nanosecond); err != nil {
		t.Error(err)
	}
	cancel()
	if err := wire.Pause(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
