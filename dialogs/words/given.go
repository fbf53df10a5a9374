package words

import "strings"

// GivenName is what to call the person by: «Петрова Анна Сергеевна» is Анна, "John Smith" is John.
func GivenName(full string) string {
	parts := strings.Fields(full)
	if len(parts) < 2 {
		return strings.Join(parts, " ")
	}
	for i, p := range parts {
		if patronymic(p) {
			if i > 0 {
				return parts[i-1]
			}
			return parts[1]
		}
	}
	switch first, second := fold(parts[0]), fold(parts[1]); {
	case givenNames[first]:
		return parts[0]
	case givenNames[second], surname(first) && !surname(second):
		return parts[1]
	}
	return parts[0]
}

func patronymic(word string) bool {
	return endsAny(fold(word), 6, "ович", "евич", "ьич", "овна", "евна", "ична", "инична") || endsAny(fold(word), 8, "ovich", "evich", "ovna", "evna")
}

func surname(w string) bool {
	return endsAny(w, 5, "ов", "ова", "ев", "ева", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая", "ской", "енко", "чук", "юк",
		"ян", "дзе", "швили", "ых", "их", "ов", "ovа", "ova", "eva", "ov", "ev", "sky", "skiy", "skaya", "enko")
}

func endsAny(w string, least int, endings ...string) bool {
	if letters(w) < least {
		return false
	}
	for _, e := range endings {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// givenNames settle it where endings do not: «Ирина», «Марина», «Валентин».
var givenNames = set(`александр александра саша алексей алеша анатолий андрей антон аркадий артем артур богдан борис вадим валентин валерий василий
	виктор виталий владимир владислав вячеслав геннадий георгий глеб григорий давид даниил данила денис дмитрий евгений егор иван игорь илья
	кирилл константин лев леонид максим марат марк матвей михаил никита николай олег павел петр роман руслан рустам семен сергей станислав
	степан тимофей тимур федор филипп эдуард юрий яков ярослав
	алена алина алиса алла альбина анастасия настя ангелина анна аня антонина валентина валерия варвара василиса вера вероника виктория
	галина дарья даша диана ева евгения екатерина катя елена лена елизавета жанна зинаида зоя инна ирина ира кира кристина ксения лариса лидия
	лилия любовь людмила маргарита марина мария маша милана надежда наталия наталья наташа нина оксана ольга оля полина раиса регина римма
	светлана света снежана софия софья таисия тамара татьяна таня ульяна эльвира эмма юлия юля яна
	alexander alexey andrey anna anton boris dmitry elena ekaterina evgeny igor irina ivan kirill marina maria maxim mikhail natalia nikita
	nikolay olga pavel sergey svetlana tatiana valentina victoria vladimir yulia`)
