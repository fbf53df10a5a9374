package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"

	"github.com/spf13/cobra"
)

// journeyFlags say how the journey is told.
type journeyFlags struct {
	at, language string
	json         bool
}

func journeyCommand() *cobra.Command {
	var f journeyFlags
	cmd := &cobra.Command{
		Use:   "journey PATIENT|VISIT [DIR]",
		Short: "Tell what is planned for a patient, what was sent, and why something was not",
		Long: `Tells what the timelines of journey.yaml are going to do for one patient or about one visit, what they did, and why
they do not act. A patient is named by their id, by the clinic's own id, or by phone; a visit by its id or the clinic's own.
What is planned is judged by what is known now: sent, put off, or dropped and why. --at judges it as at a later moment.
Nothing is changed.`,
		Args: takes(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return tellJourney(cmd, args[0], dirOf(args[1:]), f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.at, "at", "", "as it would be judged then: 2026-12-01 or \"2026-12-01 18:40\"; empty = now")
	flags.StringVar(&f.language, "lang", "", "language: ru, en; empty = as the terminal (LANG)")
	flags.BoolVar(&f.json, "json", false, "write JSON")
	return cmd
}

func tellJourney(cmd *cobra.Command, who, dir string, f journeyFlags) error {
	if f.language = cmp.Or(f.language, terminalLanguage(os.Getenv)); !slices.Contains([]string{"ru", "en"}, f.language) {
		return fmt.Errorf("the journey is told in ru or en, not in %q", f.language)
	}
	clinic, db, err := openClinic(cmd, dir)
	if err != nil {
		return err
	}
	defer db.Close()
	now := time.Now()
	at, err := momentOf(f.at, now, clinic.Clinic.Branches[0].Zone)
	if err != nil {
		return fmt.Errorf("--at %w", err)
	}
	var told []patientJourney
	err = db.Read(cmd.Context(), func(tx store.Tx) error {
		told, err = journeysOf(cmd.Context(), tx, clinic, who, f.language, at)
		return err
	})
	if err != nil {
		return err
	}
	if f.json {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		return e.Encode(told)
	}
	s := &journeySheet{newSheet(clinic, f.language), at}
	for _, j := range told {
		s.print(cmd.OutOrStdout(), j)
	}
	return nil
}

// patientJourney is what is told of one patient.
type patientJourney struct {
	Patient string             `json:"patient"`
	Visit   string             `json:"visit,omitempty"` // only what is about it is told; empty = everything
	Entries []journey.Foreseen `json:"entries"`
	person  store.Patient
}

// journeysOf are the journeys of whoever is called so: several people may have one phone.
func journeysOf(ctx context.Context, tx store.Tx, clinic *folder.Folder, who, language string, at time.Time) ([]patientJourney, error) {
	people, visit, err := askedFor(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	reception := &booking.Reception{Clinic: clinic.Clinic, IDs: newID}
	planner := &journey.Planner{Scripts: clinic.Scripts, Clinic: clinic.Clinic, Reception: reception, Clock: clock.Real{}}
	var all []patientJourney
	for _, person := range people {
		entries, err := planner.Foresee(ctx, tx, person.ID, language, at)
		if err != nil {
			return nil, err
		}
		if visit != "" {
			about := journey.About(dialogs.AboutVisit, visit)
			entries = slices.DeleteFunc(entries, func(e journey.Foreseen) bool { return e.About != about })
		}
		all = append(all, patientJourney{person.ID, visit, entries, person})
	}
	return all, nil
}

// askedFor are the patients with the id or the phone, or the patient of the visit with the id.
func askedFor(ctx context.Context, tx store.Tx, who string) (people []store.Patient, visit string, err error) {
	visits, err := tx.AppointmentsByID(ctx, []string{who})
	if err == nil && len(visits) == 0 {
		visits, err = tx.AppointmentsNamed(ctx, []string{who})
	}
	if err != nil {
		return nil, "", err
	}
	if len(visits) > 0 {
		people, err = tx.Patients(ctx, []string{visits[0].PatientID})
		return people, visits[0].ID, err
	}
	phone, _ := words.Phone(who)
	for _, find := range []func() ([]store.Patient, error){
		func() ([]store.Patient, error) { return tx.Patients(ctx, []string{who}) },
		func() ([]store.Patient, error) { return tx.PatientsNamed(ctx, []string{who}) },
		func() ([]store.Patient, error) { return tx.PatientsAt(ctx, []string{phone}) },
	} {
		if people, err = find(); err != nil || len(people) > 0 {
			return people, "", err
		}
	}
	return nil, "", errors.New("there is no patient or visit of that id, nor a patient with that phone")
}

// momentOf is a day's beginning or a minute by the clinic's clock; empty = now.
func momentOf(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	for _, layout := range []string{time.DateOnly, minute, "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
	}
	return now, fmt.Errorf("%q is neither a day (2026-12-01) nor a minute (2026-12-01 18:40)", text)
}
