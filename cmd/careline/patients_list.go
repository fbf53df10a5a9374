package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"careline/bot/clock"
	"careline/dialogs/source"
	"careline/store"

	"github.com/spf13/cobra"
)

func patientsListCommand() *cobra.Command {
	var segment store.Segment
	var away string
	var asJSON bool
	cmd := &cobra.Command{
		Use:               "list [DIR]",
		Short:             "List patients, all or those of a segment",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			clinic, db, err := openClinic(cmd, dirOf(args))
			if err != nil {
				return err
			}
			defer db.Close()
			now := clock.Real{}.Now()
			if away != "" {
				d, ok := source.ParseDuration(away)
				if !ok || d <= 0 {
					return fmt.Errorf("--no-visit-since %q: write a time such as 180d", away)
				}
				segment.NotSince = now.Add(-d)
			}
			if segment.Service != "" && clinic.Clinic.Service(segment.Service) == nil {
				return fmt.Errorf("--service %q: the clinic has no such service", segment.Service)
			}
			segment.Tag = strings.ToLower(segment.Tag)
			out := lister(tableOf)
			if asJSON {
				out = arrayOf
			}
			return out(cmd.OutOrStdout(), func(yield func(listed) error) error {
				return walk(cmd.Context(), db, segment, now, yield)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&segment.Tag, "tag", "", "who has the tag")
	flags.StringVar(&away, "no-visit-since", "", "who has been here, but not for so long, and is not expected: 180d")
	flags.StringVar(&segment.Service, "service", "", "who came for the service, or will")
	flags.StringVar(&segment.Source, "source", "", "whom this source brought")
	flags.StringVar(&segment.Channel, "channel", "", "who writes in the messenger, or likes it best")
	flags.BoolVar(&asJSON, "json", false, "one JSON array, for tools")
	return cmd
}

// listed is a patient in a list.
type listed struct {
	ID        string     `json:"id"`
	External  string     `json:"external,omitempty"`
	Name      string     `json:"name"`
	Phone     string     `json:"phone"`
	Birth     string     `json:"birth,omitempty"`
	Tags      []string   `json:"tags"`
	Preferred string     `json:"preferred,omitempty"`
	Channels  []string   `json:"channels"`
	LastVisit *time.Time `json:"last_visit,omitempty"`
}

// lister writes patients as they come.
type lister func(io.Writer, func(yield func(listed) error) error) error

const pageOfPatients = 500

// walk goes through a segment page by page, so that a million patients are as easy as ten.
func walk(ctx context.Context, db store.Store, segment store.Segment, now time.Time, yield func(listed) error) error {
	for after := ""; ; {
		var page []listed
		err := db.Read(ctx, func(tx store.Tx) (err error) {
			page, err = pageAfter(ctx, tx, segment, after, now)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range page {
			if err := yield(p); err != nil {
				return err
			}
			after = p.ID
		}
		if len(page) < pageOfPatients {
			return nil
		}
	}
}

func pageAfter(ctx context.Context, tx store.Tx, segment store.Segment, after string, now time.Time) ([]listed, error) {
	patients, err := tx.PatientsIn(ctx, segment, after, pageOfPatients)
	if err != nil {
		return nil, err
	}
	ids, page, place := make([]string, len(patients)), make([]listed, len(patients)), map[string]*listed{}
	for i, p := range patients {
		ids[i] = p.ID
		page[i] = listed{
			ID: p.ID, External: p.External, Name: p.FullName, Phone: p.Phone, Birth: p.Birth, Tags: append([]string{}, p.Tags...),
			Preferred: p.Channel, Channels: []string{},
		}
		place[p.ID] = &page[i]
	}
	visits, err := tx.AppointmentsOf(ctx, ids, time.Unix(0, 0), now)
	if err != nil {
		return nil, err
	}
	for _, a := range visits {
		if a.Status != store.StatusCancelled && a.Status != store.StatusNoShow && a.Status != store.StatusError {
			place[a.PatientID].LastVisit = &a.Start
		}
	}
	reach, err := tx.Reach(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range reach {
		if p := place[r.PatientID]; r.Own && !slices.Contains(p.Channels, r.Channel) {
			p.Channels = append(p.Channels, r.Channel)
		}
	}
	return page, nil
}

// tableOf shows patients to people. Columns are as wide as they are in the page that is shown.
func tableOf(w io.Writer, patients func(yield func(listed) error) error) error {
	table, n := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), 0
	err := patients(func(p listed) error {
		last := ""
		if p.LastVisit != nil {
			last = p.LastVisit.Format(time.DateOnly)
		}
		if n%pageOfPatients == 0 {
			if err := table.Flush(); err != nil {
				return err
			}
			fmt.Fprintln(table, "ID\tNAME\tPHONE\tLAST VISIT\tCHATS\tTAGS")
		}
		n++
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Name, p.Phone, last, strings.Join(p.Channels, " "), strings.Join(p.Tags, ", "))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(table, "Patients: %d\n", n)
	return table.Flush()
}

// arrayOf writes one array.
func arrayOf(w io.Writer, patients func(yield func(listed) error) error) error {
	before := "[\n"
	err := patients(func(p listed) error {
		line, err := json.Marshal(p)
		if err == nil {
			_, err = fmt.Fprintf(w, "%s%s", before, line)
		}
		before = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	if before == "[\n" {
		_, err = fmt.Fprintln(w, "[]")
	} else {
		_, err = fmt.Fprintln(w, "\n]")
	}
	return err
}
