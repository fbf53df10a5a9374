package dialogs_test

import (
	"testing"

	"careline/dialogs"
	"careline/dialogs/clinic"
	"careline/dialogs/dialogstest"
	"careline/locales"
)

func options() dialogs.Options {
	return dialogs.Options{Actions: dialogstest.Actions(), Locales: locales.Files()}
}

func TestTheClinicLoadsWithoutAFinding(t *testing.T) {
	set, findings := dialogs.Load(clinic.Files(), options())
	for _, f := range findings {
		t.Error(f)
	}
	if set == nil || len(set.Dialogs) < 29 {
		t.Fatal("the clinic is incomplete")
	}
}
