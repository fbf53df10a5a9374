package main

import (
	"fmt"

	"careline/bot/booking"

	"github.com/spf13/cobra"
)

func courseListCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "list [DIR]",
		Short:             "Show the courses of careline.yaml",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := filesOrSample(args)
			if err != nil {
				return err
			}
			f, err := load(files, dirOf(args), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if len(f.Clinic.Courses) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "careline.yaml has no courses; see `courses:` in the sample clinic")
			}
			for _, course := range f.Clinic.Courses {
				l := f.Clinic.In("")
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s\n", course.ID, l.Text(course.Title))
				table := &grid{left: map[int]bool{1: true, 2: true, 3: true}}
				day := 0
				for i, v := range course.Visits {
					day += v.Days
					table.add(fmt.Sprint(i+1), fmt.Sprintf("day %d", day), v.Service, visitTitle(l, v))
				}
				table.print(cmd.OutOrStdout())
			}
			return nil
		},
	}
}

func visitTitle(l *booking.Localized, v booking.CourseVisit) string {
	if len(v.Title) > 0 {
		return l.Text(v.Title)
	}
	return l.Service(v.Service).Title
}
