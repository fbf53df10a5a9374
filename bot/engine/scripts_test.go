package engine_test

import "careline/dialogs"

// The small clinic that all tests share.
const (
	everywhere = `
everywhere: clinic
reactions:
  red_flag:
    flags: true
    run: emergency
  help:
    says: [помощь]
    run: help
  cancel:
    says: [отмена]
    do: cancel
  back:
    says: [назад]
    do: back
  operator:
    says: [оператор]
    run: operator
  thanks:
    says: [спасибо, хорошо]
    say: Всегда пожалуйста!
  visit:
    mentions: [запиш*]
    run: visit
unclear: {after: 3, run: operator}
unknown: {run: help}
`
	help = `
dialog: help
title: Помощь
states:
  what:
    say: Чем помочь?
    ask: what
    choose:
      prices: Цены
      way: Дорога
  told:
    say: Расскажу.
`
	welcome = `
dialog: welcome
title: Знакомство
states:
  hello:
    say: Здравствуйте!
`
	consent = `
dialog: consent
title: Согласие
takes:
  kind: personal | health | advertising
ends: [given, refused]
states:
  may:
    say: Согласны? {consent.url}
    ask: answer
    choose:
      yes: Даю согласие
      no: Не даю
  record:
    call: consent.record
    with: {kind: kind, given: answer == "yes"}
    next:
      answer == "yes": end given
      else: end refused
`
	emergency = `
dialog: emergency
title: Неотложная помощь
takes:
  flag: flag
ends: [helped, calm]
states:
  advice:
    say: "{flag.advice}"
  alarm:
    call: desk.task
    with: {kind: red_flag}
  now:
    say: Это происходит сейчас?
    ask: is_now
    choose:
      yes: Да, сейчас
      no: Нет
    wait: 3m
    on: {no: end calm, silence: silent}
  silent:
    say: Администратор уже видит.
`
	operator = `
dialog: operator
title: Администратор
takes:
  reason: asked | unclear | failed = asked
ends: [returned, closed]
states:
  talk:
    say: Зову администратора.
    call: desk.operator
    with: {reason: reason}
    on: {closed: end closed}
  back:
    say: Снова на связи бот.
`
	triage = `
triage: clinic
levels:
  urgent: {within: 24h}
  routine: {within: 30d}
flags:
  breathing:
    title: Трудно дышать
    mentions: [не могу дышать, задыха*]
    unless: [не задыха*]
    advice: Позвоните 112 прямо сейчас.
    source: NHS
rules:
  otherwise:
    level: routine
    source: NHS
routes:
  otherwise:
    service: checkup
approved: {by: Врач, on: 2026-01-01}
`
	memory = `
memory: clinic
patient:
  allergies:
    title: Аллергия
    type: text
    mark: health
contact:
  evening:
    title: Вечером
    type: yesno
    mark: plain
`
)

func actions() []dialogs.Action {
	word := dialogs.Type{Kind: dialogs.Word}
	return []dialogs.Action{
		{Name: "consent.record", With: []dialogs.Param{{Name: "kind", Type: word}, {Name: "given", Type: dialogs.Type{Kind: dialogs.YesNo}}}, Outcomes: []string{"done"}, Effect: true},
		{Name: "desk.task", With: []dialogs.Param{{Name: "kind", Type: word}, {Name: "priority", Type: word, Optional: true}}, Outcomes: []string{"created"}, Effect: true},
		{Name: "desk.operator", With: []dialogs.Param{{Name: "reason", Type: word}}, Outcomes: []string{"returned", "closed"}, Effect: true, Later: true},
		{Name: "doctors.find", Gives: []dialogs.Param{{Name: "doctors", Type: dialogs.ListOf(dialogs.PractitionerKind)}}, Outcomes: []string{"found", "none"}},
		{Name: "people.find", Gives: []dialogs.Param{{Name: "people", Type: dialogs.ListOf(dialogs.PatientKind)}}, Outcomes: []string{"found"}},
		{Name: "visit.book", Outcomes: []string{"booked", "taken"}, Effect: true},
		{Name: "dialog.cancel", Outcomes: []string{"done"}},
		{Name: "privacy.erase", Outcomes: []string{"erased"}, Effect: true},
	}
}
