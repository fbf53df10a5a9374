package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/bot/intake"
	"careline/store"

	"golang.org/x/text/encoding/charmap"
)

const some = `id;ФИО;Телефон;Дата рождения;Метки
1;петрова АННА сергеевна;8 (912) 345-67-89;12.05.1984;Постоянный, имплант
2;Смирнов Олег;+7 903 111 22 33;1979-11-30;
`

func TestPatientsComeInOnce(t *testing.T) {
	onBoth(t, func(s *stage) {
		s.same("the first run", s.patients(some), intake.Summary{Lines: 2, Added: 2})
		anna := s.named("1")
		s.same("Anna", []any{anna.FullName, anna.Phone, anna.Birth, anna.Tags}, []any{"Петрова Анна Сергеевна", "+79123456789", "1984-05-12", "[постоянный имплант]"})
		s.same("the second run", s.patients(some), intake.Summary{Lines: 2, Known: 2})
		s.same("Anna after it", s.named("1"), anna)

		moved := strings.Replace(some, "8 (912) 345-67-89", "8 (912) 345-67-00", 1)
		s.same("a new phone in the clinic's system", s.patients(moved), intake.Summary{Lines: 2, Changed: 1, Known: 1})
		s.same("Anna's phone", s.named("1").Phone, "+79123456700")
		var events []store.Event
		s.read(func(tx store.Tx) (err error) {
			events, err = tx.EventsSince(s.Context(), 0, 10)
			return err
		})
		s.same("what the audit says", []any{len(events), events[0].Name, events[0].Value}, []any{2, "import.patients", "added 2, changed 0"})
	})
}

func TestWhoHasNoIDIsKnownByPhoneAndName(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	family := "name,phone,birth\nПетров Иван,89123456789,01.02.2015\nПетрова Анна,89123456789,\n"
	s.same("two of one phone", s.patients(family), intake.Summary{Lines: 2, Added: 2})
	s.same("again, with a patronymic and an id", s.patients("id,name,phone\n7,Анна Сергеевна Петрова,+7 912 345-67-89\n"), intake.Summary{Lines: 1, Changed: 1})
	s.same("her name stays as it was", s.named("7").FullName, "Петрова Анна")
	s.same("another Ivan of that phone", s.patients("name,phone,birth\nПетров Иван,89123456789,03.04.1985\n"), intake.Summary{Lines: 1, Added: 1})
}

func TestWhatPatientsToldThemselvesStays(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	s.patients(some)
	anna := s.named("1")
	s.write(func(tx store.Tx) error {
		_, err := tx.Meet(s.Context(), []store.Contact{{ID: "c", Channel: "web", Chat: "x", PatientID: anna.ID, CreatedAt: bottest.Monday}})
		return err
	})
	s.same("an old file", s.patients("id;ФИО;Телефон;Дата рождения\n1;Иванова Анна Сергеевна;89123456789;12.05.1985\n"), intake.Summary{Lines: 1, Known: 1})
	s.same("Anna", s.named("1"), anna)
}

