package schema

// Dialog is dialogs/NAME.yaml.
type Dialog struct {
	Dialog   string            `json:"dialog" jsonschema:"pattern=^[a-z][a-z0-9_]{0\\,39}$" jsonschema_description:"Имя диалога, такое же, как у файла: a-z 0-9 _"`
	Title    string            `json:"title" jsonschema_description:"Название для администратора, воронки и картинки"`
	Needs    Needs             `json:"needs,omitempty" jsonschema_description:"Согласия, без которых здесь ничего не спрашиваем. Движок сам попросит недостающие"`
	Class    Class             `json:"class,omitempty" jsonschema_description:"Самый строгий вид текста внутри: service (обычно), care, advertising"`
	Takes    map[string]string `json:"takes,omitempty" jsonschema_description:"Что диалогу передают. visit: visit — обязательно; doctor: practitioner? — может не быть; kind: day | hours = day — слова, последнее по умолчанию"`
	Ends     Words             `json:"ends,omitempty" jsonschema_description:"Исходы, хороший первым. По умолчанию [done]"`
	Gives    Words             `json:"gives,omitempty" jsonschema_description:"Ответы, которые получит тот, кто запустил диалог"`
	Expires  Period            `json:"expires,omitempty" jsonschema_description:"Сколько ждать слова человека, потом событие expired. По умолчанию 72h"`
	On       *DialogWays       `json:"on,omitempty" jsonschema_description:"Пути из любого шага: expired (долго молчал), quit (сказал «отмена»), no_consent, failed"`
	Formerly string            `json:"formerly,omitempty" jsonschema_description:"Прежнее имя диалога: люди, стоящие в нём, перейдут сюда"`
	Renamed  map[string]string `json:"renamed,omitempty" jsonschema_description:"Прежние имена шагов — новые: {pick: slot}"`
	States   map[string]State  `json:"states" jsonschema_description:"Шаги по порядку. Если не сказано иное, после шага идёт тот, что ниже"`
}

// DialogWays are the edges valid in every state of a dialog.
type DialogWays struct {
	Expired   Target `json:"expired,omitempty" jsonschema_description:"Человек молчал дольше expires"`
	Quit      Target `json:"quit,omitempty" jsonschema_description:"Человек сказал «отмена»"`
	NoConsent Target `json:"no_consent,omitempty" jsonschema_description:"Человек не дал согласия из needs"`
	Failed    Target `json:"failed,omitempty" jsonschema_description:"Действие не удалось"`
}

// State is one step. It does one thing: asks, calls, runs, or only speaks.
type State struct {
	If     Expr              `json:"if,omitempty" jsonschema_description:"Условие. Если неверно, шаг пропускается: дальше шаг ниже"`
	Set    map[string]Scalar `json:"set,omitempty" jsonschema_description:"Дать ответам значения до того, как говорить; nil — забыть"`
	Say    Says              `json:"say,omitempty" jsonschema_description:"Что сказать: один текст или список сообщений (до пяти). Внутри — {значение} и [необязательный кусок]"`
	Ask    string            `json:"ask,omitempty" jsonschema_description:"Имя ответа, которого ждём. me.phone и подобные спросим один раз в жизни"`
	Type   Asked             `json:"type,omitempty" jsonschema_description:"Что за ответ: text, story, number 0..10, rating 1..5, yesno, date past, time, period, phone, name, email, photo, file, several"`
	Again  bool              `json:"again,omitempty" jsonschema_description:"Спросить, даже если уже знаем"`
	List   string            `json:"list,omitempty" jsonschema_description:"Ответ со списком: его элементы станут кнопками"`
	Choose map[string]Choice `json:"choose,omitempty" jsonschema_description:"Кнопки, по одной на строке: значение — подпись"`
	Also   map[string]string `json:"also,omitempty" jsonschema_description:"Как ещё можно понять ответ: {wish: period}"`
	Retry  Text              `json:"retry,omitempty" jsonschema_description:"Что сказать, если ответ не понят"`
	Call   string            `json:"call,omitempty" jsonschema_description:"Действие, например booking.offer"`
	Run    string            `json:"run,omitempty" jsonschema_description:"Другой диалог как часть этого"`
	With   map[string]Scalar `json:"with,omitempty" jsonschema_description:"Что передать действию или диалогу"`
	Wait   Period            `json:"wait,omitempty" jsonschema_description:"Сколько молчания ждать у вопроса; потом исход silence, он обязан стоять в on"`
	On     map[string]Target `json:"on,omitempty" jsonschema_description:"Куда идти при исходе. else — все остальные"`
	Next   Ways              `json:"next,omitempty" jsonschema_description:"Куда идти дальше: имя шага, end, end ИСХОД; или развилка: условие — шаг, последней else"`
}

// Item is one message of `say`.
type Item struct {
	If     Expr   `json:"if,omitempty" jsonschema_description:"Сказать, только если верно"`
	Else   Text   `json:"else,omitempty" jsonschema_description:"Сказать, если ни одно if прямо над этим не подошло"`
	Text   Text   `json:"text,omitempty" jsonschema_description:"Текст сообщения"`
	Count  string `json:"count,omitempty" jsonschema_description:"Ответ с числом, по нему выбирается one, few, many"`
	Zero   Text   `json:"zero,omitempty" jsonschema_description:"Ни одного, в языках, где есть такая форма"`
	One    Text   `json:"one,omitempty" jsonschema_description:"1 визит, 21 визит"`
	Two    Text   `json:"two,omitempty" jsonschema_description:"Два, в языках, где есть такая форма"`
	Few    Text   `json:"few,omitempty" jsonschema_description:"2 визита"`
	Many   Text   `json:"many,omitempty" jsonschema_description:"5 визитов"`
	Other  Text   `json:"other,omitempty" jsonschema_description:"Все прочие числа"`
	Attach string `json:"attach,omitempty" jsonschema_description:"Файл, фото, место или календарь: значение (visit.calendar) или путь media/…"`
	Test   string `json:"test,omitempty" jsonschema_description:"Имя A/B-теста из journey.yaml; варианты ниже: a, b"`
}

// LongChoice is a button with more than a label.
type LongChoice struct {
	Label Text   `json:"label" jsonschema_description:"Подпись на кнопке, голос пациента, без рода"`
	Words Words  `json:"words,omitempty" jsonschema_description:"Какие ещё слова значат то же"`
	If    Expr   `json:"if,omitempty" jsonschema_description:"Показывать кнопку, только если верно"`
	Link  string `json:"link,omitempty" jsonschema_description:"Адрес, который откроет кнопка; нажатие — тоже ответ"`
}
