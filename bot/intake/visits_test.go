package intake_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/intake"
	"careline/store"
)

func sample(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../docs/import/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheSampleOfTheManualComesIn(t *testing.T) {
	onBoth(t, func(s *stage) {
		s.same("patients", s.patients(sample(t, "patients.csv")), intake.Summary{Lines: 3, Added: 3, Remarks: 1})
		s.same("visits", s.visits(sample(t, "visits.csv")), intake.Summary{Lines: 4, Added: 4})
		s.same("visits again", s.visits(sample(t, "visits.csv")), intake.Summary{Lines: 4, Known: 4})
		anna := s.history(s.named("1001").ID)
		s.same("Anna's visits", len(anna), 2)
		implant := anna[0]
		s.same("the implant", []any{implant.Service, implant.Branch, implant.Status, implant.External, implant.Parts[0].Practitioner, implant.Local},
			[]any{"implant", "moscow", "fulfilled", "V-501", "karimov", "2025-05-14T10:30"})
		s.same("when it was", implant.Start, time.Date(2025, 5, 14, 7, 30, 0, 0, time.UTC))
		s.same("how long it took", implant.End.Sub(implant.Start), 90*time.Minute)
		s.same("Vera did not come", s.history(s.named("1003").ID)[0].Status, store.StatusNoShow)
	})
}

func TestHistoryTakesNobodysTime(t *testing.T) {
	onBoth(t, func(s *stage) {
		s.patients("id,name,phone\n1,Петрова Анна,89123456789\n2,Смирнов Олег,89031112233\n")
		table := "patient_id,date,time,service,doctor,branch\n1,2025-03-03,10:00,filling,belov,moscow\n2,2025-03-03,10:15,filling,belov,moscow\n"
		table = strings.Replace(table, "patient_id", "Код пациента", 1)
		s.same("two at once, in the past", s.visits(table), intake.Summary{Lines: 2, Added: 2})
		oleg := s.history(s.named("2").ID)[0]
		oleg.Feeling, oleg.UpdatedAt = "good", bottest.Monday
		s.write(func(tx store.Tx) error { return tx.SaveAppointments(s.Context(), []store.Appointment{oleg}) })
		s.read(func(tx store.Tx) error {
			busy, err := tx.Busy(s.Context(), []string{"belov"}, time.Unix(0, 0), bottest.Monday, bottest.Monday)
			s.same("stretches of time taken", len(busy), 0)
			return err
		})
	})
}

func TestComingVisitsAreBooked(t *testing.T) {
	onBoth(t, func(s *stage) {
		s.patients("id,name,phone\n1,Петрова Анна,89123456789\n2,Смирнов Олег,89031112233\n")
		table := "Код пациента,Дата и время,Услуга,Врач,Филиал\n1,30.11.2026 10:00,filling,belov,moscow\n2,30.11.2026 10:15,filling,belov,moscow\n2,30.11.2026 11:00,filling,,moscow\n"
		s.same("one of two at once", s.visits(table), intake.Summary{Lines: 3, Added: 1, Rejected: 2})
		s.says("это время у врача (belov) уже занято", "у будущего визита должен быть врач")
		s.same("again", s.visits(table), intake.Summary{Lines: 3, Known: 1, Rejected: 2})
		coming := s.history(s.named("1").ID)[0]
		s.same("Anna's", []any{coming.Status, coming.CreatedAt, coming.Local}, []any{"booked", bottest.Monday, "2026-11-30T10:00"})
	})
}

func TestAVisitThatTheBotHasBookedIsKnown(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	s.patients("id,name,phone\n1,Петрова Анна,89123456789\n")
	start := time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC)
	s.write(func(tx store.Tx) error {
		return tx.Book(s.Context(), store.Appointment{
			ID: "bot", PatientID: s.named("1").ID, Service: "filling", Branch: "moscow", Status: "booked", Start: start, End: start.Add(time.Hour),
			Parts: []store.Part{{Practitioner: "belov", Start: start, End: start.Add(time.Hour)}}, CreatedAt: start, UpdatedAt: start, StatusAt: start,
		}, bottest.Monday)
	})
	s.same("line", s.visits("Телефон,Дата и время,Услуга,Врач,Филиал\n89123456789,30.11.2026 10:00,Лечение зуба,belov,moscow\n"), intake.Summary{Lines: 1, Rejected: 1})
	s.says("нет такой услуги: «Лечение зуба»; может быть, Лечение зуба, пломба (filling)")
	s.Meaning = map[string]string{"Лечение зуба": "filling"}
	s.same("line", s.visits("Телефон,Дата и время,Услуга,Врач,Филиал\n89123456789,30.11.2026 10:00,Лечение зуба,belov,moscow\n"), intake.Summary{Lines: 1, Known: 1})
}

