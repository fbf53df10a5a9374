package check

import (
	"regexp"
	"strings"

	"careline/dialogs"
)

// names finds values that are names behind a preposition: 53. Russian names would have to be inflected.
func (c *checker) names() {
	for _, t := range c.set.Texts {
		if !shown(t) {
			continue
		}
		for _, f := range forms(t) {
			for _, m := range preposition.FindAllStringSubmatchIndex(f.text, -1) {
				word, path := f.text[m[2]:m[3]], f.text[m[4]:m[5]]
				if example := nameOf(t, path); example != "" {
					c.Add(f.at(m[2]), 53, strings.ToLower(word), strings.ReplaceAll(example, "…", "{"+path+"}"))
				}
			}
		}
	}
}

var preposition = regexp.MustCompile(`(?i)(?:^|[^\pL])(к|ко|у|с|со|от|для|до|из|о|об|обо|про|за|над|под|перед|при|по|в|во|на|через|около|вместе с)\s+\[?\{([a-z0-9_.]+)\}`)

// nameOf says how to write a value that is a name; "" when it is none.
func nameOf(t *dialogs.ScriptText, path string) string {
	owner, last := path, path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		owner, last = path[:i], path[i+1:]
	}
	of, _, _ := t.Scope.Shown(path)
	if last == "name" || last == "title" || last == "and" || last == "or" {
		of, _, _ = t.Scope.Shown(owner)
	}
	if of.Kind == dialogs.ListKind && of.Elem != nil {
		of = *of.Elem
	}
	switch of.Kind {
	case dialogs.PractitionerKind:
		return "Врач — …"
	case dialogs.PatientKind, dialogs.ContactKind, dialogs.Name:
		return "Пациент — …"
	case dialogs.ServiceKind:
		return "Услуга — …"
	case dialogs.BranchKind:
		return "Филиал — …"
	}
	if last == "full_name" {
		return "Пациент — …"
	}
	return ""
}

// gender finds buttons that only a man or only a woman could press: 54.
func (c *checker) gender() {
	for _, t := range c.set.Texts {
		if t.Role != dialogs.LabelRole {
			continue
		}
		for _, f := range forms(t) {
			if word, better := gendered(f.text); word != "" {
				c.Add(t.Pos(), 54, word, better)
			}
		}
	}
}

var (
	plainWord = regexp.MustCompile(`\pL+`)
	iDid      = regexp.MustCompile(`(?i)^(?:нет,? |да,? )?(?:я |уже |ещё )+(?:не )?(\pL+(?:л|ла|лся|лась))(?:[^\pL]|$)`)
	inGender  = map[string]string{
		"согласен": "Даю согласие", "согласна": "Даю согласие", "готов": "Да, можно", "готова": "Да, можно",
		"уверен": "Да, точно", "уверена": "Да, точно", "рад": "Хорошо", "рада": "Хорошо",
		"должен": "Нужно", "должна": "Нужно", "занят": "Сейчас неудобно", "занята": "Сейчас неудобно",
		"понял": "Понятно", "поняла": "Понятно", "передумал": "Больше не нужно", "передумала": "Больше не нужно",
		"пришёл": "Визит состоялся", "пришел": "Визит состоялся", "пришла": "Визит состоялся",
		"забыл": "Не помню", "забыла": "Не помню", "решил": "Решение есть", "решила": "Решение есть",
		"хотел": "Хочу", "хотела": "Хочу", "выбрал": "Выбор сделан", "выбрала": "Выбор сделан",
		"доволен": "Всё хорошо", "довольна": "Всё хорошо", "недоволен": "Есть замечания", "недовольна": "Есть замечания",
		"болен": "Болею", "больна": "Болею", "здоров": "Всё хорошо", "здорова": "Всё хорошо",
		"записан": "У меня есть запись", "записана": "У меня есть запись", "сам": "Без помощи", "сама": "Без помощи",
	}
)

// gendered is the word of a label that has a gender, and what to say instead.
func gendered(s string) (word, better string) {
	for _, w := range plainWord.FindAllString(s, -1) {
		if b, ok := inGender[strings.ToLower(w)]; ok {
			return w, b
		}
	}
	if m := iDid.FindStringSubmatch(s); m != nil {
		return m[1], "то же без «я» и без прошедшего времени"
	}
	return "", ""
}
