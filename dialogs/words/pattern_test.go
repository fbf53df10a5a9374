package words

import (
	"fmt"
	"strings"
	"testing"
)

func TestPatternIn(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		in            bool
	}{
		{"цен*", "Какие у вас цены?", true},
		{"цен*", "оценка", false},
		{"отёк", "У меня отек!", true},
		{"отёк", "отёки", false},
		{"не могу дышать", "я не могу нормально дышать", true},
		{"не могу дышать", "не могу, совсем никак не могу дышать", true},
		{"не могу дышать", "дышать могу, не болит", false},
		{"не могу дышать", "не могу прийти завтра утром к вам, трудно дышать", false},
		{"удал* зуб", "вчера удалили мне левый зуб", true},
		{"боль в груди", "Боль в груди", true},
		{"дмс", "по ДМС принимаете?", true},
		{"шея", "болит шея-спина", true},
		{"где вы находитесь", "а где же вы находитесь", true},
		{"", "что угодно", false},
		{"запись", "", false},
		{"не могу дышать", "не могу дышатъ", false},
	} {
		if got := NewPattern(c.pattern).In(NewMessage(c.text)); got != c.in {
			t.Errorf("%q in %q = %v", c.pattern, c.text, got)
		}
	}
}

func TestForgivingPatternHearsADangerSignWithATypo(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		in            bool
	}{
		{"не могу дышать", "не могу дышеть", true},
		{"не могу дышать", "не мгоу дышать", false}, // short words stay exact
		{"задыха*", "задхаюсь", true},
		{"задыха*", "здыхаюсь", true},
		{"трудно дышать", "мне тудно дышать", true},
		{"кровь не останавливается", "кровь не останавлевается", true},
		{"недержание", "содержание", false},
		{"перекосило лицо", "перекасило все лицо", true},
	} {
		if got := NewPattern(c.pattern).Forgiving().In(NewMessage(c.text)); got != c.in {
			t.Errorf("%q roughly in %q = %v", c.pattern, c.text, got)
		}
	}
}

func TestMessageEquals(t *testing.T) {
	m := NewMessage("Спасибо большое!!! 🙏")
	if !m.Equals(Clean("спасибо, большое")) || m.Equals(Clean("спасибо")) {
		t.Error("the whole message counts")
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("не могу дыш*", "я не могу дышать")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		p, m := NewPattern(pattern), NewMessage(text)
		if p.In(m) && !p.Forgiving().In(m) {
			t.Errorf("%q: forgiving hears less in %q", pattern, text)
		}
		if q := NewPattern(text); len(q.words) == len(m.words) && len(q.words) > 0 && !strings.Contains(text, "*") && !q.In(m) {
			t.Errorf("%q is not in itself", text)
		}
	})
}

func BenchmarkPatternsInAMessage(b *testing.B) {
	var ps []Pattern
	for i := range 100 {
		ps = append(ps, NewPattern(fmt.Sprintf("цен%d*", i)), NewPattern("не могу дышать").Forgiving(), NewPattern("кровь не останавливается").Forgiving())
	}
	for b.Loop() {
		m := NewMessage("Здравствуйте, у меня уже третий день болит зуб под коронкой, ночью не сплю, подскажите, что делать")
		for _, p := range ps {
			p.In(m)
		}
	}
}
