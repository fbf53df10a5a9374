package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"careline/bot"
	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/intake"
	"careline/bot/journey"
	"careline/store"

	"github.com/spf13/cobra"
)

func importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring in the clinic's patients and past visits from CSV",
		Long: `Brings in tables as the clinic's system or a spreadsheet writes them, so that recall works from the first day.
Encoding, separator and headings are recognised. What could not be taken stands in FILE.rejected.csv beside the file, with the
reasons: mend it there and import that file. Nothing happens twice: the same file may be imported again at any time.`,
	}
	cmd.AddCommand(
		importing("patients", "Bring in patients: name, phone, birthday, tags, consents", intake.OpenPatients, (*intake.Import).Patients),
		importing("visits", "Bring in visits: patient, date, service, doctor, branch", intake.OpenVisits, (*intake.Import).Visits),
	)
	return cmd
}

// opener understands the heading of a table, importer takes its lines.
type (
	opener   func(io.Reader) (*intake.Table, error)
	importer func(*intake.Import, context.Context, *intake.Table, *intake.Report) (intake.Summary, error)
)

func importing(what, short string, open opener, bring importer) *cobra.Command {
	var dry bool
	var meaning []string
	cmd := &cobra.Command{
		Use:   what + " FILE.csv [DIR]",
		Short: short,
		Long:  short + ".\nExit status 1 when lines were rejected; they stand in FILE.rejected.csv.",
		Args:  takes(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := dirOf(args[1:])
			clinic, db, err := openClinic(cmd, dir)
			if err != nil {
				return err
			}
			defer db.Close()
			job := &intake.Import{Store: planned(clinic, db), Clinic: clinic.Clinic, Clock: clock.Real{}, IDs: newID, Dry: dry}
			if job.Meaning, err = meanings(clinic, meaning); err != nil {
				return err
			}
			return bringIn(cmd, job, clinic, args[0], open, bring)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only check and report; store nothing")
	if what == "visits" {
		cmd.Flags().StringArrayVar(&meaning, "map", nil, "what a name in the file means: \"Чистка=hygiene_consult\"; a doctor who is gone: \"Иванов И. И.=\"; may be repeated")
	}
	return cmd
}

// openClinic loads the clinic in the folder and opens its database, brought up to date.
func openClinic(cmd *cobra.Command, dir string) (*folder.Folder, store.Store, error) {
	files, err := filesOf(dir)
	if err != nil {
		return nil, nil, err
	}
	clinic, err := load(files, dir, cmd.ErrOrStderr())
	if err != nil {
		return nil, nil, err
	}
	settings, err := bot.SettingsFrom(os.Getenv, dir)
	if err != nil {
		return nil, nil, fmt.Errorf("the settings are not right:\n%w", err)
	}
	db, err := openStore(cmd.Context(), settings.Database)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(cmd.Context()); err != nil {
		db.Close()
		return nil, nil, err
	}
	return clinic, db, nil
}

// planned is the database in which whatever is changed is planned for at once.
func planned(clinic *folder.Folder, db store.Store) store.Store {
	return journey.Keep(db, &journey.Planner{
		Scripts: clinic.Scripts, Clinic: clinic.Clinic, Reception: &booking.Reception{Clinic: clinic.Clinic, IDs: newID}, Clock: clock.Real{},
	})
}

// meanings reads NAME=ID.
func meanings(clinic *folder.Folder, list []string) (map[string]string, error) {
	means := map[string]string{}
	for _, m := range list {
		at := strings.LastIndex(m, "=")
		if at < 0 {
			return nil, fmt.Errorf("--map %q: write NAME=ID", m)
		}
		name, id := m[:at], strings.TrimSpace(m[at+1:])
		if !intake.Means(clinic.Clinic, id) {
			return nil, fmt.Errorf("--map %q: the clinic has no service, doctor or branch %s", m, id)
		}
		means[name] = id
	}
	return means, nil
}

func bringIn(cmd *cobra.Command, job *intake.Import, clinic *folder.Folder, path string, open opener, bring importer) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	size := int64(0)
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	table, err := open(file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if ignored := table.Ignored(); len(ignored) > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "Columns that mean nothing here:", strings.Join(ignored, ", "))
	}
	beside := strings.TrimSuffix(path, filepath.Ext(path)) + ".rejected.csv"
	report := &intake.Report{
		Open:    func() (io.WriteCloser, error) { return os.Create(beside) },
		Phrases: clinic.Scripts.Catalogue(), Language: clinic.Clinic.Languages[0],
	}
	progress := newProgress(cmd.ErrOrStderr(), job.Clock.Now, size)
	job.Told = progress.told
	sum, err := bring(job, cmd.Context(), table, report)
	if cmd.Context().Err() != nil {
		return fmt.Errorf("stopped after %d lines; the same command goes on from there", sum.Lines)
	}
	if err != nil {
		return fmt.Errorf("%s: after %d lines: %w", path, sum.Lines, err)
	}
	return told(cmd.OutOrStdout(), job, sum, report, beside)
}

// told prints what became of the lines. A report of an earlier run that nothing stands in any more is taken away.
func told(w io.Writer, job *intake.Import, sum intake.Summary, report *intake.Report, beside string) error {
	if job.Dry {
		fmt.Fprintln(w, "Only checked, nothing is stored.")
	}
	fmt.Fprintf(w, "Lines: %d. New: %d, changed: %d, known already: %d, rejected: %d.\n", sum.Lines, sum.Added, sum.Changed, sum.Known, sum.Rejected)
	often := func(a, b string) int {
		return cmp.Or(report.Reasons[b]-report.Reasons[a], strings.Compare(a, b))
	}
	for _, reason := range slices.SortedFunc(maps.Keys(report.Reasons), often) {
		fmt.Fprintf(w, "  %d × %s\n", report.Reasons[reason], reason)
	}
	if sum.Rejected+sum.Remarks > 0 {
		fmt.Fprintf(w, "The lines and what is wrong with them: %s\n", beside)
	} else if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if sum.Rejected > 0 {
		return errTold
	}
	return nil
}
