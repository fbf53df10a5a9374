package words

import (
	"strings"
	"unicode"
)

// Name understands a person's name: one to four words of letters in any script. «меня зовут» is cut off,
// capitals are set right; digits, links, questions and words that are no name are refused.
func Name(text string) (full string, ok bool) {
	if len(text) > 200 || strings.ContainsAny(text, "?/@_<>{}=#") {
		return "", false
	}
	fields := strings.Fields(strings.Map(nameRune, text))
	fields = fields[introduction(fields):]
	if len(fields) == 0 || len(fields) > 4 {
		return "", false
	}
	long := false
	for i, f := range fields {
		f = strings.Trim(f, "-'")
		if notName[fold(f)] || !nameWord(f) {
			return "", false
		}
		long = long || letters(f) > 1
		fields[i] = capitals(f, i > 0)
	}
	return strings.Join(fields, " "), long
}

// nameRune keeps a name's signs, makes spaces of what may stand around it, and marks the rest.
func nameRune(r rune) rune {
	switch {
	case unicode.IsLetter(r), unicode.Is(unicode.M, r) && !invisible(r), r == '-', r == '\'', r == ' ':
		return r
	case r == '’', r == '‘', r == 'ʼ', r == '`':
		return '\''
	case r == '–', r == '—', r == '‑', r == '‐':
		return '-'
	case unicode.IsSpace(r), strings.ContainsRune(".,:;!«»\"()…", r):
		return ' '
	case r == 0x200D, r == 0x200C, invisible(r), emoji(r):
		return -1
	}
	return '0' // nameWord refuses it
}

func nameWord(f string) bool {
	last := ' '
	for _, r := range f {
		sign := r == '-' || r == '\''
		if !sign && !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) || sign && (last == '-' || last == '\'') {
			return false
		}
		last = r
	}
	return f != "" && letters(f) <= 40
}

// introductions come before a name.
var introductions = [][]string{
	{"меня", "зовут"}, {"зовут", "меня"}, {"зовите", "меня"}, {"мое", "имя"}, {"мое", "фио"}, {"имя"}, {"фио"}, {"пациент"}, {"пациентка"},
	{"зовут"}, {"это"}, {"я"}, {"привет"}, {"здравствуйте"}, {"добрый", "день"}, {"добрый", "вечер"}, {"доброе", "утро"},
	{"my", "name", "is"}, {"my", "name's"}, {"i", "am"}, {"i'm"}, {"im"}, {"call", "me"}, {"this", "is"}, {"it's"}, {"name"}, {"hello"}, {"hi"},
}

// introduction counts the words before the name.
func introduction(fields []string) int {
	from := 0
	for again := true; again; {
		again = false
		for _, in := range introductions {
			if len(fields) > from+len(in) && startsWith(fields[from:], in) {
				from += len(in)
				again = true
				break
			}
		}
	}
	return from
}

func startsWith(fields, in []string) bool {
	for i, w := range in {
		if fold(fields[i]) != w {
			return false
		}
	}
	return true
}

// capitals sets the first letter of each part great and the others small, unless the writer mixed them on
// purpose (МакКинли); small particles stay small.
func capitals(f string, later bool) string {
	lower := strings.ToLower(f)
	if later && particles[lower] {
		return lower
	}
	mixed := f != lower && f != strings.ToUpper(f) && unicode.IsUpper([]rune(f)[0])
	out := []rune(lower)
	if mixed {
		out = []rune(f)
	}
	start, since := true, 0
	for i, r := range out {
		if r == '-' || r == '\'' {
			start = r == '-' || since == 1 // О'Нил, but Алла'
			since = 0
			continue
		}
		if start {
			out[i] = unicode.ToUpper(r)
		}
		start = false
		since++
	}
	return string(out)
}

var (
	particles = set(`оглы оглу кызы гызы де дер ван фон да дель ибн бин von van der den de del della da bin ibn al la le`)
	notName   = set(`да нет не ни ок окей хорошо ага угу привет здравствуйте спасибо пожалуйста меню оператор администратор человек стоп отмена отменить хватит
		назад вернуться начать старт помощь запись записаться запишите записать записаться прием приём врач доктор врачу отписаться подписаться
		зачем почему что как кто где когда сколько какой какая какое куда чей хочу могу можно надо нужно болит болят боль зуб зубы завтра сегодня послезавтра
		потом позже сейчас утром вечером днем цена цены стоит адрес телефон номер имя фамилия фио отчество мне меня мой моя мои у на по для без
		скажу буду пишу аноним никто другой другая другое ребенок ребёнок сын дочь муж жена мама
		yes no ok okay hello hi hey thanks thank please menu operator admin human stop cancel back start help why what how who where when
		tomorrow today price phone name my me i you the a not don't want need book appointment doctor none nobody anonymous`)
)
