package words

import "strconv"

// Ordinal understands which of count things is meant: «2», «№2», «второе», "the second one",
// «первый вариант», «последнее». The answer is 1..count.
func Ordinal(text string, count int) (int, bool) {
	if len(text) > 100 {
		return 0, false
	}
	n, preposition, counted := 0, false, false
	for _, t := range scan(fold(text)) {
		if beforeOrdinal[t.text] {
			preposition = true
			continue
		}
		if aroundOrdinal[t.text] {
			continue
		}
		v, ok := ordinalToken(t, count)
		if !ok || n != 0 {
			return 0, false
		}
		n = v
		_, named := ordinals()[t.text]
		counted = !named && !lastOne[t.text]
	}
	return n, n >= 1 && n <= count && !(preposition && counted) // «в 2» is a time
}

func ordinalToken(t token, count int) (int, bool) {
	if t.kind == numberToken {
		v, err := strconv.Atoi(t.text)
		return v, err == nil
	}
	if v, ok := ordinals()[t.text]; ok {
		return v, true
	}
	if lastOne[t.text] {
		return count, true
	}
	v, ok := cardinals()[t.text]
	return v, ok
}

var (
	beforeOrdinal = set(`на в во at on`)
	lastOne       = set(`последний последняя последнее последнюю последнего last`)
	aroundOrdinal = set(`вариант варианта номер цифра пункт кнопка № # ) . давайте ну пожалуйста из них мне хочу беру выбираю
		пусть будет лучше это the one option number no choice please i'll take want ый ой ое ая й е я th nd st rd -`)
)
