package words

import "strconv"

// Ordinal understands which of count things is meant: «2», «№2», «второе», "the second one",
// «первый вариант», «последнее». The answer is 1..count.
func Ordinal(text string, count int) (int, bool) {
	if len(text) > 100 {
		return 0, false
	}
	n := 0
	for _, t := range scan(fold(text)) {
		if aroundOrdinal[t.text] {
			continue
		}
		v, ok := ordinalToken(t, count)
		if !ok || n != 0 {
			return 0, false
		}
		n = v
	}
	return n, n >= 1 && n <= count
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
	lastOne       = set(`последний последняя последнее последнюю последнего last`)
	aroundOrdinal = set(`вариант варианта номер цифра пункт кнопка № # ) . давайте ну пожалуйста из них мне на в во хочу беру выбираю
		пусть будет лучше это the one option number no choice please i'll take want ый ой ое ая й е я th nd st rd -`)
)
