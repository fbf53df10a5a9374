package words

import (
	"slices"
	"testing"
)

var slotOptions = []Option{
	{Label: "завтра в 17:20"}, {Label: "в среду, 25 ноября, в 18:40"}, {Value: "more", Label: "Другие дни"},
	{Value: "doctor", Label: "Другой врач", Words: []string{"другого", "к другому"}}, {Value: "none", Label: "Ничего не подходит"},
}

func TestMatch(t *testing.T) {
	yesno := []Option{{Value: "yes", Label: "Да, записать"}, {Value: "no", Label: "Не нужно"}, {Value: "back", Label: "Никого, вернуться"}}
	for _, c := range []struct {
		text    string
		options []Option
		index   int
		how     How
	}{
		{"Завтра в 17:20", slotOptions, 0, Exact},
		{"в среду 25 ноября в 18:40", slotOptions, 1, Exact},
		{"другие дни!", slotOptions, 2, Exact},
		{"more", slotOptions, 2, Exact},
		{"к другому", slotOptions, 3, Exact},
		{"второе", slotOptions, 1, ByOrdinal},
		{"второе 🙂", slotOptions, 1, ByOrdinal},
		{"5", slotOptions, 4, ByOrdinal},
		{"в 18:40", slotOptions, 1, ByTime},
		{"17.20", slotOptions, 0, ByTime},
		{"другой врачь", slotOptions, 3, ByTypo},
		{"дргие дни", slotOptions, 2, ByTypo},
		{"в среду", slotOptions, 1, ByStart},
		{"ничего", slotOptions, 4, ByStart},
		{"завтра", slotOptions, 0, ByStart},
		{"массаж", []Option{{Label: "Занятие ЛФК"}, {Label: "Лечебный массаж"}}, 1, ByWord},
		{"имплант", []Option{{Label: "Коронка"}, {Label: "Консультация имплантолога"}}, 1, ByWord},
		{"ага", yesno, 0, Exact},
		{"👍", yesno, 0, Exact},
		{"не надо", yesno, 1, Exact},
		{"назад", yesno, 2, Exact},
		{"ребенка", []Option{{Value: "child", Label: "Ребёнка"}}, 0, Exact},
	} {
		if i, how, ok := Match(c.text, c.options); !ok || i != c.index || how != c.how {
			t.Errorf("Match(%q) = %d %s %v, want %d %s", c.text, i, how, ok, c.index, c.how)
		}
	}
	for _, s := range []string{"", "друг", "дру", "завтра в 17:30", "17:30", "в 2", "6", "болит зуб", "да", "завтра после шести", "в", "🙂"} {
		if i, how, ok := Match(s, slotOptions); ok {
			t.Errorf("Match(%q) = %d %s, want none", s, i, how)
		}
	}
	if _, _, ok := Match("ивановна", []Option{{Label: "Ивановна А"}, {Label: "Ивановна Б"}}); ok {
		t.Error("guessed between two")
	}
}

func TestMatchSeveral(t *testing.T) {
	options := []Option{{Value: "sleep", Label: "Спать"}, {Value: "eat", Label: "Есть и пить"}, {Value: "work", Label: "Работать"}, {Value: "none", Label: "Ничему"}}
	for text, want := range map[string][]int{
		"1, 3": {0, 2}, "1 и 3": {0, 2}, "3 1": {0, 2}, "спать и работать": {0, 2}, "спать, есть и пить": nil, "Есть и пить": {1}, "ничему": {3},
		"1,1": {0}, "1 5": nil, "спать и летать": nil, "": nil, "спать\nработать": {0, 2}, "Спать, рабoтать": {0, 2},
	} {
		got, ok := MatchSeveral(text, options)
		if ok != (want != nil) || !slices.Equal(got, want) {
			t.Errorf("MatchSeveral(%q) = %v %v, want %v", text, got, ok, want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("второе и третье")
	f.Fuzz(func(t *testing.T, s string) {
		if i, _, ok := Match(s, slotOptions); ok && (i < 0 || i >= len(slotOptions)) {
			t.Errorf("%q → %d", s, i)
		}
		if is, ok := MatchSeveral(s, slotOptions); ok && (len(is) == 0 || !slices.IsSorted(is)) {
			t.Errorf("%q → %v", s, is)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for b.Loop() {
		Match("болит зуб под коронкой", slotOptions)
	}
}
