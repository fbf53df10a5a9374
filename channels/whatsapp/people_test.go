package whatsapp

import (
	"context"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"
)

type notes map[string]string

func (n notes) Recall(_ context.Context, name string) (string, error) { return n[name], nil }

func (n notes) Remember(_ context.Context, name, value string, _ time.Time) error {
	n[name] = value
	return nil
}

func TestWhoWasMetByPhoneStaysThatChat(t *testing.T) {
	kept := notes{}
	phone := types.NewJID("79161112233", types.DefaultUserServer)
	first := &people{memory: kept, known: map[string]string{}}
	if chat, err := first.byPhone(t.Context(), phone); chat != "" || err != nil {
		t.Fatalf("before: %q, %v", chat, err)
	}
	met, err := first.metByPhone(t.Context(), phone)
	if err != nil || met != phone.String() {
		t.Fatalf("met as %q: %v", met, err)
	}
	for name, p := range map[string]*people{"here": first, "in the next process": {memory: kept, known: map[string]string{}}} {
		if chat, err := p.byPhone(t.Context(), phone); chat != met || err != nil {
			t.Errorf("%s: %q, %v", name, chat, err)
		}
	}
}