func TestAVisitBringsItsPatient(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	table := "ФИО;Телефон;Дата визита;Услуга;Врач\nПетрова Анна;89123456789;03.03.2025;Отбеливание;Лебедева О.В.\nПетрова Анна;89123456789;04.04.2025;Отбеливание;Лебедева О.В.\n"
	s.same("two visits of one", s.visits(table), intake.Summary{Lines: 2, Added: 2})
	s.read(func(tx store.Tx) error {
		found, err := tx.PatientsAt(s.Context(), []string{"+79123456789"})
		s.same("patients", len(found), 1)
		visits := s.history(found[0].ID)
		s.same("the day alone is known", visits[0].Local, "2025-03-03T12:00")
		s.same("where she works", visits[0].Branch, "moscow")
		return err
	})
}

func TestWhatIsWrongWithAVisitIsTold(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	s.patients("id,name,phone\n1,Петрова Анна,89123456789\n2,Петров Иван,89123456789\n")
	const heading = "Код пациента;Телефон;Дата;Время;Услуга;Врач;Филиал;Статус;Длительность\n"
	for line, why := range map[string]string{
		"1;;32.01.2025;10:00;filling;belov;moscow;;":           "неверная дата визита: «32.01.2025»",
		"1;;01.02.2035;10:00;filling;belov;moscow;;":           "неверная дата визита",
		"1;;01.02.2025;25:00;filling;belov;moscow;;":           "неверное время: «25:00»",
		"1;;01.02.2025;10:00;Отбеливанье;belov;moscow;;":       "нет такой услуги: «Отбеливанье»; может быть, Отбеливание (whitening)",
		"1;;01.02.2025;10:00;filling;Соколов М. А.;moscow;;":   "нет такого врача: «Соколов М. А.»; может быть, Соколова Мария Андреевна (sokolova)",
		"1;;01.02.2025;10:00;filling;belov;Тула;;":             "нет такого филиала: «Тула»",
		"1;;01.02.2025;10:00;filling;;;;":                      "не указан филиал",
		"1;;01.02.2025;10:00;filling;belov;moscow;Хорошо;":     "статус не понят",
		"1;;01.02.2027;10:00;filling;belov;moscow;Выполнен;":   "статус не понят или не подходит ко времени визита: «Выполнен»",
		"1;;01.02.2025;10:00;filling;belov;moscow;;долго":      "неверная длительность",
		"99;;01.02.2025;10:00;filling;belov;moscow;;":          "такого пациента нет",
		";89123456789;01.02.2025;10:00;filling;belov;moscow;;": "с этим телефоном несколько пациентов",
	} {
		s.same(why, s.visits(heading+line+"\n"), intake.Summary{Lines: 1, Rejected: 1})
		s.says(why)
	}
	s.Meaning = map[string]string{"Иванов Пётр": ""}
	s.same("a doctor who is gone", s.visits(heading+"1;;01.02.2025;10:00;filling;Иванов Петр;moscow;;45 мин\n"), intake.Summary{Lines: 1, Added: 1})
	v := s.history(s.named("1").ID)[0]
	s.same("without a doctor", []any{len(v.Parts), v.End.Sub(v.Start)}, []any{0, 45 * time.Minute})
}
