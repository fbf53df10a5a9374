package schema

// Everywhere is dialogs/everywhere.yaml.
type Everywhere struct {
	Everywhere string              `json:"everywhere" jsonschema_description:"Имя клиники в скриптах, обычно clinic"`
	Reactions  map[string]Reaction `json:"reactions" jsonschema_description:"Что слышно в любом месте. Сработает первое подходящее"`
	Unclear    Unclear             `json:"unclear" jsonschema_description:"Что делать, если несколько раз не понял"`
	Unknown    Unknown             `json:"unknown" jsonschema_description:"Что делать, если написали, когда ни о чём не спрашивали"`
}

// Reaction to words said anywhere.
type Reaction struct {
	If       Expr              `json:"if,omitempty" jsonschema_description:"Только если верно"`
	Flags    bool              `json:"flags,omitempty" jsonschema_description:"Слышит опасные признаки из triage.yaml и передаёт flag"`
	Says     Words             `json:"says,omitempty" jsonschema_description:"Всё сообщение целиком — одно из этих слов"`
	Mentions Words             `json:"mentions,omitempty" jsonschema_description:"Слова внутри сообщения; «цен*» — начало слова"`
	Title    string            `json:"title,omitempty" jsonschema_description:"Что написано рядом с командой из says (/menu) в списке команд мессенджера; без этого её там нет"`
	Run      string            `json:"run,omitempty" jsonschema_description:"Запустить диалог поверх"`
	With     map[string]Scalar `json:"with,omitempty" jsonschema_description:"Что передать диалогу"`
	Say      Says              `json:"say,omitempty" jsonschema_description:"Просто ответить"`
	Do       string            `json:"do,omitempty" jsonschema:"enum=cancel,enum=back" jsonschema_description:"cancel — закончить начатое, back — к прошлому вопросу"`
}

// Unclear is what happens after several misses.
type Unclear struct {
	After int               `json:"after,omitempty" jsonschema:"minimum=1,maximum=9" jsonschema_description:"Сколько раз можно не понять, обычно 3"`
	Run   string            `json:"run" jsonschema_description:"Какой диалог запустить"`
	With  map[string]Scalar `json:"with,omitempty" jsonschema_description:"Что передать диалогу"`
}

// Unknown is what happens when nothing was asked.
type Unknown struct {
	Run  string            `json:"run" jsonschema_description:"Какой диалог запустить"`
	With map[string]Scalar `json:"with,omitempty" jsonschema_description:"Что передать диалогу"`
}

// Triage is triage.yaml.
type Triage struct {
	Triage   string             `json:"triage" jsonschema_description:"Имя клиники в скриптах, обычно clinic"`
	Levels   map[string]Level   `json:"levels" jsonschema_description:"Степени срочности, самая срочная первой"`
	Flags    map[string]RedFlag `json:"flags" jsonschema_description:"Опасные признаки: слышны в любом сообщении"`
	Rules    map[string]Rule    `json:"rules" jsonschema_description:"Правила срочности сверху вниз, действует первое верное; последним otherwise"`
	Routes   map[string]Route   `json:"routes" jsonschema_description:"К кому идти: сверху вниз, действует первое подходящее; последним otherwise"`
	Approved Approval           `json:"approved,omitempty" jsonschema_description:"Кто из врачей клиники подписал и когда"`
}

// Level of urgency.
type Level struct {
	Within     Period `json:"within" jsonschema_description:"Крайний срок визита"`
	TodayFirst bool   `json:"today_first,omitempty" jsonschema_description:"Сначала предлагать сегодня"`
}

// RedFlag is a danger sign.
type RedFlag struct {
	Title    string `json:"title" jsonschema_description:"Название для администратора"`
	Mentions Words  `json:"mentions,omitempty" jsonschema_description:"Слова в сообщении; без них признак поднимает только правило"`
	Unless   Words  `json:"unless,omitempty" jsonschema_description:"Слова, при которых это не опасность"`
	Advice   string `json:"advice" jsonschema_description:"Что сказать человеку сразу"`
	Source   string `json:"source" jsonschema_description:"Откуда правило"`
}

// Rule of urgency.
type Rule struct {
	If     Expr   `json:"if,omitempty" jsonschema_description:"Когда действует"`
	Level  string `json:"level" jsonschema_description:"Степень из levels"`
	Flag   string `json:"flag,omitempty" jsonschema_description:"Опасный признак, который поднимается"`
	Source string `json:"source,omitempty" jsonschema_description:"Откуда правило"`
}

