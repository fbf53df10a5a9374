// Package folder loads a clinic's folder whole: its data in careline.yaml and its scripts, checked against
// each other and against what the actions can do.
package folder

import (
	"io/fs"
	"maps"
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
	// Findings are what was found, and does not keep it from being served.
	Findings source.Findings
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
	findings = append(append(findings, more...), handedOver(clinic, scripts)...).Sort()
	if slices.DeleteFunc(slices.Clone(findings), bearable).Failed() {
		return nil, findings
	}
	return &Folder{Files: files, Clinic: clinic, Scripts: scripts, Findings: findings}, findings
}

// usual are the dialogs to which a chat may be handed over when the clinic does not say: those of them that it has.
var usual = []string{"menu", "booking", "visits", "prices"}

// handedOver checks the dialogs to which a human may hand a chat over: they are there, and need to be told nothing.
func handedOver(clinic *booking.Clinic, scripts *dialogs.Set) source.Findings {
	if clinic == nil || scripts == nil {
		return nil
	}
	if clinic.Desk.HandOver == nil {
		for _, name := range usual {
			if d := scripts.Dialogs[name]; d != nil && begins(d) {
				clinic.Desk.HandOver = append(clinic.Desk.HandOver, booking.Offered{Dialog: name})
			}
		}
		return nil
	}
	var r source.Report
	for _, o := range clinic.Desk.HandOver {
		switch d := scripts.Dialogs[o.Dialog]; {
		case o.Dialog == "": // that has been told
		case d == nil:
			r.Add(o.At, 15, o.Dialog, source.DidYouMean(o.Dialog, slices.Collect(maps.Keys(scripts.Dialogs))))
		case !begins(d):
			r.Add(o.At, 83, "dialog "+o.Dialog+" has to be told something (takes); a human cannot hand a chat over to it")
		}
	}
	return r.Findings
}

// begins reports whether the dialog can begin without being told anything.
func begins(d *dialogs.Dialog) bool {
	return !slices.ContainsFunc(d.Takes, func(p dialogs.Param) bool { return p.Default == nil && !p.Optional })
}
