package dialogs_test

import (
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
	"careline/locales"
)

// values is an Env of a test.
type values map[string]any

func (v values) Value(name string) any { return v[name] }

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// moscow is a time of November 2026 in Moscow; today is Monday the 23rd, ten in the morning.
func moscow(t testing.TB, day, hour, minute int) dialogs.MomentValue {
	t.Helper()
	return dialogs.MomentValue{At: time.Date(2026, 11, day, hour, minute, 0, 0, zone(t, "Europe/Moscow")), Zone: "Europe/Moscow"}
}

func reader(t testing.TB, language, zoneName string) dialogs.View {
	t.Helper()
	return dialogs.View{Language: language, Zone: zone(t, zoneName), Now: moscow(t, 23, 10, 0).At}
}

func sample(t testing.TB) values {
	t.Helper()
	branch := dialogs.Branch{ID: "tv", Title: "Улыбка на Тверской", Address: "Тверская, 5", Zone: "Europe/Moscow", City: "Москва"}
	therapist := dialogs.Practitioner{ID: "i", Name: "Иванова Анна Петровна"}
	orthopaedist := dialogs.Practitioner{ID: "s", Name: "Пётр Сергеевич Смирнов"}
	service := dialogs.Service{ID: "check", Title: "Осмотр", Duration: 90 * time.Minute, Price: &dialogs.MoneyValue{Amount: 150000, Currency: "RUB", From: true}}
	anna := dialogs.Patient{ID: "1", Name: "Анна", FullName: "Анна Петрова", Phone: "+79123456789", Birth: "1990-05-12", Memory: map[string]any{"allergies": "пыльца", "lone": true}}
	boy := dialogs.Patient{ID: "2", Name: "Пётр", FullName: "Пётр Петров"}
	visit := dialogs.Visit{ID: "v", Start: moscow(t, 25, 18, 40), End: moscow(t, 25, 20, 10), Service: service, Doctor: therapist,
		Doctors: []dialogs.Practitioner{therapist, orthopaedist}, Branch: branch, Patient: anna, Status: "booked"}
	other := visit
	other.Start, other.Patient, other.Service.Title = moscow(t, 25, 17, 0), boy, "Чистка"
	soon := dialogs.Slot{Start: moscow(t, 24, 17, 20), Doctors: []dialogs.Practitioner{therapist}, Branch: branch,
		Parts: []dialogs.Part{{Practitioner: therapist, Start: moscow(t, 24, 17, 20)}}}
	later := dialogs.Slot{Start: moscow(t, 25, 18, 40), Doctors: []dialogs.Practitioner{therapist}, Branch: branch}
	withDoctor, withBoth := soon, later
	withDoctor.WithDoctor, withBoth.WithDoctor, withBoth.WithBranch = true, true, true
	quiet := moscow(t, 22, 9, 0)
	return values{
		"visit": &visit, "visits": []any{&visit, &other}, "mine": []any{&visit, visitAt(visit, moscow(t, 26, 9, 0))},
		"offers": []any{&soon, &later}, "slot": &soon, "with_doctor": &withDoctor, "with_both": &withBoth,
		"service": &service, "services": []any{&service, &dialogs.Service{ID: "x", Title: "Чистка"}}, "me": &anna, "patient": &boy, "doctor": &therapist,
		"contact": &dialogs.Contact{Name: "Аня", Quiet: &quiet, Memory: map[string]any{"prefers_evening": true}},
		"clinic":  &dialogs.Clinic{Name: "Улыбка", Phone: "+74951234567", Branch: branch, Branches: []dialogs.Branch{branch, {ID: "le", Title: "Улыбка на Ленина"}}, Opens: ptr(moscow(t, 24, 9, 0))},
		"desk":    &dialogs.Desk{Promise: 15 * time.Minute},
		"consent": &dialogs.ConsentDocument{URL: "https://ulybka.ru/consent"},
		"offer":   &dialogs.Offer{Title: "Чистка в подарок", Until: moscow(t, 30, 23, 59)},
		"prices":  []any{&dialogs.Price{Title: "Пломба", Price: dialogs.MoneyValue{Amount: 450000, Currency: "RUB", From: true}}, &dialogs.Price{Title: "Снимок", Price: dialogs.MoneyValue{Amount: 60000, Upto: 90000, Currency: "RUB"}}},
		"wait":    &dialogs.Waiting{Service: service, Slot: &soon}, "step": &dialogs.CourseStep{Title: "Коронка", Due: moscow(t, 30, 0, 0)},
		"story": &dialogs.StoryValue{Text: "болит зуб"}, "limits": []string{"sleep", "work"}, "pain": 7.0, "birth": words.Date("2018-05-12"), "hour": words.Clock(18*60 + 30),
		"yes": true, "phone": "+447911123456", "comment": "спасибо", "empty": []any{}, "blank": "", "nobody": (*dialogs.Patient)(nil), "never": dialogs.MomentValue{},
		"file": &channels.File{Name: "снимок.jpg"}, "flag": &dialogs.Flag{Title: "Отёк", Advice: "Звоните 112"}, "now": moscow(t, 23, 10, 0),
	}
}

