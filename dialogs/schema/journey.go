package schema

// Journey is journey.yaml.
type Journey struct {
	Journey   string              `json:"journey" jsonschema_description:"Имя клиники в скриптах, обычно clinic"`
	Polite    Polite              `json:"polite,omitempty" jsonschema_description:"Вежливость: тихие часы и сколько можно писать"`
	Tests     map[string]Test     `json:"tests,omitempty" jsonschema_description:"A/B-тесты"`
	Timelines map[string]Timeline `json:"timelines" jsonschema_description:"Что происходит само: правило о визите, пациенте, чате или филиале"`
}

// Polite is how often and when we may write first.
type Polite struct {
	Quiet          map[string]string `json:"quiet,omitempty" jsonschema_description:"Тихие часы по видам: {service: 21:00-09:00}"`
	Cap            map[string]string `json:"cap,omitempty" jsonschema_description:"Не чаще: {care: 3 per 7d}"`
	OneCampaignDay bool              `json:"one_campaign_a_day,omitempty" jsonschema_description:"Не больше одной рассылки в день одному человеку"`
	Busy           Period            `json:"busy,omitempty" jsonschema_description:"Столько после слов человека не перебиваем"`
}

// Test is an A/B test.
type Test struct {
	Variants []string `json:"variants" jsonschema_description:"Имена вариантов: [a, b]"`
	Goal     string   `json:"goal" jsonschema_description:"Событие, которое считается успехом: visit.booked"`
	Within   Period   `json:"within" jsonschema_description:"Сколько ждать успеха"`
}

// Timeline is a rule about a thing.
type Timeline struct {
	About    string            `json:"about" jsonschema:"enum=visit,enum=patient,enum=contact,enum=step,enum=wait,enum=branch" jsonschema_description:"О чём правило"`
	When     When              `json:"when" jsonschema_description:"24h before visit.start · 2d after visit.end at 12:00 · at wait.found · every day at 08:00"`
	If       Expr              `json:"if,omitempty" jsonschema_description:"Должно быть верно и когда планируем, и когда пишем"`
	Until    Expr              `json:"until,omitempty" jsonschema_description:"Когда верно, серия или повтор прекращаются"`
	Again    *Again            `json:"again,omitempty" jsonschema_description:"Повторить: {every: 60d, times: 2}"`
	Class    Class             `json:"class" jsonschema_description:"service — без согласия на рекламу; care — забота; advertising — только с отдельным согласием"`
	Together string            `json:"together,omitempty" jsonschema:"enum=day" jsonschema_description:"day — все визиты одного дня одним сообщением"`
	Late     Period            `json:"late,omitempty" jsonschema_description:"На сколько можно опоздать; потом не посылаем"`
	Run      string            `json:"run,omitempty" jsonschema_description:"Запустить диалог"`
	Call     string            `json:"call,omitempty" jsonschema_description:"Выполнить действие"`
	With     map[string]Scalar `json:"with,omitempty" jsonschema_description:"Что передать"`
	Say      Says              `json:"say,omitempty" jsonschema_description:"Просто сказать"`
	Series   []Part            `json:"series,omitempty" jsonschema_description:"Несколько сообщений с паузами"`
}

// Again repeats a timeline.
type Again struct {
	Every Period `json:"every" jsonschema_description:"Как часто"`
	Times int    `json:"times" jsonschema:"minimum=1" jsonschema_description:"Сколько раз всего"`
}

// Part is one message of a series.
type Part struct {
	Wait Period `json:"wait,omitempty" jsonschema_description:"Сколько ждать после прошлого"`
	Say  Says   `json:"say" jsonschema_description:"Что сказать"`
}
