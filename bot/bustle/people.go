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

// company is everybody who writes in a language, after the words with which they begin.
type company struct {
	begin  []string
	people []person
}

// companies by language, the same people in each: one waits with a danger sign, some for a human, some are about to book.
var companies = map[string]company{
	"ru": {[]string{"/start", "Даю согласие"}, []person{
		{"Вера Соколова", "telegram", 26 * time.Minute, []string{"Записаться на приём", "Знаю услугу"}},
		{"Пётр Лазарев", "vk", 150 * time.Minute, []string{"сколько стоит имплант?"}},
		{"Алла Миронова", "whatsapp", 12 * time.Minute, []string{"позовите человека", "Хочу перенести лечение на февраль, как лучше?"}},
		{"Денис Юдин", "telegram", 19 * time.Minute, []string{"Записаться на приём", "Знаю услугу", "Осмотр дёсен и гигиена"}},
		{"Нина Ким", "telegram", 9 * time.Minute, []string{"оператор", "Нужна справка для налоговой за прошлый год"}},
		{"Роман Шульц", "vk", 77 * time.Minute, []string{"Где вы находитесь?"}},
		{"Ева Титова", "whatsapp", 7 * time.Minute, []string{"хочу пожаловаться", "Ждала двадцать минут, и никто не предупредил"}},
		{"Артём Носов", "telegram", 5 * time.Minute, []string{"Записаться на приём", "Болит или беспокоит", "Даю согласие", "ноет зуб под старой коронкой"}},
		{"Лидия Берг", "telegram", 21 * time.Minute, []string{"оператор", "Можно прийти с ребёнком?"}},
		{"Тимур Алиев", "vk", 4 * time.Minute, []string{"Записаться на приём"}},
		{"Софья Крылова", "whatsapp", 3 * time.Minute, []string{"мне трудно дышать", "Да, сейчас"}},
		{"Глеб Ершов", "telegram", 8 * time.Minute, []string{"оператор", "Принимаете ли вы по полису ДМС?"}},
	}},
	"en": {[]string{"/start", "I agree"}, []person{
		{"Vera Falcon", "telegram", 26 * time.Minute, []string{"Book a visit", "I know the service"}},
		{"Peter Lazar", "vk", 150 * time.Minute, []string{"how much is an implant?"}},
		{"Alice Miron", "whatsapp", 12 * time.Minute, []string{"human", "I would like to move my treatment to February. How do we do it?"}},
		{"Dennis Young", "telegram", 19 * time.Minute, []string{"Book a visit", "I know the service", "Gum check and hygiene"}},
		{"Nina Kim", "telegram", 9 * time.Minute, []string{"operator", "I need a certificate for the tax office for last year"}},
		{"Roman Schulz", "vk", 77 * time.Minute, []string{"Where are you?"}},
		{"Eve Tittle", "whatsapp", 7 * time.Minute, []string{"I have a complaint", "I waited for twenty minutes, and nobody warned me"}},
		{"Arthur Noble", "telegram", 5 * time.Minute, []string{"Book a visit", "Something hurts", "I agree", "a tooth aches under an old crown"}},
		{"Lydia Berg", "telegram", 21 * time.Minute, []string{"operator", "May I come with my child?"}},
		{"Timothy Allen", "vk", 4 * time.Minute, []string{"Book a visit"}},
		{"Sophie Carroll", "whatsapp", 3 * time.Minute, []string{"it is hard to breathe", "Yes, now"}},
		{"Glen Marsh", "telegram", 8 * time.Minute, []string{"operator", "Do you take voluntary health insurance?"}},
	}},
}
