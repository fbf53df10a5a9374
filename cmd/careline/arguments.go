package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"careline/channels"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// takes refuses more or fewer arguments than a command has, and says how it is called.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("something is missing; the command is `%s`", cmd.UseLine())
		case len(args) > most:
			return fmt.Errorf("%q is too much; the command is `%s`", args[most], cmd.UseLine())
		}
		return nil
	}
}

// ofThese refuses a word that is no command of the group; alone the group shows them. Cobra would show them for any word.
func ofThese(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	path := cmd.CommandPath()
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return fmt.Errorf("there is no command `%s %s`; did you mean `%s %s`?", path, args[0], path, near[0])
	}
	return fmt.Errorf("there is no command `%s %s`; `%s` shows all", path, args[0], path)
}

// flagValues is what the flags of a kind take.
var flagValues = map[string]string{"int": "a whole number, like 5", "duration": "a time, like 90s or 24h", "bool": "true or false"}

// misread tells what a flag takes instead of what it was given. It is cobra's function for errors of flags.
func misread(cmd *cobra.Command, err error) error {
	var wrong *pflag.InvalidValueError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	}
	flag := wrong.GetFlag()
	if takes := flagValues[flag.Value.Type()]; takes != "" {
		return fmt.Errorf("--%s %s: it takes %s", flag.Name, wrong.GetValue(), takes)
	}
	return fmt.Errorf("--%s %s: %w", flag.Name, wrong.GetValue(), wrong.Unwrap())
}

// folders completes the name of a clinic's folder.
func folders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// messenger is a flag's value: one that channels.Known describes.
type messenger channels.ID

func messengers() []string {
	var names []string
	for id := range channels.Known() {
		names = append(names, string(id))
	}
	slices.Sort(names)
	return names
}

func (m *messenger) String() string { return string(*m) }
func (m *messenger) Type() string   { return "messenger" }

// Set implements pflag.Value.
func (m *messenger) Set(name string) error {
	if _, ok := channels.Known()[channels.ID(name)]; !ok {
		return fmt.Errorf("there are %s", strings.Join(messengers(), ", "))
	}
	*m = messenger(name)
	return nil
}

// asFlag adds --as.
func asFlag(cmd *cobra.Command, as *messenger, about string) {
	cmd.Flags().Var(as, "as", about)
	complete := cobra.FixedCompletions(messengers(), cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("as", complete); err != nil {
		panic(err) // the flag has just been added
	}
}