// What people and their programs make of a table.
func TestTablesOfAllKindsAreRead(t *testing.T) {
	windows := func(text string) string {
		out, err := charmap.Windows1251.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	long := "id;ФИО;Телефон\n" + strings.Repeat("1;Smith John;+79123456789\n", 4000)
	for name, c := range map[string]struct {
		table string
		want  intake.Summary
	}{
		"UTF-8 with a mark":               {"\uFEFF" + some, intake.Summary{Lines: 2, Added: 2}},
		"Windows":                         {windows(some), intake.Summary{Lines: 2, Added: 2}},
		"Windows, Russian late":           {windows(long + "2;Смирнов Олег;+79031112233\n"), intake.Summary{Lines: 4001, Added: 2, Known: 3999}},
		"UTF-16 of Excel":                 {"\xff\xfe" + utf16(strings.ReplaceAll(some, ";", "\t")), intake.Summary{Lines: 2, Added: 2}},
		"commas and CRLF":                 {strings.ReplaceAll("id,ФИО,Телефон\n1,Петрова Анна,89123456789\n\n", "\n", "\r\n"), intake.Summary{Lines: 1, Added: 1}},
		"tabs":                            {"id\tФИО\tТелефон\n1\tПетрова Анна\t89123456789", intake.Summary{Lines: 1, Added: 1}},
		"sep= and empty lines":            {"sep=|\n\nid|ФИО|Телефон\n||\n1|Петрова Анна|89123456789\n", intake.Summary{Lines: 1, Added: 1}},
		"line breaks and signs in quotes": {"id;ФИО;Телефон\n\"1\";\"Петрова\r\nАнна\";\"8912;3456789\"\n2;Смирнов Олег;8 903 1112233\n", intake.Summary{Lines: 2, Added: 2}},
		"a name in three columns":         {"Код;Фамилия;Имя;Отчество;Моб. телефон;Мобильный\n1;Петрова;Анна;;x;8-912-345-67-89\n", intake.Summary{Lines: 1, Added: 1}},
		"two phones in a cell":            {"ФИО;Телефон\nПетрова Анна;8 495 000, 8 912 345 67 89\n", intake.Summary{Lines: 1, Added: 1}},
		"an id is enough":                 {"ФИО;Телефон;Номер карты\nПетрова Анна;;77\n", intake.Summary{Lines: 1, Added: 1}},
		"the same line twice":             {"ФИО;Телефон\nПетрова Анна;89123456789\nАнна Петрова;+7 912 345 67 89\n", intake.Summary{Lines: 2, Added: 1, Known: 1}},
		"empty fields at the end":         {"ФИО;Телефон\nПетрова Анна;89123456789;;;\n", intake.Summary{Lines: 1, Added: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, bottest.SQLite(t))
			s.same("lines", s.patients(c.table), c.want)
			if s.report != "" {
				t.Error(s.report)
			}
		})
	}
}

func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestWhatIsWrongWithALineIsTold(t *testing.T) {
	for line, why := range map[string]string{
		"1;Петрова Анна;12;":                    "неверный телефон: «12»",
		"1;Петрова Анна;7,91235E+10;":           "Excel округлил телефон: «7,91235E+10»",
		"1;Петрова Анна":                        "полей меньше, чем столбцов: 2 вместо 4",
		"1;Петрова Анна;89123456789;;лишнее":    "полей больше, чем столбцов: 5 вместо 4",
		"1;88;89123456789;":                     "это не похоже на имя: «88»",
		";Петрова Анна;;":                       "нет ни телефона, ни кода пациента",
		"1;;89123456789;":                       "нет имени пациента",
		"1;Петрова Анна;89123456789;31.02.1990": "неверная дата рождения: «31.02.1990»",
		"1;Петрова Анна;89123456789;01.01.2031": "неверная дата рождения",
		"1;Петрова Анна;89123456789;1850-01-01": "неверная дата рождения",
		"77;Орлова Ольга;89037654321;":          "код 77 принадлежит другому пациенту",
		"1;\"Петрова Анна;89123456789;":         "кавычка открыта и не закрыта",
		"1;Петрова \xff\xfeАнна;89123456789;":   "не читаются буквы",
		"1;" + strings.Repeat("x", 70<<10):      "строка слишком длинная",
	} {
		s := newStage(t, bottest.SQLite(t))
		table := "id;ФИО;Телефон;Дата рождения\n77;Хороший Пётр;89161234567;\n" + line + "\n78;Хорошая Анна;89161234568;\n"
		got := s.patients(table)
		s.same("the lines around are taken: "+why, got, intake.Summary{Lines: 3, Added: 2, Rejected: 1})
		s.says(why, "id;ФИО;Телефон;Дата рождения;Строка;Причина\r\n")
	}
}

func TestTheReportIsMendedAndImported(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	s.patients("id;ФИО;Телефон;Метки\n1;Петрова Анна;+7912;=2+2\n")
	s.says("'+7912;'=2+2;2;неверный телефон")
	mended := strings.Replace(s.report, "'+7912", "'+79123456789", 1)
	s.same("the mended report", s.patients(mended), intake.Summary{Lines: 1, Added: 1})
	s.same("Anna", []any{s.named("1").Phone, s.named("1").Tags}, []any{"+79123456789", "[=2+2]"})
}