func ptr[T any](v T) *T { return &v }

func visitAt(v dialogs.Visit, start dialogs.MomentValue) *dialogs.Visit {
	v.Start = start
	return &v
}

// shown is what a text has in place of the path, with ordinary spaces; "∅" when it is empty.
func shown(v dialogs.View, env dialogs.Env, path string) string {
	text, ok := v.Source(env)(path)
	if !ok {
		return "∅"
	}
	return strings.ReplaceAll(text, "\u00A0", " ")
}

func TestValuesInTexts(t *testing.T) {
	env := sample(t)
	ru, en := reader(t, "ru", "Europe/Moscow"), reader(t, "en", "Europe/Moscow")
	for _, c := range []struct{ path, ru, en string }{
		{"visit.when", "в среду, 25 ноября, в 18:40", "on Wednesday, November 25, at 18:40"},
		{"visit.day", "в среду, 25 ноября", "on Wednesday, November 25"},
		{"visit.date", "25 ноября", "November 25"},
		{"visit.time", "18:40", "18:40"},
		{"visit.start", "в среду, 25 ноября, в 18:40", "on Wednesday, November 25, at 18:40"},
		{"visit.end.time", "20:10", "20:10"},
		{"visit.service", "Осмотр", "Осмотр"},
		{"visit.service.price", "от 1 500 ₽", "from 1,500 ₽"},
		{"visit.doctor.name", "Иванова Анна Петровна", "Иванова Анна Петровна"},
		{"visit.doctors.and", "Иванова Анна Петровна и Пётр Сергеевич Смирнов", "Иванова Анна Петровна and Пётр Сергеевич Смирнов"},
		{"visit.branch", "Улыбка на Тверской", "Улыбка на Тверской"},
		{"visit.branch.address", "Тверская, 5", "Тверская, 5"},
		{"visit.branch.entrance", "∅", "∅"},
		{"visit.patient", "Анна", "Анна"},
		{"visit.patient.full_name", "Анна Петрова", "Анна Петрова"},
		{"visit.noshow", "∅", "∅"},
		{"visit.confirmed", "нет", "no"},
		{"visit.feeling", "∅", "∅"},
		{"visit", "в среду, 25 ноября, в 18:40 — Иванова А. П. и Смирнов П. С.", "on Wednesday, November 25, at 18:40 — Иванова А. П. and Смирнов П. С."},
		{"visits.lines", "18:40 — Анна\n17:00 — Пётр", "18:40 — Анна\n17:00 — Пётр"},
		{"mine.lines", "В среду, 25 ноября, в 18:40 — Осмотр\nВ четверг, 26 ноября, в 09:00 — Осмотр", "On Wednesday, November 25, at 18:40 — Осмотр\nOn Thursday, November 26, at 09:00 — Осмотр"},
		{"slot", "завтра в 17:20", "tomorrow at 17:20"},
		{"slot.when", "завтра, 24 ноября, в 17:20", "tomorrow, November 24, at 17:20"},
		{"slot.branch.title", "Улыбка на Тверской", "Улыбка на Тверской"},
		{"slot.parts.lines", "17:20 — Иванова А. П.", "17:20 — Иванова А. П."},
		{"with_doctor", "завтра в 17:20 — Иванова А. П.", "tomorrow at 17:20 — Иванова А. П."},
		{"with_both", "в среду, 25 ноября, в 18:40 — Иванова А. П., Улыбка на Тверской", "on Wednesday, November 25, at 18:40 — Иванова А. П., Улыбка на Тверской"},
		{"offers.or", "завтра в 17:20 или в среду, 25 ноября, в 18:40", "tomorrow at 17:20 or on Wednesday, November 25, at 18:40"},
		{"offers.and", "завтра в 17:20 и в среду, 25 ноября, в 18:40", "tomorrow at 17:20 and on Wednesday, November 25, at 18:40"},
		{"offers", "∅", "∅"},
		{"service.duration", "1 ч 30 мин", "1 h 30 min"},
		{"service.recall", "∅", "∅"},
		{"services.lines", "Осмотр — от 1 500 ₽\nЧистка", "Осмотр — from 1,500 ₽\nЧистка"},
		{"prices.lines", "Пломба — от 4 500 ₽\nСнимок — 600–900 ₽", "Пломба — from 4,500 ₽\nСнимок — 600–900 ₽"},
		{"me.name", "Анна", "Анна"},
		{"me", "Анна", "Анна"},
		{"me.phone", "+7 912 345-67-89", "+7 912 345-67-89"},
		{"me.birth", "12 мая 1990 года", "May 12, 1990"},
		{"me.allergies", "пыльца", "пыльца"},
		{"me.nothing", "∅", "∅"},
		{"me.tags", "∅", "∅"},
		{"me.next_visit.when", "∅", "∅"},
		{"contact.name", "Аня", "Аня"},
		{"contact.prefers_evening", "да", "yes"},
		{"contact.quiet.day", "вчера, 22 ноября", "yesterday, November 22"},
		{"clinic.name", "Улыбка", "Улыбка"},
		{"clinic.phone", "+7 495 123-45-67", "+7 495 123-45-67"},
		{"clinic.opens.when", "завтра, 24 ноября, в 09:00", "tomorrow, November 24, at 09:00"},
		{"clinic.branches.lines", "Улыбка на Тверской, Тверская, 5\nУлыбка на Ленина", "Улыбка на Тверской, Тверская, 5\nУлыбка на Ленина"},
		{"clinic.branches.or", "Улыбка на Тверской или Улыбка на Ленина", "Улыбка на Тверской or Улыбка на Ленина"},
		{"desk.promise", "15 минут", "15 minutes"},
		{"consent.url", "https://ulybka.ru/consent", "https://ulybka.ru/consent"},
		{"offer.until.day", "в понедельник, 30 ноября", "on Monday, November 30"},
		{"wait.slot.when", "завтра, 24 ноября, в 17:20", "tomorrow, November 24, at 17:20"},
		{"wait.slot.doctors.and", "Иванова Анна Петровна", "Иванова Анна Петровна"},
		{"step.due.day", "в понедельник, 30 ноября", "on Monday, November 30"},
		{"flag", "Отёк", "Отёк"},
		{"flag.advice", "Звоните 112", "Звоните 112"},
		{"story", "болит зуб", "болит зуб"},
		{"limits.and", "sleep и work", "sleep and work"},
		{"pain", "7", "7"},
		{"birth", "12 мая 2018 года", "May 12, 2018"},
		{"hour", "18:30", "18:30"},
		{"yes", "да", "yes"},
		{"phone", "+44 7911 123456", "+44 7911 123456"},
		{"comment", "спасибо", "спасибо"},
		{"file", "снимок.jpg", "снимок.jpg"},
		{"now.date", "23 ноября", "November 23"},
		{"empty.or", "∅", "∅"}, {"empty.lines", "∅", "∅"}, {"blank", "∅", "∅"}, {"nobody.name", "∅", "∅"}, {"never.when", "∅", "∅"}, {"unknown.a.b", "∅", "∅"},
	} {
		if got := shown(ru, env, c.path); got != c.ru {
			t.Errorf("%s: got %q, want %q", c.path, got, c.ru)
		}
		if got := shown(en, env, c.path); got != c.en {
			t.Errorf("%s: got %q, want %q", c.path, got, c.en)
		}
	}
}

