package year

import "strings"

// names of a language: any first name goes with any last one.
type names struct {
	women, men []string
	last       []string            // as a man has it
	hers       func(string) string // the last name as a woman has it; nil = the same
}

var namesOf = map[string]names{
	"ru": {
		women: strings.Fields("Анна Мария Елена Ольга Наталья Екатерина Татьяна Ирина Светлана Юлия Анастасия Дарья Виктория Полина Ксения Алина " +
			"Людмила Галина Марина Надежда Вера Любовь Валентина Лариса Оксана Евгения Александра Кристина Вероника София Алёна Диана Яна Инна Жанна " +
			"Маргарита Василиса Варвара Ульяна Зоя"),
		men: strings.Fields("Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Николай Владимир Павел Роман Олег Игорь Артём Кирилл " +
			"Денис Антон Виктор Юрий Илья Никита Константин Вадим Егор Тимур Руслан Станислав Григорий Борис Глеб Матвей Лев Фёдор Степан Марат Арсений " +
			"Пётр Семён"),
		last: strings.Fields("Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов " +
			"Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв " +
			"Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов " +
			"Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов " +
			"Власов Мельников Денисов Гаврилов Тихонов Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов Покровский Вишневский Чайковский " +
			"Толстой Крутой Шевченко Ткаченко Бондаренко Ким Шульц Мельник Ахметов Галиев Сафин Каримов Юсупов"),
		hers: herLastName,
	},
	"en": {
		women: strings.Fields("Anna Mary Helen Olivia Natalie Catherine Diana Irene Julia Grace Victoria Pauline Alice Emma Sophie Charlotte Amelia " +
			"Chloe Lucy Hannah Ruth Laura Jane Margaret Rose Nora Vera Sarah Megan Holly"),
		men: strings.Fields("Alexander Edward Daniel Andrew James Max Eugene John Michael Nicholas Walter Paul Robert Oliver George Arthur Simon Dennis " +
			"Anthony Victor Henry Thomas William Harry Samuel Peter Adam Luke Mark Stephen"),
		last: strings.Fields("Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall " +
			"Wood Jackson Clarke Harris Lewis Scott Turner Cooper Hill Ward Moore King Baker Morgan Mitchell Allen Young Bell Parker Bennett Cook Shaw " +
			"Murphy Miller Cox Carter Price Kelly Adams Gray Russell Mason Knight Palmer Barnes Grant Stone Hunt Rose Holmes Foster Reid Lane Marsh Webb"),
	},
}

// nameOf is a full name that the random bits choose.
func nameOf(language string, bits uint64) string {
	n := namesOf[language]
	last := n.last[bits>>33%uint64(len(n.last))]
	if bits&1 == 0 {
		return n.men[bits>>1%uint64(len(n.men))] + " " + last
	}
	if n.hers != nil {
		last = n.hers(last)
	}
	return n.women[bits>>1%uint64(len(n.women))] + " " + last
}

// herLastName is a Russian last name as a woman has it: Иванова, Чайковская, Толстая; Шевченко and Ким are the same for all.
func herLastName(his string) string {
	for _, ending := range []string{"ов", "ев", "ёв", "ин"} {
		if strings.HasSuffix(his, ending) {
			return his + "а"
		}
	}
	for _, ending := range []string{"ий", "ой"} {
		if stem, ok := strings.CutSuffix(his, ending); ok {
			return stem + "ая"
		}
	}
	return his
}