// Route tells which service fits.
type Route struct {
	If       Expr   `json:"if,omitempty" jsonschema_description:"Когда подходит"`
	Mentions Words  `json:"mentions,omitempty" jsonschema_description:"Слова в рассказе"`
	Service  string `json:"service" jsonschema_description:"Услуга из careline.yaml"`
	Together bool   `json:"together,omitempty" jsonschema_description:"Два врача за один визит"`
}

// Approval is a clinician's signature.
type Approval struct {
	By string `json:"by,omitempty" jsonschema_description:"Имя врача"`
	On string `json:"on,omitempty" jsonschema_description:"День, 2026-11-23"`
}

// Memory is memory.yaml.
type Memory struct {
	Memory  string                `json:"memory" jsonschema_description:"Имя клиники в скриптах, обычно clinic"`
	Patient map[string]Remembered `json:"patient,omitempty" jsonschema_description:"Что помним о пациенте: me.ИМЯ"`
	Contact map[string]Remembered `json:"contact,omitempty" jsonschema_description:"Что помним о чате: contact.ИМЯ"`
}

// Replies are the ready answers of the administrators.
type Replies struct {
	Replies map[string]Reply `json:"replies" jsonschema_description:"Готовые ответы администраторов по именам, в том порядке, в каком их видно"`
}

// Reply is a ready answer.
type Reply struct {
	Title any `json:"title" jsonschema_description:"Название в списке; можно на нескольких языках"`
	Text  any `json:"text" jsonschema_description:"Что получит пациент, до 2000 знаков; значения: {me…}, {contact…}, {visit…}, {clinic…}, {desk…}, {author}"`
}

// Remembered is one thing kept of a person.
type Remembered struct {
	Title string `json:"title" jsonschema_description:"Подпись в карточке у администратора"`
	Type  string `json:"type" jsonschema_description:"Вид значения: text, yesno, number, date, phone, practitioner, …"`
	Mark  string `json:"mark" jsonschema:"enum=health,enum=personal,enum=plain" jsonschema_description:"Кто видит и что стирается: health, personal, plain"`
	Keep  Period `json:"keep,omitempty" jsonschema_description:"Сколько помнить; без этого — всегда"`
}

// Transcript is transcripts/*.yaml.
type Transcript struct {
	Test     string            `json:"test" jsonschema_description:"О чём эта проверка"`
	Now      string            `json:"now" jsonschema_description:"Когда начинается: 2026-11-23 10:00 Europe/Moscow"`
	Channel  string            `json:"channel,omitempty" jsonschema:"enum=web,enum=telegram,enum=vk,enum=whatsapp,enum=console" jsonschema_description:"В каком мессенджере; обычно web"`
	Clinic   string            `json:"clinic,omitempty" jsonschema_description:"Какая клиника: sample — из примера"`
	Patient  PatientCard       `json:"patient,omitempty" jsonschema_description:"new — новый человек, или карточка"`
	Language string            `json:"language,omitempty" jsonschema_description:"Язык мессенджера: ru, en"`
	Tests    map[string]string `json:"tests,omitempty" jsonschema_description:"Какой вариант A/B-теста достался: {rating_ask: a}"`
	Lines    []Line            `json:"lines" jsonschema_description:"Реплики и события по порядку"`
}

// Card is a patient whom the clinic knows already.
type Card struct {
	Name     string   `json:"name,omitempty" jsonschema_description:"Имя и фамилия"`
	Phone    string   `json:"phone,omitempty" jsonschema_description:"Телефон в кавычках: \"+79123456789\""`
	Birth    string   `json:"birth,omitempty" jsonschema_description:"День рождения: 1990-05-12"`
	Consents []string `json:"consents,omitempty" jsonschema:"enum=personal,enum=health,enum=advertising" jsonschema_description:"Какие согласия уже дал"`
	Tags     []string `json:"tags,omitempty" jsonschema_description:"Метки"`
	// Visits of the past have taken place.
	Visits     []string   `json:"visits,omitempty" jsonschema_description:"Визиты: 2026-11-23 14:00, или с услугой: 2026-11-23 14:00 hygiene; прошлые состоялись"`
	Courses    []Course   `json:"courses,omitempty" jsonschema_description:"Курсы лечения"`
	Prevention []string   `json:"prevention,omitempty" jsonschema_description:"Когда врач велел прийти снова: 2027-05-20 12:00 hygiene"`
	Family     []Relative `json:"family,omitempty" jsonschema_description:"Родные, за которых человек пишет"`
}