func TestAReaderElsewhereIsToldTheCity(t *testing.T) {
	env := sample(t)
	for _, c := range []struct{ zone, path, want string }{
		{"Asia/Yekaterinburg", "visit.when", "в среду, 25 ноября, в 18:40 (Москва)"},
		{"Asia/Yekaterinburg", "visit.start.when", "в среду, 25 ноября, в 18:40 (Москва)"},
		{"Asia/Yekaterinburg", "visit.time", "18:40 (Москва)"},
		{"Asia/Yekaterinburg", "visit.day", "в среду, 25 ноября"},
		{"Asia/Yekaterinburg", "slot", "завтра в 17:20 (Москва)"},
		{"Asia/Yekaterinburg", "clinic.opens.when", "завтра, 24 ноября, в 09:00 (Москва)"},
		{"Asia/Yekaterinburg", "step.due.time", "00:00 (UTC+3)"},
		{"Europe/Simferopol", "visit.when", "в среду, 25 ноября, в 18:40"}, // another zone, the same clock
	} {
		if got := shown(reader(t, "ru", c.zone), env, c.path); got != c.want {
			t.Errorf("%s from %s: got %q, want %q", c.path, c.zone, got, c.want)
		}
	}
}

func TestTodayIsNotSaidToAReaderWhoseDayIsAnother(t *testing.T) {
	v := reader(t, "ru", "Asia/Yekaterinburg")
	v.Now = moscow(t, 23, 23, 0).At // there the 24th has begun
	if got, want := shown(v, sample(t), "slot"), "во вторник, 24 ноября, в 17:20 (Москва)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAViewWithoutAZoneShowsTheBranchTime(t *testing.T) {
	v := dialogs.View{Language: "ru", Now: moscow(t, 23, 10, 0).At}
	if got := shown(v, sample(t), "slot"); got != "завтра в 17:20" {
		t.Errorf("got %q", got)
	}
}

