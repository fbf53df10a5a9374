package engine_test

import (
	"errors"
	"testing"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"

	"pgregory.net/rapid"
)

// everything has a question of every type, a dialog inside a dialog, actions and a silence.
const everything = `
needs: [personal]
expires: 48h
on: {expired: late, quit: left}
states:
  word:
    say: Слово?
    ask: word
    choose:
      go: Едем
      stay: Дома
    wait: 5m
    on: {silence: several, stay: story}
  several:
    say: Несколько?
    ask: many
    type: several
    choose:
      sleep: Спать
      eat: Есть
  story:
    say: Расскажите.
    ask: story
    type: story
  number:
    say: Число?
    ask: number
    type: number 0..10
  rating:
    say: Оценка?
    ask: rating
    type: rating 1..5
    also: {comment: text}
    on: {comment: yesno}
  yesno:
    say: Да или нет?
    ask: sure
    type: yesno
  date:
    say: Дата?
    ask: on_day
    type: date future
  time:
    say: Время?
    ask: at_time
    type: time
  period:
    say: Когда?
    ask: wish
    type: period
  phone:
    say: Телефон?
    ask: me.phone
  name:
    say: Имя?
    ask: patient.full_name
  email:
    say: Почта?
    ask: email
    type: email
  photo:
    say: Фото?
    ask: photo
    type: photo
    choose:
      none: Нет фото
    on: {none: find}
  find:
    call: doctors.find
    on: {none: end}
  list:
    say: К кому?
    ask: doctor
    list: doctors
  book:
    call: visit.book
    on: {taken: word}
  help:
    run: operator
    on: {closed: end}
    next: end
  left:
    say: Жаль.
    next: end
  late:
    call: desk.task
    with: {kind: late}
    next: end
`

// TestNothingAPersonDoesBreaksAConversation walks at random: whatever is written, pressed or waited for,
// the engine neither panics nor fails, rests at a question, an action or nowhere, and what is stored is
// all there is.
func TestNothingAPersonDoesBreaksAConversation(t *testing.T) {
	first := talk(t, everything)
	rapid.Check(t, func(rt *rapid.T) {
		c := newChat(t, first.set)
		c.consents = map[string]bool{}
		c.results["doctors.find"] = []engine.Result{{Outcome: "found", Gives: map[string]any{"doctors": twelveDoctors()}}}
		for range rapid.IntRange(1, 40).Draw(rt, "inputs") {
			in := anInput(rt, c)
			if err := c.step(in); err != nil {
				var limit *engine.LimitError
				if errors.As(err, &limit) {
					rt.Fatalf("a limit of the examples: %v", err)
				}
				rt.Fatal(err)
			}
			restsSomewhere(rt, c)
		}
	})
}

func twelveDoctors() []any {
	var all []any
	for _, name := range []string{"Аза", "Бела", "Вера", "Глеб", "Дана", "Ефим", "Жора", "Зоя", "Иван", "Карл", "Лев", "Мила"} {
		all = append(all, &dialogs.Practitioner{ID: name, Name: name})
	}
	return all
}

func anInput(rt *rapid.T, c *chat) engine.Input {
	c.now = c.now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 9, 200, 3600, 90_000, 200_000}).Draw(rt, "seconds")) * time.Second)
	texts := []string{"да", "нет", "едем", "7", "5", "1 и 2", "завтра", "18:30", "завтра после шести", "89123456789", "Анна Петрова", "a@b.ru", "готово", "ещё", "глеб",
		"отмена", "назад", "помощь", "оператор", "/start", "задыхаюсь", "спасибо", "запишите", "", "🙂", "שלום", "\x00\xff", "{me.name}"}
	switch rapid.IntRange(0, 9).Draw(rt, "what") {
	case 0, 1, 2:
		return engine.Input{Message: &channels.Incoming{Text: rapid.SampledFrom(texts).Draw(rt, "text")}}
	case 3:
		return engine.Input{Message: &channels.Incoming{Text: rapid.String().Draw(rt, "any text")}}
	case 4, 5, 6:
		if len(c.shown) > 0 {
			return engine.Input{Message: &channels.Incoming{Choice: rapid.SampledFrom(c.shown).Draw(rt, "choice").Data}}
		}
		return engine.Input{Message: &channels.Incoming{Choice: rapid.StringMatching(`1\.[0-9a-z]\.[0-9a-z]\.[0-9a-z]{3}\..*`).Draw(rt, "forged")}}
	case 7:
		return engine.Input{Message: &channels.Incoming{Other: "sticker", Files: []channels.File{{Kind: channels.Photo}}, Shared: &channels.Shared{Phone: "79123456789", Own: true}}}
	case 8:
		bot := dialogs.Bot
		in := &engine.Returned{Task: rapid.IntRange(0, 5).Draw(rt, "task"), Action: "desk.operator", Outcome: rapid.SampledFrom([]string{"returned", "closed", "failed", "??"}).Draw(rt, "outcome"), Owner: &bot}
		return rapid.SampledFrom([]engine.Input{{Timeout: &engine.Timeout{}}, {Returned: in}}).Draw(rt, "by itself")
	}
	return engine.Input{Start: &engine.Start{Dialog: rapid.SampledFrom([]string{"visit", "help", "welcome", "operator"}).Draw(rt, "dialog")}}
}

func restsSomewhere(rt *rapid.T, c *chat) {
	set := c.set
	for _, task := range c.conv.Tasks {
		for i, f := range task.Frames {
			st := set.Dialogs[f.Dialog].State(f.State)
			top := i == len(task.Frames)-1
			if top && st.Doing != dialogs.Asks && st.Doing != dialogs.Calls || !top && f.Missing == "" && st.Doing != dialogs.Runs {
				rt.Fatalf("rests in %s.%s, which is a %s", f.Dialog, f.State, st.Doing)
			}
		}
	}
	for _, said := range c.last.Say {
		for _, choice := range said.Choices {
			if len(choice.Data) > 64 {
				rt.Fatalf("data of a button has %d bytes", len(choice.Data))
			}
		}
	}
}

func TestOneEngineServesManyAtOnce(t *testing.T) {
	first := talk(t, twoQuestions)
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 20 {
				c := newChat(t, first.set)
				c.engine = first.engine
				c.starts("visit").writes("завтра").hears("Насколько болит?").writes("7").hears("Записано.")
			}
		})
	}
}
