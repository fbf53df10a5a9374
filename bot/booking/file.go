package booking

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
)

// The types of careline.yaml as it is written: the loader takes the known keys from them, and editors
// their completion and hover help.
type (
	clinicFile struct {
		Clinic         phrase                      `json:"clinic" jsonschema_description:"Название клиники"`
		Languages      list                        `json:"languages,omitempty" jsonschema_description:"Языки текстов, главный первым: [ru, en]"`
		Phone          string                      `json:"phone" jsonschema_description:"Телефон клиники: \"+7 495 123-45-67\""`
		EmergencyPhone string                      `json:"emergency_phone,omitempty" jsonschema_description:"Телефон для срочных случаев; если его нет, то phone"`
		Site           string                      `json:"site,omitempty" jsonschema_description:"Сайт, https://…"`
		Currency       string                      `json:"currency,omitempty" jsonschema_description:"Валюта цен, три буквы: RUB"`
		Checkup        string                      `json:"checkup,omitempty" jsonschema_description:"Услуга, на которую зовём тех, кого давно не видели"`
		Desk           *deskFile                   `json:"desk,omitempty" jsonschema_description:"Что обещают администраторы"`
		Booking        *bookingFile                `json:"booking,omitempty" jsonschema_description:"Правила записи"`
		Holidays       list                        `json:"holidays,omitempty" jsonschema_description:"Когда закрыты все филиалы: 2026-12-31..2027-01-04"`
		Specialties    map[string]phrase           `json:"specialties,omitempty" jsonschema_description:"Специальности врачей"`
		Sections       map[string]phrase           `json:"sections,omitempty" jsonschema_description:"Разделы прайса"`
		Branches       map[string]branchFile       `json:"branches" jsonschema_description:"Филиалы, главный первым"`
		Services       map[string]serviceFile      `json:"services" jsonschema_description:"Услуги"`
		Practitioners  map[string]practitionerFile `json:"practitioners" jsonschema_description:"Врачи и другие специалисты"`
		Courses        map[string]courseFile       `json:"courses,omitempty" jsonschema_description:"Курсы лечения, которые назначает врач"`
		Consents       map[string]consentFile      `json:"consents" jsonschema_description:"Документы согласий: personal, health, advertising"`
		Offers         map[string]offerFile        `json:"offers,omitempty" jsonschema_description:"Предложения, которые могут обещать рассылки"`
		Channels       *channelsFile               `json:"channels,omitempty" jsonschema_description:"Как говорить в мессенджерах"`
		Reviews        *reviewsFile                `json:"reviews,omitempty" jsonschema_description:"Где просим оставить отзыв"`
		Loyalty        *loyaltyFile                `json:"loyalty,omitempty" jsonschema_description:"Баллы; без этого раздела их нет"`
	}
	deskFile struct {
		Promise       length `json:"promise,omitempty" jsonschema_description:"Рабочее время до ответа человека, обычно 15m"`
		Alarm         length `json:"alarm,omitempty" jsonschema_description:"Время до ответа на опасный признак, и ночью тоже; обычно 5m"`
		Callback      length `json:"callback,omitempty" jsonschema_description:"Рабочее время до звонка, обычно 30m"`
		Escalate      length `json:"escalate,omitempty" jsonschema_description:"Рабочее время от пропущенного срока до сообщения руководителю, обычно 15m"`
		Admins        list   `json:"admins,omitempty" jsonschema_description:"Чаты администраторов: telegram:-1001234567890"`
		Manager       list   `json:"manager,omitempty" jsonschema_description:"Чат руководителя, личный или группа: telegram:123456789; туда приходит то, на что никто не ответил"`
		Reasons       list   `json:"reasons,omitempty" jsonschema_description:"Почему понадобился человек, из чего администратор выбирает, закрывая обращение: booking, price, treatment, result, complaint, documents, other или свои слова"`
		HandOver      list   `json:"hand_over,omitempty" jsonschema_description:"Сценарии, в которые администратор может передать разговор боту; обычно menu, booking, visits, prices"`
		ShowComplaint yesno  `json:"show_complaint,omitempty" jsonschema_description:"Показывать ли в чатах администраторов жалобу и слова о здоровье; обычно no: сведения о здоровье — особая категория (152-ФЗ), в мессенджер попадает только то, без чего не ответить. Что пациент пишет человеку, который ему отвечает, приходит в чат всегда"`
	}
	bookingFile struct {
		Step         length `json:"step,omitempty" jsonschema_description:"Визиты начинаются через столько от начала смены; обычно 20m"`
		Lead         length `json:"lead,omitempty" jsonschema_description:"Не раньше чем через столько от этой минуты; обычно 1h"`
		Horizon      length `json:"horizon,omitempty" jsonschema_description:"На сколько вперёд записываем; обычно 60d"`
		Hold         length `json:"hold,omitempty" jsonschema_description:"Сколько выбранное время ждёт имени и телефона; обычно 10m"`
		SelfService  length `json:"self_service,omitempty" jsonschema_description:"За сколько до визита пациент ещё сам переносит и отменяет; обычно 2h"`
		AcuteRelease length `json:"acute_release,omitempty" jsonschema_description:"За сколько время для острой боли открывается всем; обычно 3h"`
		NearBy       length `json:"near_by,omitempty" jsonschema_description:"Насколько мимо желаемых часов время ещё рядом; обычно 1h"`
		OfferFor     length `json:"offer_for,omitempty" jsonschema_description:"Сколько освободившееся время ждёт ответа того, кому предложено; обычно 30m"`
	}
	branchFile struct {
		Title             phrase    `json:"title" jsonschema_description:"Как филиал называют"`
		Address           phrase    `json:"address" jsonschema_description:"Адрес"`
		Entrance          phrase    `json:"entrance,omitempty" jsonschema_description:"Вход, этаж"`
		Way               phrase    `json:"way,omitempty" jsonschema_description:"Как добраться"`
		City              phrase    `json:"city,omitempty" jsonschema_description:"Город"`
		Place             string    `json:"place,omitempty" jsonschema_description:"Точка на карте: 55.7558, 37.6173"`
		Map               string    `json:"map,omitempty" jsonschema_description:"Ссылка на карту"`
		Zone              string    `json:"zone" jsonschema_description:"Часовой пояс: Europe/Moscow"`
		Hours             timetable `json:"hours" jsonschema_description:"Когда филиал открыт: mon-fri: 09:00-21:00, 2026-12-31: off"`
		ReviewYandex      string    `json:"review_yandex,omitempty" jsonschema_description:"Ссылка на отзыв в Яндекс Картах"`
		ReviewProdoctorov string    `json:"review_prodoctorov,omitempty" jsonschema_description:"Ссылка на отзыв на ПроДокторов"`
		Review2GIS        string    `json:"review_2gis,omitempty" jsonschema_description:"Ссылка на отзыв в 2ГИС"`
	}
	serviceFile struct {
		Title     phrase     `json:"title" jsonschema_description:"Название для пациента"`
		Section   string     `json:"section,omitempty" jsonschema_description:"Раздел прайса"`
		Explain   phrase     `json:"explain,omitempty" jsonschema_description:"Что будет на визите"`
		By        list       `json:"by,omitempty" jsonschema_description:"Кто ведёт: специальность или врач, можно несколько"`
		Duration  length     `json:"duration,omitempty" jsonschema_description:"Сколько длится, по 5 минут: 30m"`
		Parts     []partFile `json:"parts,omitempty" jsonschema_description:"Если за один визит нужны двое: кто и сколько"`
		Order     string     `json:"order,omitempty" jsonschema:"enum=sequence,enum=any,enum=together" jsonschema_description:"Друг за другом, в любом порядке или вместе"`
		Gap       length     `json:"gap,omitempty" jsonschema_description:"Сколько можно подождать между ними"`
		Price     amount     `json:"price,omitempty" jsonschema_description:"1500, from 1500, upto 3000 или 1500-3000"`
		Bring     phrase     `json:"bring,omitempty" jsonschema_description:"Что взять с собой"`
		After     phrase     `json:"after,omitempty" jsonschema_description:"Что делать после визита"`
		Tags      list       `json:"tags,omitempty" jsonschema_description:"Метки для рассылок"`
		Surgical  yesno      `json:"surgical,omitempty" jsonschema_description:"Операция: о самочувствии спросим на следующий день"`
		CheckIn   length     `json:"check_in,omitempty" jsonschema_description:"Через сколько спросить о результате лечения"`
		Recall    length     `json:"recall,omitempty" jsonschema_description:"Через сколько позвать снова"`
		RecallTo  string     `json:"recall_to,omitempty" jsonschema_description:"На какую услугу позвать"`
		RecallWhy phrase     `json:"recall_why,omitempty" jsonschema_description:"Зачем прийти снова, одной фразой: она стоит в приглашении"`
		Online    yesno      `json:"online,omitempty" jsonschema_description:"no — только в прайсе, записывает администратор"`
	}
	partFile struct {
		By       list   `json:"by" jsonschema_description:"Специальность или врач"`
		Duration length `json:"duration" jsonschema_description:"Сколько длится: 30m"`
	}
	practitionerFile struct {
		Name              phrase               `json:"name" jsonschema_description:"Имя, как его видит пациент"`
		Specialties       list                 `json:"specialties" jsonschema_description:"Специальности"`
		About             phrase               `json:"about,omitempty" jsonschema_description:"Опыт и чем помогает"`
		Photo             string               `json:"photo,omitempty" jsonschema_description:"Файл в папке media"`
		Services          list                 `json:"services,omitempty" jsonschema_description:"Только эти услуги своей специальности"`
		Works             map[string]timetable `json:"works" jsonschema_description:"Филиал и часы: mon-fri: 09:00-13:00, 14:00-18:00; дата важнее дня недели"`
		Off               list                 `json:"off,omitempty" jsonschema_description:"Отпуск и выходные: 2026-12-25..2026-12-29"`
		ReviewProdoctorov string               `json:"review_prodoctorov,omitempty" jsonschema_description:"Ссылка на отзыв о самом враче на ПроДокторов; нет — о филиале"`
		Acute             timetable            `json:"acute,omitempty" jsonschema_description:"Время, которое бережём для острой боли"`
	}
	courseFile struct {
		Title phrase           `json:"title" jsonschema_description:"Как курс называют"`
		Steps []courseStepFile `json:"steps" jsonschema_description:"Визиты курса по порядку"`
	}
	courseStepFile struct {
		Service string `json:"service" jsonschema_description:"Услуга"`
		Title   phrase `json:"title,omitempty" jsonschema_description:"Как назвать шаг пациенту; нет — как услугу"`
		After   length `json:"after,omitempty" jsonschema_description:"Через сколько дней после прошлого шага: 7d; у первого — от начала курса"`
		Times   int    `json:"times,omitempty" jsonschema_description:"Сколько таких визитов подряд: 10"`
		Every   length `json:"every,omitempty" jsonschema_description:"Через сколько дней каждый следующий из них: 3d"`
	}
	channelsFile struct {
		Order    list          `json:"order,omitempty" jsonschema_description:"Где писать пациенту сначала, если он пишет в нескольких мессенджерах и не выбрал сам; обычно [telegram, whatsapp, vk, web]"`
		WhatsApp *whatsappFile `json:"whatsapp,omitempty" jsonschema_description:"WhatsApp"`
		VK       *vkFile       `json:"vk,omitempty" jsonschema_description:"ВКонтакте"`
	}
	whatsappFile struct {
		Polls      yesno `json:"polls,omitempty" jsonschema_description:"Вопросы с готовыми ответами — опросом, а не списком с номерами; обычно no: на старых телефонах опросов не видно"`
		ColdPerDay int   `json:"cold_per_day,omitempty" jsonschema:"minimum=0,maximum=1000" jsonschema_description:"Скольким в день можно написать первыми из тех, кто давно молчит; обычно 50. Больше — опаснее: за это WhatsApp блокирует номер"`
	}
	vkFile struct {
		Cards yesno `json:"cards,omitempty" jsonschema_description:"Врачей показывать карточками, которые листают вбок; обычно yes"`
	}
	reviewsFile struct {
		Rotate rotation `json:"rotate,omitempty" jsonschema_description:"Площадки по очереди: [yandex, prodoctorov, 2gis]; или чаще одни, чем другие: yandex: 3"`
	}
	loyaltyFile struct {
		Title  phrase `json:"title,omitempty" jsonschema_description:"Как баллы называются: Улыбки; обычно — Баллы"`
		Visit  reward `json:"visit,omitempty" jsonschema_description:"Сколько за каждый состоявшийся визит: 100 или доля цены, 3%"`
		Invite int    `json:"invite,omitempty" jsonschema_description:"Сколько обоим, когда приглашённый пришёл: 500"`
		Spend  reward `json:"spend,omitempty" jsonschema_description:"Какую часть цены визита можно оплатить баллами: 20%; обычно всю. Один балл — один рубль"`
	}
	consentFile struct {
		Version string `json:"version" jsonschema_description:"Версия документа, например день: 2026-09-01"`
		URL     phrase `json:"url,omitempty" jsonschema_description:"Где документ лежит"`
		Text    phrase `json:"text,omitempty" jsonschema_description:"Или сам текст"`
	}
	offerFile struct {
		Title    phrase `json:"title" jsonschema_description:"Как назвать предложение пациенту"`
		Kind     string `json:"kind" jsonschema_description:"Для чего: recall"`
		Services list   `json:"services,omitempty" jsonschema_description:"Для каких услуг; нет — для всех"`
		Valid    length `json:"valid" jsonschema_description:"Сколько действует: 30d"`
	}
)

