package web_test

import (
	"testing"

	"careline/channels/web"
)

// russian are the words a catalogue would give.
var russian = map[string]string{
	"channel.choose": "Выберите:", "channel.more": "Ещё варианты:", "channel.number": "Ответьте числом.",
	"channel.number_letter": "Ответьте числом или буквой.", "channel.numbers": "Ответьте числами.", "channel.or": "Или:",
	"channel.or_letter": "Или ответьте буквой.", "channel.or_number": "Или ответьте числом.", "channel.pick": "Выбрать", "channel.share_phone": "Отправить мой номер",
	"web.about": "Запись на приём, вопросы, помощь", "web.attach": "Прикрепить файл", "web.bot": "Бот", "web.calendar": "Добавить в календарь",
	"web.close": "Закрыть чат", "web.connecting": "Соединяемся…", "web.download": "Скачать", "web.failed": "Сообщение не отправлено.",
	"web.file_refused": "Такие файлы не принимаем. Подойдут фото и PDF.", "web.file_too_large": "Файл слишком большой, можно до 10 МБ.",
	"web.language": "Язык", "web.log": "Переписка", "web.map": "Показать на карте", "web.new_messages": "Новые сообщения",
	"web.no_script": "Чтобы писать здесь, включите в браузере JavaScript или позвоните нам.", "web.offline": "Нет связи. Сообщения отправятся, как только она появится.",
	"web.open": "Открыть чат", "web.phone_placeholder": "+7 900 000-00-00", "web.photo": "Фото", "web.placeholder": "Сообщение", "web.remove": "Убрать файл",
	"web.retry": "Отправить ещё раз", "web.send": "Отправить", "web.sending": "Отправляется…", "web.sent": "Отправлено", "web.title": "Напишите нам",
	"web.too_long": "Сообщение слишком длинное, можно до 20 000 знаков.", "web.typing": "Печатает…", "web.you": "Вы",
}

func words(_, id string) string { return russian[id] }

func TestWordIDsAreAllThatIsAskedFor(t *testing.T) {
	asked := map[string]bool{}
	for _, id := range web.WordIDs() {
		asked[id] = true
		if russian[id] == "" {
			t.Errorf("%s has no words", id)
		}
	}
	for id := range russian {
		if !asked[id] {
			t.Errorf("%s is never used", id)
		}
	}
}
