package whatsapp_test

import (
	"net/url"
	"testing"

	"careline/channels/whatsapp"
)

// bilingual is a clinic that speaks two languages, with a number.
func bilingual(o *whatsapp.Options) { o.Phone, o.Languages = "+79991234567", []string{"ru", "en"} }

func TestWhoComesByALinkBringsItsSource(t *testing.T) {
	s := build(t, bilingual)
	link, err := url.Parse(s.Invite("ref_abc"))
	if err != nil || link.Host+link.Path != "wa.me/79991234567" {
		t.Fatalf("the link is %v: %v", link, err)
	}
	written := link.Query().Get("text")
	if written != "Здравствуйте! (код ref_abc)" {
		t.Errorf("it writes %q", written)
	}
	s = open(t, func(o *whatsapp.Options) { o.Languages = []string{"ru", "en"} })
	for i, c := range []struct{ text, said, source string }{
		{written, "/start", "ref_abc"},
		{"Hello! (code yandex-1)", "/start", "yandex-1"},
		{"Болит зуб (Код ref_abc)", "Болит зуб", "ref_abc"},
		{"(код ref_abc)", "/start", "ref_abc"},
		{"Здравствуйте!", "Здравствуйте!", ""},
		{"Нас двое (сын 5)", "Нас двое (сын 5)", ""},
		{"Что такое (код МКБ)?", "Что такое (код МКБ)?", ""},
	} {
		s.person().Write(c.text)
		if m := s.clinic.got(t, i+1); m.Text != c.said || m.Source != c.source {
			t.Errorf("%q is %q by %q", c.text, m.Text, m.Source)
		}
	}
}

func TestNoLinkLeadsToANumberThatNobodyTold(t *testing.T) {
	if link := build(t).Invite("ref_abc"); link != "" {
		t.Errorf("it is %s", link)
	}
}
