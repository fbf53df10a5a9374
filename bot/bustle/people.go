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
	{"Вера Соколова", "telegram", 172 * time.Minute, []string{"Записаться на приём", "Знаю услугу"}},
	{"Пётр Лазарев", "vk", 158 * time.Minute, []string{"сколько стоит имплант?"}},
	{"Алла Миронова", "whatsapp", 141 * time.Minute, []string{"позовите человека", "Хочу перенести лечение на февраль, как лучше?"}},
	{"Денис Юдин", "telegram", 118 * time.Minute, []string{"Записаться на приём", "Знаю услугу", "Осмотр дёсен и план гигиены"}},
	{"Нина Ким", "telegram", 96 * time.Minute, []string{"оператор", "Нужна справка для налоговой за прошлый год"}},
	{"Роман Шульц", "vk", 77 * time.Minute, []string{"Где вы находитесь?"}},
	{"Ева Титова", "whatsapp", 58 * time.Minute, []string{"хочу пожаловаться", "Ждала двадцать минут, и никто не предупредил"}},
	{"Артём Носов", "telegram", 44 * time.Minute, []string{"Записаться на приём", "Болит или беспокоит", "Даю согласие", "ноет зуб под старой коронкой"}},
	{"Лидия Берг", "telegram", 31 * time.Minute, []string{"можно прийти с ребёнком?", "оператор"}},
	{"Тимур Алиев", "vk", 22 * time.Minute, []string{"Записаться на приём"}},
	{"Софья Крылова", "whatsapp", 13 * time.Minute, []string{"опухла щека, температура 38.5, трудно глотать", "Да, сейчас"}},
	{"Глеб Ершов", "telegram", 6 * time.Minute, []string{"оператор", "Принимаете ли вы по полису ДМС?"}},
}
