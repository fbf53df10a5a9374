package telegram_test

import (
	"context"
	"testing"
)

func TestAnInvitationOpensTheBotByItsName(t *testing.T) {
	s := build(t)
	if link := s.Invite("ref_abc"); link != "" {
		t.Errorf("a link to a bot whose name nobody knows: %s", link)
	}
	s.Introduce(t.Context())
	s.server.Revoke() // it is asked once
	s.Introduce(t.Context())
	if link, want := s.Invite("ref_abc"), "https://t.me/"+s.server.Bot().Username+"?start=ref_abc"; link != want {
		t.Errorf("the link is %s, want %s", link, want)
	}
}

func TestWhoCannotAskForTheNameWaitsNoLongerThanTheProcess(t *testing.T) {
	s := build(t)
	s.server.Revoke()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s.Introduce(ctx)
	if link := s.Invite("ref_abc"); link != "" {
		t.Errorf("%s", link)
	}
}
