package words

// YesNo understands agreement and refusal: «да», «ага», «конечно», «ок», 👍, sure; «нет», «не надо», 👎, nope.
func YesNo(text string) (yes, ok bool) {
	if len(text) > 200 {
		return false, false
	}
	if yes, ok := yesNoPhrase(Clean(text)); ok {
		return yes, true
	}
	if Clean(text) == "" {
		return yesNoSign(text)
	}
	return yesNoWords(cleanFields(fold(text)))
}

func yesNoPhrase(s string) (yes, ok bool) {
	if yesPhrases[s] {
		return true, true
	}
	return false, noPhrases[s]
}

// yesNoWords takes a run of words of one mind, with harmless ones between: «да, конечно», «нет, спасибо».
func yesNoWords(fields []string) (yes, ok bool) {
	var yeses, noes int
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		pair := ""
		if i+1 < len(fields) {
			pair = f + " " + fields[i+1]
		}
		switch {
		case noPhrases[pair]:
			noes++
			i++
		case yesPhrases[pair]:
			yeses++
			i++
		case noPhrases[f]:
			noes++
		case yesPhrases[f]:
			yeses++
		case !besideYesNo[f] && !polite[f]:
			return false, false
		}
	}
	return yeses > 0 && noes == 0, (yeses > 0) != (noes > 0)
}

// yesNoSign reads emoji; all of them must agree.
func yesNoSign(text string) (yes, ok bool) {
	var yeses, noes int
	for _, r := range fold(text) {
		switch r {
		case '👍', '👌', '✅', '✔', '☑', '🆗', '💯', '🙆', '+':
			yeses++
		case '👎', '❌', '✖', '🚫', '⛔', '🙅', '-':
			noes++
		}
	}
	return yeses > 0 && noes == 0, (yeses > 0) != (noes > 0)
}

// IsBack understands the wish to return to the question before.
func IsBack(text string) bool {
	if c := Clean(text); c != "" {
		return backPhrases[c]
	}
	for _, r := range text {
		switch r {
		case '🔙', '⬅', '◀', '↩', '←':
			return true
		}
	}
	return false
}

var (
	yesPhrases = phrases(`да|дада|да-да|да да|даа|дааа|ага|агась|угу|угу угу|конечно|конечно да|разумеется|естественно|обязательно|непременно|
		ок|окей|окай|оки|о'кей|океюшки|ладно|хорошо|давай|давайте|согласен|согласна|согласны|подходит|устраивает|годится|пойдет|идет|
		верно|все верно|правильно|все правильно|точно|именно|так точно|хочу|буду|готов|готова|нужно|надо|придем|приду|подтверждаю|
		можно|безусловно|с удовольствием|да конечно|само собой|я за|за|плюс|+|yes|y|ye|yes please|yep|yeah|yup|ya|yea|aye|sure|of course|ok|okay|okey|k|
		alright|all right|fine|certainly|definitely|absolutely|correct|right|that's right|agreed|i agree|sounds good|go ahead|please do|true|👍`)
	noPhrases = phrases(`нет|не|неа|не-а|нее|нет нет|нет-нет|нет конечно|нетушки|ноу|ни за что|никак|не надо|не нужно|не хочу|не буду|не согласен|не согласна|не согласны|
		не подходит|не устраивает|не пойдет|не верно|неверно|неправильно|не правильно|не так|не готов|не готова|не придем|не приду|отказываюсь|
		нельзя|против|я против|ни в коем случае|конечно нет|точно нет|пока нет|не сейчас|не требуется|минус|-|no|n|nope|nah|no thanks|no thank you|
		not now|not really|never|don't|do not|i don't|disagree|wrong|incorrect|not ok|no way|of course not|false|👎`)
	backPhrases = phrases(`назад|вернуться|вернуться назад|вернись|вернитесь|обратно|шаг назад|предыдущий вопрос|back|go back|previous|/back`)
	besideYesNo = set(`спасибо благодарю большое вам я мне меня нам это все очень thanks thank you it i that's very much so do`)
)

// phrases is the set of the ways to say something, divided by bars.
func phrases(bars string) map[string]bool {
	m := map[string]bool{}
	for p := range splitBars(bars) {
		m[p] = true
	}
	return m
}
