package words

import "sync"

// aroundNumber are words that may stand beside a number without changing it.
var aroundNumber = sync.OnceValue(func() map[string]bool {
	return set(`где-то примерно около приблизительно наверное наверно думаю кажется скажем ну на это пожалуй с плюсом минусом почти так бы
		я мне балл балла баллов баллы лет год года кг см мм дней день дня минут звезд звезды звезда раза
		пожалуйста сейчас уже ровно оценка ставлю поставлю номер № # ~ ≈
		about around roughly maybe probably like approximately i think it's its it is would say points point years old
		stars star out a the please number rate rating give`)
})