// Course of treatment, as its doctor has planned it.
type Course struct {
	Title string   `json:"title" jsonschema_description:"Название: Лечение дёсен"`
	Steps []string `json:"steps" jsonschema_description:"Визиты по порядку, к какому сроку: 2026-12-07 12:00 hygiene"`
}

// Relative is somebody whom the patient speaks for.
type Relative struct {
	Name   string   `json:"name" jsonschema_description:"Имя и фамилия"`
	Kin    string   `json:"kin,omitempty" jsonschema:"enum=child,enum=adult" jsonschema_description:"child — ребёнок, adult — взрослый; обычно child"`
	Birth  string   `json:"birth,omitempty" jsonschema_description:"День рождения: 2019-05-12"`
	Visits []string `json:"visits,omitempty" jsonschema_description:"Визиты, как у самого пациента"`
}

// Line of a transcript: one thing that happens, and what goes with it.
type Line struct {
	Patient    Text     `json:"patient,omitempty" jsonschema_description:"Человек пишет"`
	Tap        Text     `json:"tap,omitempty" jsonschema_description:"Нажимает кнопку под последним вопросом"`
	Press      Text     `json:"press,omitempty" jsonschema_description:"Нажимает кнопку старого сообщения, хоть прошлой недели"`
	Photo      string   `json:"photo,omitempty" jsonschema_description:"Присылает фото с этим именем"`
	File       string   `json:"file,omitempty" jsonschema_description:"Присылает файл с этим именем"`
	Sticker    bool     `json:"sticker,omitempty" jsonschema_description:"Присылает стикер"`
	Voice      bool     `json:"voice,omitempty" jsonschema_description:"Присылает голосовое"`
	Contact    *Shared  `json:"contact,omitempty" jsonschema_description:"Делится контактом"`
	Forged     string   `json:"forged,omitempty" jsonschema_description:"Нажатие с поддельными данными кнопки"`
	Twice      bool     `json:"twice,omitempty" jsonschema_description:"То же самое ещё раз сразу: двойное нажатие"`
	Bot        Text     `json:"bot,omitempty" jsonschema_description:"Бот отвечает; … — что угодно"`
	Buttons    []string `json:"buttons,omitempty" jsonschema_description:"Кнопки под этим ответом, все и по порядку"`
	Attachment string   `json:"attachment,omitempty" jsonschema_description:"Бот прислал calendar, place, photo или file"`
	Silent     bool     `json:"silent,omitempty" jsonschema_description:"Бот ничего не говорит"`
	Pass       Period   `json:"pass,omitempty" jsonschema_description:"Проходит время: 25h"`
	Next       bool     `json:"next,omitempty" jsonschema_description:"Время идёт, пока бот не напишет сам"`
	Down       Period   `json:"down,omitempty" jsonschema_description:"Программа выключена столько времени: 3h"`
	Clock      string   `json:"clock,omitempty" jsonschema_description:"Часы переводятся: 2026-11-24 18:41 Europe/Moscow"`
	Taken      string   `json:"taken,omitempty" jsonschema_description:"Это время занял кто-то другой: tomorrow 17:20"`
	Booked     string   `json:"booked,omitempty" jsonschema_description:"Администратор записывает: 2026-11-26 15:00 hygiene_consult"`
	Moved      string   `json:"moved,omitempty" jsonschema_description:"Администратор переносит визит на это время: tomorrow 17:20"`
	Operator   Text     `json:"operator,omitempty" jsonschema_description:"Администратор пишет человеку"`
	Desk       string   `json:"desk,omitempty" jsonschema:"enum=return,enum=close,enum=arrived,enum=done,enum=noshow,enum=cancelled" jsonschema_description:"Администратор делает: return, close; о визите: arrived, done, noshow, cancelled"`
	Expect     string   `json:"expect,omitempty" jsonschema_description:"Что должно стать правдой: visit booked 2026-11-25 18:40; event visit.booked; answer tried == \"…\"; consent.given health; ticket asked; hold 2026-11-25 18:40; state booking.slot; touch rating sent; plan rating at 2026-11-25 12:00; balance 500"`
}

// Shared is a contact card that the patient sends.
type Shared struct {
	Phone string `json:"phone" jsonschema_description:"Телефон"`
	Name  string `json:"name,omitempty" jsonschema_description:"Имя в контакте"`
	Own   bool   `json:"own,omitempty" jsonschema_description:"Свой номер, мессенджер за это ручается"`
}
