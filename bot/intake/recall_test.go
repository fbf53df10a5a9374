package intake_test

import (
	"strings"
	"testing"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/intake"
	"careline/bot/journey"
	"careline/store"
)

// What a clinic brings in on its first day works from the first day: patients of half a year ago are called back, and
// nothing else of their past is brought up.
func TestRecallWorksFromTheFirstDay(t *testing.T) {
	onBoth(t, func(s *stage) {
		w := bottest.New(s.T, s.Store, "a")
		s.Clock = w.Clock
		s.Store = journey.Keep(s.Store, &journey.Planner{
			Scripts: s.folder.Scripts, Clinic: s.folder.Clinic, Reception: &booking.Reception{Clinic: s.folder.Clinic}, Clock: w.Clock,
		})
		s.same("patients", s.patients(`id;ФИО;Телефон;Согласие;Реклама;Дата согласия;Версия
1;Петрова Анна;89123456789;да;да;01.02.2025;v1
2;Смирнов Олег;89031112233;да;нет;01.02.2025;v1
`).Added, 2)
		for chat, external := range map[string]string{"anna": "1", "oleg": "2"} {
			s.write(func(tx store.Tx) error {
				_, err := tx.Meet(s.Context(), []store.Contact{{
					ID: w.ID(), Channel: "test", Chat: chat, PatientID: s.named(external).ID, Language: "ru", CreatedAt: w.Clock.Now(),
				}})
				return err
			})
		}
		table := "Код пациента;Дата;Услуга;Врач;Филиал\n"
		for _, line := range []string{";03.03.2024;filling;belov;moscow\n", ";01.06.2026;hygiene_consult;lebedeva;moscow\n", ";02.05.2026;hygiene_consult;;moscow\n"} {
			table += "1" + line + "2" + line
		}
		s.same("visits", s.visits(table), intake.Summary{Lines: 6, Added: 6})
		if err := w.Runner.PassTo(s.Context(), w.Clock, bottest.Monday.AddDate(0, 0, 20)); err != nil {
			s.Fatal(err)
		}
		anna, oleg := w.Phones.Told("anna"), w.Phones.Told("oleg")
		if len(anna) != 1 || !strings.HasPrefix(anna[0].Text, "Анна, ") {
			s.Errorf("Anna is called back with %d messages: %v", len(anna), anna)
		}
		if len(oleg) > 0 {
			s.Errorf("Oleg wants no letters and is told: %s", oleg[0].Text)
		}
	})
}
