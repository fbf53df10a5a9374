package telegram_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"careline/channels"
	"careline/channels/telegram/telegramtest"
)

func TestAPersonsFileIsOpened(t *testing.T) {
	s := open(t)
	p := s.server.Person(telegramtest.User{})
	p.SendPhoto(pixel, "вот")
	p.SendDocument("снимок.pdf", "application/pdf", []byte("%PDF"), "")
	s.hears(t, 2)
	for i, want := range [][]byte{pixel, []byte("%PDF")} {
		in := s.clinic.stored()[i]
		body, err := s.Open(t.Context(), in.From, in.Files[0])
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(body)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("file %d is %d bytes (%v)", i, len(got), err)
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Open(t.Context(), channels.Address{}, channels.File{Ref: "nobody's"}); !errors.Is(err, channels.ErrGone) {
		t.Errorf("an unknown file is %v", err)
	}
}
