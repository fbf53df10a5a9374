package channeltest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"careline/channels"
)

func showsInOrder(t *testing.T, b Bench) {
	start(t, b)
	ids := map[string]bool{}
	want := []string{"Здравствуйте!", "Что вас беспокоит?", "👨‍👩‍👧 <b>&amp; _*~`[]()"}
	for _, text := range want {
		ids[send(t, b, channels.Outgoing{Key: "k-" + text, Text: text}).ID] = true
	}
	if got := b.Network.Shown(); !slices.Equal(got, want) {
		t.Errorf("shown %q, want %q", got, want)
	}
	if len(ids) != len(want) || ids[""] {
		t.Errorf("receipts %v, want %d of their own", ids, len(want))
	}
}

func showsOnce(t *testing.T, b Bench, once bool) {
	if caps := b.Channel.Caps(); caps.Idempotent != once {
		t.Errorf("the caps say %v, the network %v", caps.Idempotent, once)
	}
	start(t, b)
	for range 2 {
		send(t, b, channels.Outgoing{Key: "same", Text: "Ждём вас"})
	}
	if got := b.Network.Shown(); (len(got) == 1) != once {
		t.Errorf("sent twice, shown %q", got)
	}
}

func sendEnds(t *testing.T, b Bench) {
	start(t, b)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Channel.Send(ctx, b.To, channels.Outgoing{Key: "late", Text: "поздно"}); err == nil {
		t.Error("Send says yes after its context has ended")
	} else {
		keepsSecrets(t, b, err)
	}
}

func rejectsForeignAddress(t *testing.T, b Bench) {
	start(t, b)
	_, err := b.Channel.Send(t.Context(), channels.Address{Channel: b.To.Channel + "x", Chat: b.To.Chat}, channels.Outgoing{Key: "x", Text: "не туда"})
	var failed *channels.Error
	if !errors.As(err, &failed) || failed.Kind != channels.Rejected {
		t.Errorf("an address of another channel: %v, want rejected", err)
	}
	if got := b.Network.Shown(); len(got) != 0 {
		t.Errorf("it was shown: %q", got)
	}
}

func failsAs(t *testing.T, b Bench, kind channels.Kind) {
	start(t, b)
	b.Network.Fail(kind)
	const secretText = "жалоба пациента"
	_, err := b.Channel.Send(t.Context(), b.To, channels.Outgoing{Key: "refused", Text: secretText})
	var failed *channels.Error
	if !errors.As(err, &failed) {
		t.Fatalf("a refusal is %v, want *channels.Error", err)
	}
	if failed.Kind != kind {
		t.Errorf("the refusal is called %s, want %s", failed.Kind, kind)
	}
	if kind == channels.Throttled && failed.RetryAfter <= 0 {
		t.Error("throttled, but not for how long")
	}
	keepsSecrets(t, b, err)
	if strings.Contains(err.Error(), secretText) {
		t.Error("the error holds the message")
	}
	if kind != channels.Retry && kind != channels.Throttled {
		return
	}
	send(t, b, channels.Outgoing{Key: "refused", Text: secretText})
	if got := b.Network.Shown(); !slices.Equal(got, []string{secretText}) {
		t.Errorf("after the second try shown %q", got)
	}
}

func keepsSecrets(t *testing.T, b Bench, err error) {
	t.Helper()
	for _, secret := range b.Secrets {
		if strings.Contains(err.Error(), secret) {
			t.Error("the error holds a secret")
		}
	}
}