// The ways in which values are written.
type (
	phrase    struct{} // a text, or one for each language
	list      struct{} // words: [a, b], or a single one
	timetable struct{} // days with hours
	yesno     struct{}
	length    string   // 30m, 4h, 7d
	amount    string   // a price
	reward    string   // points, or a part of a price
	rotation  struct{} // names, or names with how often
)

// JSONSchema is for the schema's reflector.
func (phrase) JSONSchema() *jsonschema.Schema {
	return either(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string"}})
}

// JSONSchema is for the schema's reflector.
func (list) JSONSchema() *jsonschema.Schema {
	return either(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}})
}

// JSONSchema is for the schema's reflector.
func (timetable) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", AdditionalProperties: list{}.JSONSchema()}
}

// JSONSchema is for the schema's reflector.
func (yesno) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Enum: []any{"yes", "no", true, false}}
}

// JSONSchema is for the schema's reflector.
func (length) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: `^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$`}
}

// JSONSchema is for the schema's reflector.
func (amount) JSONSchema() *jsonschema.Schema {
	return either(&jsonschema.Schema{Type: "number"}, &jsonschema.Schema{Type: "string", Pattern: priceForm.String()})
}

// JSONSchema is for the schema's reflector.
func (reward) JSONSchema() *jsonschema.Schema {
	return either(&jsonschema.Schema{Type: "integer"}, &jsonschema.Schema{Type: "string", Pattern: rewardForm.String()})
}

// JSONSchema is for the schema's reflector.
func (rotation) JSONSchema() *jsonschema.Schema {
	return either(list{}.JSONSchema(), &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "integer"}})
}

func either(shapes ...*jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: shapes}
}

// keysOf are the keys of a mapping of careline.yaml.
func keysOf[T any]() []string {
	t := reflect.TypeFor[T]()
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return keys
}

// Schema is the JSON Schema of careline.yaml, for completion and hover help in editors.
func Schema() ([]byte, error) {
	s := (&jsonschema.Reflector{Anonymous: true, DoNotReference: true}).Reflect(clinicFile{})
	s.Title = File
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the schema of %s: %w", File, err)
	}
	return append(b, '\n'), nil
}
