package whatsapp_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"careline/channels"
	"careline/channels/whatsapp/whatsapptest"
)

func TestAPersonsFileIsOpened(t *testing.T) {
	s := open(t)
	anna := s.person(whatsapptest.User{Phone: "+79120000001"})
	anna.SendImage(pixel, "щека")
	in := s.clinic.got(t, 1)
	body, err := s.Open(t.Context(), in.From, in.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, pixel) {
		t.Errorf("it is %d bytes (%v)", len(got), err)
	}
	body.Close()
	if _, err := s.Open(t.Context(), in.From, channels.File{Ref: "nobody's"}); !errors.Is(err, channels.ErrGone) {
		t.Errorf("an unknown file is %v", err)
	}
}
