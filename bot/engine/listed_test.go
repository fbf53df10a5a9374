package engine_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"careline/bot/engine"
	"careline/channels"

	"pgregory.net/rapid"
)

// listing is what stands before a choice in a list: «3. », «А. ».
var listing = regexp.MustCompile(`(?m)^(\S{1,3})\. (.+)$`)

// lists is a question of each type with other ways out beside its own answers; %s is where those stand.
var lists = map[string]string{
	"word":          "    ask: a\n    choose:\n      go: Едем\n      stay: Нет, дома\n%s    on: {else: end_}\n",
	"word of marks": "    ask: a\n    choose:\n      two: \"2\"\n      one: \"1\"\n      ten: \"10\"\n%s    on: {else: end_}\n",
	"rating":        "    ask: a\n    type: rating 1..5\n    choose:\n%s    on: {%s}\n",
	"scale":         "    ask: a\n    type: number 0..10\n    choose:\n%s    on: {%s}\n",
	"number":        "    ask: a\n    type: number\n    choose:\n%s    on: {%s}\n",
	"date":          "    ask: a\n    type: date past\n    choose:\n%s    on: {%s}\n",
	"time":          "    ask: a\n    type: time\n    choose:\n%s    on: {%s}\n",
	"period":        "    ask: a\n    type: period\n    choose:\n%s    on: {%s}\n",
	"phone":         "    ask: a\n    type: phone\n    choose:\n%s    on: {%s}\n",
	"name":          "    ask: a\n    type: name\n    choose:\n%s    on: {%s}\n",
	"text":          "    ask: a\n    type: text\n    choose:\n%s    on: {%s}\n",
	"story":         "    ask: a\n    type: story\n    choose:\n%s    on: {%s}\n",
	"email":         "    ask: a\n    type: email\n    choose:\n%s    on: {%s}\n",
	"yesno":         "    ask: a\n    type: yesno\n    choose:\n%s    on: {%s}\n",
	"doctors":       "    ask: doctor\n    list: doctors\n    choose:\n%s    on: {%s}\n",
	"doctors, date": "    ask: doctor\n    list: doctors\n    choose:\n%s    also: {d: date}\n    on: {%s, d: end_}\n",
}

// others writes n more choices and where each leads.
func others(n int) (choices, ways string) {
	labels := []string{"Не помню", "Позже", "Спросите другого", "Не хочу"}
	for i := range n {
		choices += fmt.Sprintf("      w%d: %s\n", i, labels[i])
		ways += fmt.Sprintf(", w%d: said_%d", i, i)
	}
	return choices, strings.TrimPrefix(ways, ", ")
}

func listed(t *testing.T, lines string, n int) *chat {
	choices, ways := others(n)
	if strings.Count(lines, "%s") > 1 {
		lines = fmt.Sprintf(lines, choices, ways)
	} else {
		lines = fmt.Sprintf(lines, choices)
	}
	states := "states:\n  find:\n    call: doctors.find\n    on: {none: end}\n  q:\n    say: Вопрос?\n" + lines + "  end_:\n    say: Дальше.\n    next: end\n"
	for i := range n {
		if strings.Contains(ways, fmt.Sprintf("said_%d", i)) && strings.Contains(lines, fmt.Sprintf("said_%d", i)) {
			states += fmt.Sprintf("  said_%d:\n    say: Сказано %d.\n    next: end\n", i, i)
		}
	}
	return talk(t, states)
}

// Whatever a list shows before a choice, typed as people type it, is that choice and no other: the conversation stands
// where a tap would have brought it.
func TestWhatAListShowsCanBeTyped(t *testing.T) {
	spellings := []string{"%s", "%s.", "%s)", "(%s)", " %s ", "%s, пожалуйста", "№%s", "вариант %s", "%s\ufe0f\u20e3", "%s!"}
	for name, lines := range lists {
		for n := 1; n <= 4; n++ {
			t.Run(fmt.Sprint(name, " ", n), func(t *testing.T) {
				first := listed(t, lines, n)
				begun := func(spare testing.TB) *chat {
					c := newChat(spare, first.set)
					c.results["doctors.find"] = []engine.Result{{Outcome: "found", Gives: map[string]any{"doctors": twelveDoctors()}}}
					return c.starts("visit")
				}
				rapid.Check(t, func(rt *rapid.T) {
					c := begun(t)
					asked := c.last.Say[len(c.last.Say)-1]
					shown := channels.Render(asked.Outgoing, channels.Known()["whatsapp"], func(_, id string) string { return id })
					var text string
					for _, s := range shown {
						text += s.Text + "\n"
					}
					marks := listing.FindAllStringSubmatch(text, -1)
					if len(marks) < n {
						rt.Fatalf("%d of %d choices are marked: %s", len(marks), n, text)
					}
					mark := rapid.SampledFrom(marks).Draw(rt, "mark")
					spelling := rapid.SampledFrom(spellings).Draw(rt, "spelling")
					if letter := mark[1][0] > '9'; letter {
						spelling = rapid.SampledFrom(spellings[:5]).Draw(rt, "of a letter")
						mark[1] = rapid.SampledFrom([]string{mark[1], strings.ToLower(mark[1])}).Draw(rt, "case")
					}
					typed, tapped := c, begun(t)
					typed.writes(fmt.Sprintf(spelling, mark[1]))
					tapped.presses(tapped.data(mark[2]))
					if where(typed) != where(tapped) {
						rt.Errorf("typed «"+spelling+"» under\n%s\nleads to %s,\nthe choice «%s» to %s", mark[1], text, where(typed), mark[2], where(tapped))
					}
				})
			})
		}
	}
}

// where is what a conversation says, has understood, and how it stands.
func where(c *chat) string {
	stands, err := json.Marshal([]any{c.heard(), c.told(), c.conv.Tasks})
	if err != nil {
		c.t.Fatal(err)
	}
	return string(stands)
}
