package bustle

import (
	"time"

	"careline/channels"
)

// between is how long people take for their next words.
const between = 40 * time.Second

// person writes, and has written so long ago for the first time.
type person struct {
	name  string
	in    channels.ID
	began time.Duration
	says  []string
}

var people = []person{
	{"Вера Соколова", "telegram", 26 * time.Minute, []string{"Записаться на приём", "Знаю услугу"}},
	{"Пётр Лазарев", "vk", 150 * time.Minute, []string{"сколько стоит имплант?"}},
	{"Алла Миронова", "whatsapp", 12 * time.Minute, []string{"позовите человека", "Хочу перенести лечение на февраль, как лучше?"}},
	{"Денис Юдин", "telegram", 19 * time.Minute, []string{"Записаться на приём", "Знаю услугу", "Осмотр дёсен и план гигиены"}},
	{"Нина Ким", "telegram", 9 * time.Minute, []string{"оператор", "Нужна справка для налоговой за прошлый год"}},
	{"Роман Шульц", "vk", 77 * time.Minute, []string{"Где вы находитесь?"}},
	{"Ева Титова", "whatsapp", 7 * time.Minute, []string{"хочу пожаловаться", "Ждала двадцать минут, и никто не предупредил"}},
	{"Артём Носов", "telegram", 5 * time.Minute, []string{"Записаться на приём", "Болит или беспокоит", "Даю согласие", "ноет зуб под старой коронкой"}},
	{"Лидия Берг", "telegram", 21 * time.Minute, []string{"можно прийти с ребёнком?", "оператор"}},
	{"Тимур Алиев", "vk", 4 * time.Minute, []string{"Записаться на приём"}},
	{"Софья Крылова", "whatsapp", 3 * time.Minute, []string{"мне трудно дышать", "Да, сейчас"}},
	{"Глеб Ершов", "telegram", 8 * time.Minute, []string{"оператор", "Принимаете ли вы по полису ДМС?"}},
}