func TestPeriods(t *testing.T) {
	weekend := words.Weekdays(1<<time.Saturday | 1<<time.Sunday)
	for _, c := range []struct {
		windows []words.Window
		soonest bool
		ru, en  string
	}{
		{[]words.Window{{From: "2026-11-25", To: "2026-11-25"}}, false, "в среду, 25 ноября", "on Wednesday, November 25"},
		{[]words.Window{{From: "2026-11-24", To: "2026-11-24", After: 18 * 60}}, false, "завтра, 24 ноября, после 18:00", "tomorrow, November 24, after 18:00"},
		{[]words.Window{{Days: 1 << time.Friday, Before: 12 * 60}}, false, "в пятницу до 12:00", "on Friday before 12:00"},
		{[]words.Window{{Days: weekend, After: 9 * 60, Before: 12*60 + 30}}, false, "в субботу и в воскресенье с 09:00 до 12:30", "on Saturday and on Sunday from 09:00 to 12:30"},
		{[]words.Window{{From: "2026-11-30", To: "2026-12-06"}}, false, "с 30 ноября по 6 декабря", "from November 30 to December 6"},
		{[]words.Window{{After: 18 * 60}}, false, "в любой день после 18:00", "on any day after 18:00"},
		{[]words.Window{{From: "2026-11-24", To: "2026-11-29", Except: []words.Date{"2026-11-25"}}}, false, "с 24 ноября по 29 ноября, кроме 25 ноября", "from November 24 to November 29, except November 25"},
		{[]words.Window{{Days: 1 << time.Friday}, {Days: 1 << time.Monday}}, false, "в пятницу или в понедельник", "on Friday or on Monday"},
		{nil, true, "как можно раньше", "as soon as possible"},
	} {
		p := &words.Period{Windows: c.windows, Soonest: c.soonest}
		if got := reader(t, "ru", "Europe/Moscow").Label(p); got != c.ru {
			t.Errorf("got %q, want %q", got, c.ru)
		}
		if got := reader(t, "en", "Europe/Moscow").Label(p); got != c.en {
			t.Errorf("got %q, want %q", got, c.en)
		}
	}
}

