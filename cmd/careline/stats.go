package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"careline/bot"
	"careline/bot/folder"
	"careline/bot/numbers"
	"careline/bot/numbers/year"
	"careline/dialogs/clinic"
	"careline/dialogs/source"
	"careline/store"

	"github.com/spf13/cobra"
)

// statsFlags are what is asked for.
type statsFlags struct {
	since, until, by, language string
	json                       bool
}

func statsCommand() *cobra.Command {
	var f statsFlags
	cmd := &cobra.Command{
		Use:   "stats [DIR]",
		Short: "Tell how the clinic is doing: from the first word to the visit",
		Long: `Tells the numbers of a period: the funnel from the first word to the visit, no-shows, ratings, what the reminders and
invitations led to, A/B tests, and where people leave. docs/numbers.md says what each number means.
It reads the clinic's database and may be asked while the clinic works. Without a folder it shows a sample year.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return stats(cmd, args, f)
		},
	}
	ways := make([]string, 0, len(numbers.Ways()))
	for _, w := range numbers.Ways() {
		ways = append(ways, string(w))
	}
	flags := cmd.Flags()
	flags.StringVar(&f.since, "since", "30d", "first day of the period (2026-10-01), or how far back it goes (30d, 12h)")
	flags.StringVar(&f.until, "until", "", "last day of the period; empty = now")
	flags.StringVar(&f.by, "by", "", "break the numbers down by "+strings.Join(ways, ", "))
	flags.StringVar(&f.language, "lang", "", "language: ru, en; empty = as the terminal (LANG)")
	flags.BoolVar(&f.json, "json", false, "write JSON")
	if err := cmd.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(ways, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag has just been added
	}
	return cmd
}

func stats(cmd *cobra.Command, args []string, f statsFlags) error {
	if f.language = cmp.Or(f.language, terminalLanguage(os.Getenv)); !slices.Contains([]string{"ru", "en"}, f.language) {
		return fmt.Errorf("the numbers are told in ru or en, not in %q", f.language)
	}
	now := time.Now()
	clinic, db, done, err := f.history(cmd, args, now)
	if err != nil {
		return err
	}
	defer done()
	ask, err := f.ask(clinic, now)
	if err != nil {
		return err
	}
	report, err := numbers.Read(cmd.Context(), db, ask)
	if err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(report)
	}
	newSheet(clinic, f.language).print(cmd.OutOrStdout(), report)
	return nil
}

// history opens the clinic's database; without a clinic, one with a sample year, all of which is shown.
func (f *statsFlags) history(cmd *cobra.Command, args []string, now time.Time) (*folder.Folder, store.Store, func(), error) {
	if inClinic(args) {
		clinic, db, err := openClinic(cmd, dirOf(args))
		return clinic, db, func() { db.Close() }, err
	}
	if !cmd.Flags().Changed("since") {
		f.since = "365d"
	}
	return sampleYear(cmd, now)
}

// inClinic tells whether a clinic's folder is named, or is the current one.
func inClinic(args []string) bool {
	_, err := os.Stat(filepath.Join(dirOf(args), "careline.yaml"))
	return len(args) > 0 || err == nil
}

// seed of the sample year.
const seed = 2026

func sampleYear(cmd *cobra.Command, now time.Time) (*folder.Folder, store.Store, func(), error) {
	sample, err := draft(clinic.Files(), "", cmd.ErrOrStderr())
	if err != nil {
		return nil, nil, nil, err
	}
	db, remove, err := bot.Temporary(cmd.Context())
	if err != nil {
		return nil, nil, nil, err
	}
	if err := year.Play(cmd.Context(), year.Parts{Store: db, Clinic: sample.Clinic, Scripts: sample.Scripts, Now: now, Seed: seed}); err != nil {
		remove()
		return nil, nil, nil, err
	}
	return sample, db, remove, nil
}

// terminalLanguage is what the terminal speaks; Russian where it does not say.
func terminalLanguage(env func(string) string) string {
	speaks := cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))
	if strings.HasPrefix(speaks, "en") {
		return "en"
	}
	return "ru"
}

// ask reads the flags by the clinic's clock.
func (f statsFlags) ask(clinic *folder.Folder, now time.Time) (numbers.Ask, error) {
	zone := clinic.Clinic.Branches[0].Zone
	a := numbers.Ask{Now: now, Zone: zone, Journey: clinic.Scripts.Journey, By: numbers.By(f.by)}
	if f.by != "" && !slices.Contains(numbers.Ways(), a.By) {
		var ways []string
		for _, way := range numbers.Ways() {
			ways = append(ways, string(way))
		}
		return a, fmt.Errorf("--by %s is not known; there are %s", f.by, strings.Join(ways, ", "))
	}
	until, err := moment(f.until, now, zone)
	if err != nil {
		return a, fmt.Errorf("--until %w", err)
	}
	if isDay(f.until) {
		until = until.AddDate(0, 0, 1) // the last day belongs to it
	}
	since, err := moment(f.since, now, zone)
	if err != nil {
		return a, fmt.Errorf("--since %w", err)
	}
	a.Span = store.Span{From: since, To: until}
	if !since.Before(until) {
		return a, fmt.Errorf("the period ends (%s) before it begins (%s)", until.In(zone).Format(time.DateOnly), since.In(zone).Format(time.DateOnly))
	}
	return a, nil
}

var dayLike = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func isDay(s string) bool { return dayLike.MatchString(s) }

// moment is the beginning of a day, or so long before now; empty = now.
func moment(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	if isDay(text) {
		day, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			return now, fmt.Errorf("%s is no day of the calendar", text)
		}
		return day, nil
	}
	d, ok := source.ParseDuration(text)
	if !ok || d <= 0 {
		return now, fmt.Errorf("%s is neither a day (2026-10-01) nor a length of time (30d)", text)
	}
	return now.Add(-d), nil
}
