// Package folder loads a clinic's folder whole: its data in careline.yaml and its scripts, checked against
// each other and against what the actions can do.
package folder

import (
	"io/fs"
	"slices"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/dialogs"
	"careline/dialogs/check"
	"careline/dialogs/source"
)

// Folder is a clinic, ready to run.
type Folder struct {
	Files   fs.FS
	Clinic  *booking.Clinic
	Scripts *dialogs.Set
}

// Load reads everything and tells every mistake at once. The Folder is nil when there are errors, but for those
// in transcripts: they keep nobody from being served.
func Load(files fs.FS) (*Folder, source.Findings) {
	return load(files, check.Rehearsed)
}

// Draft is Load for whoever tries out what he writes: texts that wait for a translation are said in the scripts' own
// language.
func Draft(files fs.FS) (*Folder, source.Findings) {
	return load(files, func(f source.Finding) bool { return check.Rehearsed(f) || check.Lags(f) })
}

func load(files fs.FS, bearable func(source.Finding) bool) (*Folder, source.Findings) {
	clinic, findings := booking.LoadClinic(files)
	options := dialogs.Options{Actions: actions.All().Signatures()}
	if clinic != nil {
		options.Services, options.Horizon = clinic.ServiceIDs(), clinic.Booking.Horizon
	}
	scripts, more := check.All(files, options)
	findings = append(findings, more...).Sort()
	if slices.DeleteFunc(slices.Clone(findings), bearable).Failed() {
		return nil, findings
	}
	return &Folder{Files: files, Clinic: clinic, Scripts: scripts}, findings
}