func TestFieldsKeepTheirKind(t *testing.T) {
	env, v := sample(t), reader(t, "ru", "Europe/Moscow")
	if _, ok := v.Field(env["visit"], "start").(dialogs.MomentValue); !ok {
		t.Error("a moment stays a moment")
	}
	branch, ok := v.Field(env["visit"], "branch").(*dialogs.Branch)
	if !ok || branch.City != "Москва" {
		t.Error("a record comes as a pointer")
	}
	if v.Field(*branch, "title") != "Улыбка на Тверской" {
		t.Error("a record by value is read as well")
	}
	for _, name := range []string{"noshow", "calendar", "feeling", "no_such_field"} {
		if got := v.Field(env["visit"], name); got != nil {
			t.Errorf("%s: an empty field is nil, got %v", name, got)
		}
	}
	if got := v.Field(dialogs.Visit{ID: "x"}, "service"); got != nil {
		t.Errorf("an empty record is nil, got %v", got)
	}
}

func TestLabelsOfButtons(t *testing.T) {
	env, v := sample(t), reader(t, "ru", "Europe/Moscow")
	for name, want := range map[string]string{
		"me": "Анна Петрова", "doctor": "Иванова Анна Петровна", "service": "Осмотр", "slot": "завтра в 17:20", "comment": "спасибо", "nobody": "", "empty": "",
	} {
		if got := v.Label(env[name]); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"Пётр Ильич Серов": "Серов П. И.", "Анна Петровна Маркович": "Маркович А. П.", "Мария Петрова": "Мария Петрова", "Ким Ю Джин": "Ким Ю Джин", "Кузьмина Ольга Ильинична": "Кузьмина О. И.",
	} {
		slot := dialogs.Slot{Start: moscow(t, 24, 9, 0), Doctors: []dialogs.Practitioner{{Name: name}}, WithDoctor: true}
		if got, want := v.Label(&slot), "завтра в 09:00 — "+want; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAWholeMessage(t *testing.T) {
	tmpl, err := locales.Parse("[{me.name}, ]ждём вас {visit.when}.\n{visit.doctors.and}\n{visit.branch.address}[, {visit.branch.entrance}]")
	if err != nil {
		t.Fatal(err)
	}
	got, missing := tmpl.Fill(reader(t, "ru", "Europe/Moscow").Source(sample(t)))
	want := "Анна, ждём вас в среду, 25 ноября, в 18:40.\nИванова Анна Петровна и Пётр Сергеевич Смирнов\nТверская, 5"
	if got != want || missing != nil {
		t.Errorf("got %q, %v", got, missing)
	}
}

func BenchmarkSource(b *testing.B) {
	source := reader(b, "ru", "Europe/Moscow").Source(sample(b))
	b.ReportAllocs()
	for b.Loop() {
		source("visit.branch.address")
	}
}
