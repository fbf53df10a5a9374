package words

import (
	"strings"
	"testing"
)

func TestYesNo(t *testing.T) {
	for _, s := range strings.Split("да|Да!|ага|угу|конечно|ок|ОК|давайте|👍|👍🏽|да, конечно|да, спасибо|ну да|да да да|хорошо|yes|Yes, please|yep|sure|of course|ok 👍|✅|да, всё верно|всё верно|👍👍|Окей", "|") {
		if yes, ok := YesNo(s); !ok || !yes {
			t.Errorf("%q is yes, got %v, %v", s, yes, ok)
		}
	}
	for _, s := range strings.Split("нет|Нет.|не|не надо|не надо, спасибо|неа|нет, спасибо|ни за что|👎|❌|no|nope|No, thanks|нет-нет|не хочу|нет конечно|нет, не нужно", "|") {
		if yes, ok := YesNo(s); !ok || yes {
			t.Errorf("%q is no, got %v, %v", s, yes, ok)
		}
	}
	for _, s := range strings.Split("может быть|да нет|👍👎|болит зуб|завтра|||🙂|данет|спасибо|not sure|no idea", "|") {
		if yes, ok := YesNo(s); ok {
			t.Errorf("%q is neither, got %v", s, yes)
		}
	}
}

func TestBack(t *testing.T) {
	for _, s := range []string{"назад", "Вернуться", "back", "🔙", "⬅️", "/back", "go back", "обратно"} {
		if !IsBack(s) {
			t.Errorf("%q is the way back", s)
		}
	}
	if IsBack("вернуть деньги") || IsBack("") {
		t.Error("heard the way back where there was none")
	}
}

func FuzzYesNo(f *testing.F) {
	f.Add("да нет")
	f.Fuzz(func(t *testing.T, s string) {
		if yes, ok := YesNo(s); yes && !ok {
			t.Errorf("%q: yes without ok", s)
		}
	})
}
