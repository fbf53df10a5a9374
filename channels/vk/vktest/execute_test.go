package vktest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
)

func sending(peer int64, words string) string {
	return fmt.Sprintf(`API.messages.send({"peer_id":%d,"message":%q,"random_id":0})`, peer, words)
}

// What is packed is carried out in order; what fails answers false and tells why beside it.
func TestExecute(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p, stranger := client(s), s.Person(vktest.User{}), s.Person(vktest.User{})
	p.Start()
	var got []any
	err := vk.Execute("return ["+strings.Join([]string{sending(p.ChatID(), "раз"), sending(stranger.ChatID(), "ау"), sending(p.ChatID(), "два; return [3]")}, ",")+"];", &got)
	var failed *api.ExecuteErrors
	if !errors.As(err, &failed) || len(*failed) != 1 || (*failed)[0].Code != 901 || (*failed)[0].Method != "messages.send" {
		t.Errorf("failed with %+v", err)
	}
	if len(got) != 3 || got[0] == false || got[1] != false || got[2] == false {
		t.Errorf("answered %v", got)
	}
	if shown := p.Shown(); len(shown) != 2 || shown[1] != "два; return [3]" {
		t.Errorf("shown %q", shown)
	}
	if calls := s.Calls(""); len(calls) != 4 || !calls[0].Packed || calls[1].Code != 901 || calls[3].Method != "execute" {
		t.Errorf("recorded %+v", calls)
	}
	var one int
	if err := vk.Execute("return "+sending(p.ChatID(), "три")+";", &one); err != nil || one == 0 {
		t.Errorf("a single one answered %d, %v", one, err)
	}
	s.FailNext("messages.send", 1, vktest.Internal)
	if err := vk.Execute("return "+sending(p.ChatID(), "три")+";", new(any)); !errors.As(err, &failed) || (*failed)[0].Code != 10 {
		t.Errorf("made to fail: %v", err)
	}
}

func TestWhatExecuteDoesNotTake(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	vk, p := client(s), s.Person(vktest.User{})
	p.Start()
	one := sending(p.ChatID(), "раз")
	for _, c := range []struct {
		script string
		code   int
	}{
		{"", 12}, {one, 12}, {"return [" + one + "]", 12}, {"return [" + one + ";", 12}, {"return [1];", 12}, {"return [" + one + " " + one + "];", 12},
		{`return API.messages.send({"peer_id":[1]});`, 12}, {`return API.messages.send({"peer_id":1);`, 12},
		{"return [" + strings.TrimSuffix(strings.Repeat(one+",", 26), ",") + "];", 13},
	} {
		if err := vk.Execute(c.script, new(any)); code(err) != c.code {
			t.Errorf("%.60s: %v", c.script, err)
		}
	}
	if n := len(p.Shown()); n != 0 {
		t.Errorf("%d messages were shown all the same", n)
	}
}
