package actions

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"careline/dialogs"
)

var update = flag.Bool("update", false, "write the table anew")

// The table with which scripts are tested below this floor says of each action what its code says:
// go test ./bot/actions -update
func TestTheTableOfScriptTestsIsTrue(t *testing.T) {
	const path = "../../dialogs/dialogstest/actions.yaml"
	var want bytes.Buffer
	want.WriteString("# What `call:` names mean, for tests of scripts. Made from the code of the actions: go test ./bot/actions -update\nactions:\n")
	for _, a := range All().Signatures() {
		fmt.Fprintf(&want, "  %s:\n    does: %q\n    with: {%s}\n    gives: {%s}\n    outcomes: [%s]\n    needs: [%s]\n    effect: %s\n    later: %s\n", a.Name, a.Does,
			params(a.With), params(a.Gives), strings.Join(a.Outcomes, ", "), strings.Join(a.Needs, ", "), yes(a.Effect), yes(a.Later))
	}
	if *update {
		if err := os.WriteFile(path, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s is not what the code says (%v); run: go test ./bot/actions -update", path, err)
	}
}

func params(list []dialogs.Param) string {
	written := make([]string, len(list))
	for i, p := range list {
		kind := string(p.Type.Kind)
		switch {
		case p.Type.Elem != nil:
			kind = "list of " + string(p.Type.Elem.Kind)
		case len(p.Type.Words) > 0:
			kind = strings.Join(p.Type.Words, " | ")
		}
		if p.Optional {
			kind += "?"
		}
		written[i] = p.Name + ": " + kind
	}
	return strings.Join(written, ", ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
