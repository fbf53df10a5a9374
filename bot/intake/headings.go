package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// kind of table: which columns it may have, by their headings in any spelling.
type kind struct {
	name  string
	names map[string]string // heading, folded → column
}

// columns are where things stand in a table.
type columns struct {
	at    map[string]int
	width int
}

// of is the cell of a column, empty where there is none.
func (c columns) of(fields []string, column string) string {
	if i, ok := c.at[column]; ok && i < len(fields) {
		return fields[i]
	}
	return ""
}

func (c columns) has(column string) bool { _, ok := c.at[column]; return ok }

func (c columns) used(i int) bool {
	for _, at := range c.at {
		if at == i {
			return true
		}
	}
	return false
}

// kindOf reads the list of a kind's columns: the name, and after it the headings that mean it.
func kindOf(name string, list ...string) *kind {
	k := &kind{name: name, names: map[string]string{}}
	for _, entry := range list {
		column, headings, _ := strings.Cut(entry, ":")
		k.names[folded(column)] = column
		for h := range strings.SplitSeq(headings, "|") {
			k.names[folded(h)] = column
		}
	}
	return k
}

// The columns of a person, which both tables have.
var personColumns = []string{
	"patient_id:external id|код пациента|номер карты|№ карты|карта|id пациента|ид пациента|patient|card|внешний код|uid",
	"name:фио|ф.и.о.|пациент|фио пациента|клиент|full name|patient name|фамилия имя отчество|полное имя",
	"last_name:фамилия|surname|family name|last name",
	"first_name:имя|first name|given name",
	"middle_name:отчество|middle name|patronymic",
	"phone:телефон|тел|номер телефона|мобильный|мобильный телефон|сотовый|телефон пациента|контактный телефон|mobile|phone number|tel",
	"birth:дата рождения|др|д.р.|рождение|birth date|birthday|date of birth|birthdate|dob",
}

var patientTable = kindOf("patients", slices.Concat(personColumns, []string{
	"patient_id:id|код|ид",
	"tags:метки|метка|теги|тег|группы|группа|tag|labels",
	"channel:канал|предпочтительный канал|мессенджер|preferred channel|messenger",
	"personal:согласие|согласие на обработку|согласие на обработку персональных данных|согласие пдн|согласие пд|consent|personal data|consent personal",
	"advertising:согласие на рекламу|реклама|рассылка|согласие на рассылку|marketing|consent advertising|ads",
	"agreed_on:дата согласия|consent date|date of consent|agreed on",
	"version:версия|версия согласия|версия документа|документ|consent version|document|document version",
	"telegram:телеграм|телеграмм|telegram id|id telegram|telegram chat|id в telegram",
	"vk:вк|вконтакте|vk id|id vk|id вк|id вконтакте",
})...)

var visitTable = kindOf("visits", slices.Concat(personColumns, []string{
	"visit_id:id|код|ид|id визита|код визита|ид визита|номер визита|номер приёма|код приёма|id приёма|visit|appointment id|номер записи|id записи",
	"date:дата|дата визита|дата приёма|дата посещения|дата записи|дата и время|visit date|appointment date|date and time|начало|start",
	"time:время|время визита|время приёма|время начала|visit time|start time",
	"end:окончание|конец|время окончания|end time|finish",
	"minutes:длительность|минут|продолжительность|duration|длительность мин",
	"service:услуга|услуги|наименование услуги|процедура|приём|service title|procedure",
	"doctor:врач|доктор|специалист|исполнитель|фио врача|practitioner|doctor name|specialist",
	"branch:филиал|клиника|адрес|подразделение|location|clinic",
	"status:статус|состояние|результат|state|outcome",
})...)

// columns understands a heading.
func (k *kind) columns(heading *Record) (columns, error) {
	c := columns{at: map[string]int{}, width: len(heading.Fields)}
	for i, h := range heading.Fields {
		column, ok := k.names[folded(h)]
		if !ok {
			continue
		}
		if other, twice := c.at[column]; twice {
			return c, fmt.Errorf("the columns «%s» and «%s» mean the same; rename or remove one", heading.Fields[other], h)
		}
		c.at[column] = i
	}
	return c, k.enough(c, heading)
}

// enough says which columns are missing.
func (k *kind) enough(c columns, heading *Record) error {
	found := strings.Join(heading.Fields, ", ")
	if len(found) > 300 {
		found = strings.ToValidUTF8(found[:300], "") + "…"
	}
	switch {
	case k == visitTable && c.has("date") && c.has("service") && (c.has("patient_id") || c.has("phone")):
	case k == visitTable:
		return fmt.Errorf("a table of visits has the columns «Дата визита» (date), «Услуга» (service) and «Телефон» (phone) or «Код пациента» (patient_id); "+
			"this one has: %s. Patients are for `careline import patients`", found)
	case visitLike(heading):
		return fmt.Errorf("this is a table of visits, for `careline import visits`; it has: %s", found)
	case !c.named():
		return fmt.Errorf("a table of patients has the columns «ФИО» (name) and «Телефон» (phone) or «Код пациента» (patient_id); this one has: %s", found)
	}
	return nil
}

func (c columns) named() bool {
	return (c.has("name") || c.has("first_name") || c.has("last_name")) && (c.has("phone") || c.has("patient_id"))
}

// visitLike: the heading is that of a table of visits.
func visitLike(heading *Record) bool {
	c := columns{at: map[string]int{}}
	for i, h := range heading.Fields {
		if column, ok := visitTable.names[folded(h)]; ok {
			c.at[column] = i
		}
	}
	return c.has("date") && c.has("service")
}

// folded is how names are compared: small letters and digits alone, ё as е.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r == 'ё':
			return 'е'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '№':
			return r
		}
		return -1
	}, s)
}
