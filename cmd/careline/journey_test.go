package main

import (
	"encoding/json"
	"testing"
	"time"

	"careline/store"
)

// writes gives Anna a chat, and her consents.
func (v *visited) writes(consents ...string) {
	v.Helper()
	err := v.db.Tx(v.Context(), func(tx store.Tx) error {
		chat := store.Contact{ID: "chat", PatientID: "anna", Channel: "telegram", Chat: "1", Language: "ru", Zone: "Europe/Moscow", CreatedAt: v.now}
		if _, err := tx.Meet(v.Context(), []store.Contact{chat}); err != nil {
			return err
		}
		for _, kind := range consents {
			given := store.Consent{PatientID: "anna", Kind: kind, Given: true, Version: "1", Language: "ru", Channel: "telegram", ContactID: "chat", At: v.now}
			if err := tx.RecordConsents(v.Context(), []store.Consent{given}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		v.Fatal(err)
	}
}

func (v *visited) becomes(id, status string) {
	v.Helper()
	err := v.db.Tx(v.Context(), func(tx store.Tx) error {
		list, err := tx.AppointmentsByID(v.Context(), []string{id})
		if err != nil {
			return err
		}
		list[0].Status, list[0].StatusAt = status, v.now
		return tx.SaveAppointments(v.Context(), list)
	})
	if err != nil {
		v.Fatal(err)
	}
}

// What is planned for a patient is told by whatever the patient or the visit is called, with what would become of it;
// and what is not, with the condition and its values.
func TestTheJourneyOfAPatientIsTold(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	v.books("v1", "MIS-7", 10*24*time.Hour)
	v.writes()
	for _, who := range []string{"anna", "+7 912 345-67-89", "v1", "MIS-7"} {
		v.careline("journey", who, v.dir, "--lang", "ru").well(
			"Анна Каренина · +7 912 345-67-89", "Запланировано", "reminder_day · Консультация стоматолога", "служебное · telegram", "будет отправлено",
			"Не запланировано", `условие не выполнено: visit.status == "fulfilled"`, "visit.status = booked",
		)
	}
	v.careline("journey", "anna", v.dir, "--lang", "en").well("Planned", "is going to be sent", "the condition is not met")
	v.careline("journey", "nobody", v.dir).badly("no patient or visit")
	v.careline("journey", "anna", v.dir, "--at", "soon").badly("neither a day")
	v.careline("journey", "anna", v.dir, "--lang", "fr").badly("ru or en")
}

// Nothing has been of what is still to come, though nobody can be written to.
func TestWhatIsToComeIsNotToldAsPast(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	v.books("v1", "", 10*24*time.Hour)
	v.careline("journey", "v1", v.dir, "--lang", "ru").well("Было\n  ничего\n", "нет чата, в который можно написать")
}

// A consent that is missing is told before its message is due, and so is a moment that will have passed.
func TestWhatWouldNotBeSentIsToldBefore(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	v.books("v1", "", -2*time.Hour)
	v.writes()
	v.becomes("v1", store.StatusFulfilled)
	v.careline("journey", "v1", v.dir, "--lang", "ru").well("rating", "не будет отправлено: нет согласия")
	v.writes("personal", "health")
	v.careline("journey", "v1", v.dir, "--lang", "ru").well("rating", "будет отправлено")

	late := v.now.AddDate(0, 0, 20).Format(time.DateOnly)
	v.careline("journey", "v1", v.dir, "--lang", "ru", "--at", late).well("срок прошёл")
	var told []patientJourney
	if err := json.Unmarshal([]byte(v.careline("journey", "v1", v.dir, "--json").well().out), &told); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0].Visit != "v1" || len(told[0].Entries) == 0 {
		t.Errorf("%+v", told)
	}
	for _, e := range told[0].Entries {
		if e.Timeline == "rating" && (e.Outcome != "planned" || e.Would != store.Sent || e.Due.IsZero()) {
			t.Errorf("the rating: %+v", e)
		}
	}
}
