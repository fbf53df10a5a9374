package engine_test

import (
	"testing"
	"time"

	"careline/channels"

	"github.com/google/go-cmp/cmp"
)

func (c *chat) corrects(text string) *chat {
	c.t.Helper()
	return c.sends(channels.Incoming{Text: text, Edited: true})
}

func TestACorrectionNeverAnswersTheNextQuestion(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").taps("Завтра").stands("visit.pain")
	c.corrects("7").hears().stands("visit.pain")
	c.corrects("помощь").hears().stands("visit.pain")
	c.corrects("Завтра").hears().stands("visit.pain")
}

func TestACorrectionOfWhatWasNotUnderstoodIsANewTry(t *testing.T) {
	retry := "Не разобрали ответ. Выберите, пожалуйста, один из вариантов."
	c := talk(t, twoQuestions).starts("visit").writes("звтр ээ").hears(retry)
	c.corrects("завтра").stands("visit.pain")
	c.corrects("завтра вечером").hears().stands("visit.pain")

	c = talk(t, twoQuestions).starts("visit").writes("эээ").hears(retry)
	c.corrects("эээ ну").hears(retry).corrects("эээ ну да").hears("Зову администратора.")
}

func TestADangerSignIsHeardInACorrection(t *testing.T) {
	talk(t, twoQuestions).starts("visit").taps("Завтра").corrects("не могу дышать").stands("emergency.now")
}

func TestAHumanReadsACorrectionAndWhatHasNoWords(t *testing.T) {
	c := talk(t, twoQuestions).starts("visit").writes("оператор").stands("operator.talk")
	c.corrects("то есть завтра").hears()
	if !c.last.Desk[0].Edited || c.last.Desk[0].Text != "то есть завтра" {
		t.Errorf("the desk reads %+v", c.last.Desk)
	}
	for want, in := range map[string]channels.Incoming{
		"Мама +79120000000":                 {Shared: &channels.Shared{Phone: "+79120000000", Name: "Мама"}},
		"Вход Ленина, 1 55.76220, 37.64450": {Place: &channels.Place{Latitude: 55.7622, Longitude: 37.6445, Title: "Вход", Address: "Ленина, 1"}},
	} {
		if c.sends(in); len(c.last.Desk) != 1 || c.last.Desk[0].Text != want {
			t.Errorf("of %+v the desk reads %+v", in, c.last.Desk)
		}
	}
	c.sends(channels.Incoming{Other: "sticker"})
	if diff := cmp.Diff([]channels.File{{Kind: "sticker"}}, c.last.Desk[0].Files); diff != "" {
		t.Error(diff)
	}
}

// What came before consent is not kept, and neither is its correction.
func TestACorrectionBeforeConsentIsNotKept(t *testing.T) {
	c := talk(t, twoQuestions)
	c.consents = map[string]bool{}
	c.starts("visit").passes(time.Second).corrects("болит зуб сверху").hears()
	if !c.last.Unkept {
		t.Error("the words are kept")
	}
}
