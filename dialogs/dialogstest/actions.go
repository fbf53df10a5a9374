// Package dialogstest holds what tests of scripts need beside the scripts themselves.
package dialogstest

import (
	_ "embed"
	"fmt"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

//go:embed actions.yaml
var actions []byte

// Actions are signatures like those of the real actions, which stand higher in the house.
func Actions() []dialogs.Action {
	list, err := ReadActions("actions.yaml", actions)
	if err != nil {
		panic(err)
	}
	return list
}

// ReadActions reads a table of signatures from YAML.
func ReadActions(name string, data []byte) ([]dialogs.Action, error) {
	root, findings := source.Read(name, data)
	if findings.Failed() {
		return nil, fmt.Errorf("reading actions: %v", findings)
	}
	var r source.Report
	var list []dialogs.Action
	for _, e := range root.Get("actions").Pairs() {
		f := r.Fields(e.Value, "an action", "does", "with", "gives", "outcomes", "needs", "effect", "later")
		a := dialogs.Action{
			Name: e.Key, Does: f.Text("does"), Outcomes: f.Words("outcomes"), Needs: f.Words("needs"), Effect: f.Bool("effect"), Later: f.Bool("later"),
		}
		var err error
		if a.With, err = params(f.Node("with")); err != nil {
			return nil, fmt.Errorf("reading action %s: %w", e.Key, err)
		}
		if a.Gives, err = params(f.Node("gives")); err != nil {
			return nil, fmt.Errorf("reading action %s: %w", e.Key, err)
		}
		list = append(list, a)
	}
	if r.Findings.Failed() {
		return nil, fmt.Errorf("reading actions: %v", r.Findings)
	}
	return list, nil
}

func params(n *source.Node) ([]dialogs.Param, error) {
	var list []dialogs.Param
	for _, e := range n.Pairs() {
		p, err := dialogs.ParseParam(e.Key, strings.TrimSpace(e.Value.Text))
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}
