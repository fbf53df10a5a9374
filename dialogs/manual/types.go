package manual

import (
	"strings"

	"careline/dialogs"
)

// kinds of value with how a text shows them.
var kinds = []struct {
	kind   dialogs.Kind
	ru, en string
}{
	{dialogs.Text, "текст", "a text"},
	{dialogs.Word, "слово из списка", "one of some words"},
	{dialogs.Several, "несколько слов: `.or` «А или Б», `.and` «А и Б», `.lines`", "several words: `.or`, `.and`, `.lines`"},
	{dialogs.Number, "«1 200»", "“1,200”"},
	{dialogs.YesNo, "да или нет", "yes or no"},
	{dialogs.Date, "день", "a day"},
	{dialogs.Time, "«18:40»", "“18:40”"},
	{dialogs.Period, "пожелание о времени", "a wish about time"},
	{dialogs.Moment, "`.when` «завтра, 25 ноября, в 18:40»; `.day` «в среду, 25 ноября»; `.date` «25 ноября»; `.time` «18:40»", "`.when` “tomorrow, 25 November, at 18:40”; `.day`; `.date`; `.time`"},
	{dialogs.Duration, "«1 ч 30 мин»", "“1 h 30 min”"},
	{dialogs.Phone, "«+7 912 345-67-89»", "“+7 912 345-67-89”"},
	{dialogs.Email, "адрес", "an address"},
	{dialogs.Name, "имя", "a name"},
	{dialogs.Rating, "оценка", "a rating"},
	{dialogs.Story, "рассказ: текст и фото", "a story: text and photos"},
	{dialogs.Money, "«от 1 500 ₽»", "“from 1,500 ₽”"},
	{dialogs.Photo, "фото, для `attach`", "a photo, for `attach`"},
	{dialogs.File, "файл, для `attach`", "a file, for `attach`"},
	{dialogs.Calendar, "файл календаря, для `attach`", "a calendar file, for `attach`"},
	{dialogs.Place, "точка на карте, для `attach`", "a point on the map, for `attach`"},
	{dialogs.PatientKind, "человек: `me`, `patient`", "a person: `me`, `patient`"},
	{dialogs.ContactKind, "чат: `contact`", "a chat: `contact`"},
	{dialogs.ServiceKind, "услуга", "a service"},
	{dialogs.PractitionerKind, "врач", "a practitioner"},
	{dialogs.BranchKind, "филиал", "a branch"},
	{dialogs.SlotKind, "свободное время; ещё `.when .day .date .time`", "a free time; also `.when .day .date .time`"},
	{dialogs.VisitKind, "визит; ещё `.when .day .date .time`", "a visit; also `.when .day .date .time`"},
	{dialogs.OfferKind, "предложение одному человеку", "an offer to one person"},
	{dialogs.WaitingKind, "место в листе ожидания", "a place in the waitlist"},
	{dialogs.CourseStepKind, "шаг курса лечения", "a step of a course of treatment"},
	{dialogs.FlagKind, "опасный признак", "a danger sign"},
	{dialogs.GroupKind, "раздел цен", "a section of the price list"},
	{dialogs.PriceKind, "строка цен", "a line of the price list"},
	{dialogs.ReviewKind, "где оставить отзыв: название площадки и адрес для `link`", "where to leave a review: the place's title, and the address for `link`"},
	{dialogs.ClinicKind, "клиника: `clinic`", "the clinic: `clinic`"},
	{dialogs.DeskKind, "администраторы: `desk`", "the desk: `desk`"},
	{dialogs.ConsentKind, "документ согласия: `consent`", "the document of a consent: `consent`"},
	{dialogs.ListKind, "список: `.or` «А, Б или В», `.and` «А, Б и В», `.lines` по одному на строке", "a list: `.or`, `.and`, `.lines` one a line"},
}

func types(lang string) string {
	var rows [][]string
	for _, k := range kinds {
		name := string(k.kind)
		if k.kind == dialogs.ListKind {
			name = "list of …"
		}
		rows = append(rows, []string{code(name), say(lang, k.ru, k.en), fields(k.kind)})
	}
	return table([]string{say(lang, "вид", "type"), say(lang, "что это", "what it is"), say(lang, "поля", "fields")}, rows)
}

// fields of a record, as Go declares them.
func fields(k dialogs.Kind) string {
	var all []string
	for _, name := range dialogs.FieldNames(k) {
		all = append(all, code("."+name))
	}
	return strings.Join(all, " ")
}
