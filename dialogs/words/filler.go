package words

import "strings"

// fillerRules are words that may stand around a wish without changing it.
func fillerRules() []rule {
	var words []string
	var rules []rule
	for phrase := range splitBars(fillers) {
		if strings.Contains(phrase, " ") {
			rules = append(rules, rule{phrase, nothing})
		} else {
			words = append(words, phrase)
		}
	}
	return append(rules, rule{strings.Join(words, "|"), nothing})
}

// withoutFiller is the words without those that say nothing; a date or a time alone is looked for.
func (p *parse) withoutFiller() []heard {
	kept := make([]heard, 0, len(p.words))
	for _, w := range p.words {
		if !p.g.idle[w.id] {
			kept = append(kept, w)
		}
	}
	return kept
}

const (
	idle = `а|ну|вот|можно|пожалуйста|пожалста|мне|бы|хочу|хотел|хотела|хотелось|хотим|хотели|давай|давайте|лучше|please|pls|maybe|perhaps|i|i'd|well|um|ok|okay|ок|наверное|наверно|думаю|допустим|скажем|спасибо|thanks`

	fillers = idle + `|-|запишите|запиши|записать|записаться|запишусь|запись|приду|прийти|придти|подойти|подъехать|приехать|подойду|подъеду|приеду|придем|попасть|перенести|перенесите|перенесем
		|меня|нас|нам|мной|мы|я|ребенка|сына|дочь|мужа|жену
		|удобно|удобнее|удобней|удобен|подходит|подойдет|подошло|устроит|устраивает|предпочтительно|желательно|свободно|свободен|свободна|могу|смогу|можем|сможем|можете|получится|готов|готова|готовы|планирую|буду
		|есть|будет|было|бывает|найдется|нашлось|остались|осталось|ли|то|если|тогда|только|именно|уже|еще|же|либо|как-нибудь|как-то|вообще|просто|так|пусть|но|зато|наверняка|скорее всего|может|может быть|хоть|хотя бы|насчет|что насчет|как насчет|нормально|норм|попозже|это не подходит|не подходит ,
		|что-нибудь|что-то|чтонибудь|чтото|какое-нибудь|какой-нибудь|какое-то|когда-нибудь|где-нибудь|где-то|как-нибудь|кое-как|что|какое|какие
		|время|времени|окно|окошко|окна|окошки|место|места|местечко|слот|слоты|свободное|свободные|свободного|вариант|варианты|часик
		|к врачу|к доктору|у врача|у вас|к вам|на прием|на запись|на визит|на консультацию|на осмотр|прием|визит
		|хорошо бы|было бы|был бы|да|конечно|ага|угу|ладно|хорошо|отлично|супер|идеально|привет|здравствуйте|здрасьте|добрый день|добрый вечер|доброе утро|доброго дня|доброго времени суток
		|нет ,|не ,|нет лучше|нет давайте|желательно бы|пожалуй|примерно|приблизительно|где то|ориентировочно|кажется|в промежутке|в интервале|любой|любое|свободный
		|будьте добры|если можно|если возможно|если получится|по возможности|по времени|в какой-нибудь день|в любой день|день|дня|число|по местному|по москве|мск|целый день|весь день
		|hi|hello|hey|good morning|good afternoon|good evening|could|can|may|would|will|shall|should|do|is|are|be|was|it|it's|there|we|you|me|my|us|have|has|got|get|make|book|come|visit|go|try|either|like|love|want|wanna|prefer|preferably|ideally|need|works|work|suits|suit|fine|good|great|best|better|free|available|possible|possibly|convenient|perfect|time|times|slot|slots|appointment|something|anything|some|any|one|just|only|so|then|about|around|the|a|an|to|for|with|if|how about|what about|let's|lets|let us|yes|yeah|sure|no ,|would be|i am|i'm|i can|i could|some time|sometime|somewhere|thank you|but|also|that|this|o'clock|day|of`
)