func TestAConsentNeedsItsProof(t *testing.T) {
	onBoth(t, func(s *stage) {
		table := `id;ФИО;Телефон;Согласие;Реклама;Дата согласия;Версия документа
1;Петрова Анна;89123456789;да;да;01.02.2025;v1
2;Смирнов Олег;89031112233;да;нет;;
`
		s.same("lines", s.patients(table), intake.Summary{Lines: 2, Added: 2, Remarks: 1})
		s.says("2;Смирнов Олег;89031112233;да;нет;;;3;согласие (personal) не загружено: нужны его дата и версия документа")
		said := func(external string) (list []string) {
			s.read(func(tx store.Tx) error {
				all, err := tx.ConsentHistory(s.Context(), s.named(external).ID)
				for _, c := range all {
					list = append(list, fmt.Sprint(c.Kind, c.Given, c.Version, c.Channel, c.At.Format(" 2006-01-02")))
				}
				return err
			})
			return list
		}
		s.same("Anna's", said("1"), "[personaltruev1import 2025-02-01 advertisingtruev1import 2025-02-01]")
		s.same("Oleg's", said("2"), "[advertisingfalseimport 2026-11-23]")

		// Who has said «stop» since is not signed on again by a file.
		s.write(func(tx store.Tx) error {
			return tx.RecordConsents(s.Context(), []store.Consent{{PatientID: s.named("1").ID, Kind: "advertising", Channel: "telegram", At: bottest.Monday}})
		})
		s.same("again", s.patients(table), intake.Summary{Lines: 2, Known: 2, Remarks: 1})
		s.same("Anna's words", len(said("1")), 3)
	})
}

func TestChatsOfAnEarlierBotComeAlong(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	table := "id;ФИО;Телефон;Telegram ID;Канал\n1;Петрова Анна;89123456789;555;Телеграм\n2;Смирнов Олег;89031112233;555;\n3;Кузнецова Вера;89031112234;@vera;\n"
	s.same("lines", s.patients(table), intake.Summary{Lines: 3, Added: 2, Rejected: 1, Remarks: 1})
	s.says("чат 555 уже принадлежит другому пациенту", "номер чата состоит только из цифр, а здесь «@vera»")
	s.same("Anna likes", s.named("1").Channel, "telegram")
	s.read(func(tx store.Tx) error {
		c, err := tx.ContactAt(s.Context(), "telegram", "555")
		s.same("whose chat it is", c.PatientID, s.named("1").ID)
		return err
	})
	s.same("again", s.patients(table), intake.Summary{Lines: 3, Known: 2, Rejected: 1, Remarks: 1})
}

func TestADryRunStoresNothing(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	s.Dry = true
	for range 2 {
		s.same("lines", s.patients(some+"3;Без Телефона;1;;\n"), intake.Summary{Lines: 3, Added: 2, Rejected: 1})
		s.says("неверный телефон")
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	for name, c := range map[string]struct{ file, why string }{
		"nothing":              {"", "empty"},
		"a mark alone":         {"\uFEFF", "empty"},
		"blank lines":          {"\n\n", "empty"},
		"Excel":                {"PK\x03\x04rest", "workbook"},
		"old Excel":            {"\xD0\xCF\x11\xE0\xA1\xB1", "workbook"},
		"a picture":            {"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"},
		"a list of other news": {"город;погода\nМосква;дождь\n", "a table of patients has the columns"},
		"visits":               {"Код;Телефон;Дата визита;Услуга\n", "careline import visits"},
		"a column twice":       {"ФИО;Пациент;Телефон\n", "mean the same"},
	} {
		_, err := intake.OpenPatients(strings.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := intake.OpenVisits(strings.NewReader(some)); err == nil || !strings.Contains(err.Error(), "careline import patients") {
		t.Errorf("patients as visits: %v", err)
	}
}

func TestAnImportGoesOnWhereItWasKilled(t *testing.T) {
	s := newStage(t, bottest.SQLite(t))
	var table strings.Builder
	table.WriteString("id,name,phone\n")
	for n := range 1700 {
		fmt.Fprintf(&table, "%d,Петрова Анна,+7912%07d\n", n, n)
	}
	ctx, kill := context.WithCancel(t.Context())
	s.Told = func(sum intake.Summary) {
		if sum.Lines == 1000 {
			kill()
		}
	}
	open, err := intake.OpenPatients(strings.NewReader(table.String()))
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := s.Patients(ctx, open, &intake.Report{}); err == nil || sum.Lines != 1000 {
		t.Fatalf("killed after %d lines: %v", sum.Lines, err)
	}
	s.same("the rest", s.patients(table.String()), intake.Summary{Lines: 1700, Known: 1000, Added: 700})
}
