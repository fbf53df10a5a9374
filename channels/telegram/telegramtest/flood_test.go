package telegramtest_test

import (
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
)

// Who sends too fast is told how long to wait, and who waits so long may go on.
func TestFloodsAreRefusedAndCounted(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := telegramtest.Start(t, telegramtest.Options{Now: func() time.Time { return now }, Floods: telegramtest.RealFloods})
	p := s.Person(telegramtest.User{})
	g := s.Group("Администраторы")
	send := func(chat int64, n int) (sent int, last answered) {
		for range n {
			if last = call(t, s, "sendMessage", object{"chat_id": chat, "text": "да"}); last.OK {
				sent++
			}
		}
		return sent, last
	}
	if sent, last := send(p.ChatID(), 5); sent != 3 || last.Code != 429 || last.Parameters.RetryAfter != 1 {
		t.Errorf("%d to one person at once, then %+v", sent, last)
	}
	now = now.Add(time.Second)
	if sent, _ := send(p.ChatID(), 2); sent != 1 {
		t.Errorf("a second later %d more", sent)
	}
	if sent, last := send(g.ID(), 21); sent != 20 || last.Parameters.RetryAfter != 3 {
		t.Errorf("%d to a group, then %+v", sent, last)
	}
	now = now.Add(time.Minute)
	sent := 0
	for range 40 {
		n, _ := send(s.Person(telegramtest.User{}).ChatID(), 1)
		sent += n
	}
	if sent != 30 {
		t.Errorf("%d to all in a second", sent)
	}
	if n := s.Violations(); n != 2+1+1+10 {
		t.Errorf("%d violations", n)
	}
	s.SetFloods(telegramtest.Floods{})
	if sent, _ := send(p.ChatID(), 50); sent != 50 {
		t.Errorf("without limits %d of 50", sent)
	}
}
