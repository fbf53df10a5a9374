package booking

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"careline/dialogs/source"
)

// File is the name of a clinic's data in its folder.
const File = "careline.yaml"

// LoadClinic reads and checks careline.yaml of the folder and tells every mistake at once. The clinic is
// nil when there are errors.
func LoadClinic(fsys fs.FS) (*Clinic, source.Findings) {
	data, err := fs.ReadFile(fsys, File)
	if err != nil {
		why := fmt.Sprintf("cannot be read: %v", err)
		if errors.Is(err, fs.ErrNotExist) {
			why = "is not there; `careline init` writes one"
		}
		var r source.Report
		r.Add(source.Pos{File: File, Line: 1, Column: 1}, 81, why)
		return nil, r.Findings
	}
	node, findings := source.Read(File, data)
	if node == nil {
		return nil, findings
	}
	r := &reader{fsys: fsys, c: &Clinic{}, places: map[string]source.Pos{}}
	r.Findings = findings
	r.clinic(node)
	r.replies()
	if findings = r.Findings.Sort(); findings.Failed() {
		// Hours and places compared with what could not be read would only be warned of in vain.
		return nil, slices.DeleteFunc(findings, func(f source.Finding) bool { return f.Severity != source.Error })
	}
	r.c.localize()
	return r.c, findings
}

// reader fills a Clinic from careline.yaml.
type reader struct {
	source.Report
	fsys   fs.FS
	c      *Clinic
	places map[string]source.Pos // "service crown_pair" → where it stands
	later  []func()              // references, looked up when all names are known
}

// warn tells something that does not stop a release.
func (r *reader) warn(at source.Pos, format string, values ...any) {
	r.Findings = append(r.Findings, source.Finding{Pos: at, Severity: source.Warning, Text: fmt.Sprintf(format, values...)})
}

func (r *reader) clinic(n *source.Node) {
	f := r.Fields(n, "the clinic", keysOf[clinicFile]()...)
	f.Need("clinic", "phone", "branches", "services", "practitioners", "consents")
	c := r.c
	if c.Languages = f.Words("languages"); len(c.Languages) == 0 {
		c.Languages = []string{"ru"}
	}
	c.Name = r.text(f.Node("clinic"), "clinic")
	c.Phone, c.EmergencyPhone = r.phone(f, "phone"), r.phone(f, "emergency_phone")
	if c.EmergencyPhone == "" {
		c.EmergencyPhone = c.Phone
	}
	c.Site = r.url(f, "site")
	if c.Currency = f.Word("currency"); c.Currency == "" {
		c.Currency = "RUB"
	}
	c.Checkup = f.Word("checkup")
	r.refer("service", f.Node("checkup"), c.Checkup)
	r.desk(f.Node("desk"))
	r.rules(f.Node("booking"))
	c.Holidays = r.dates(f.Node("holidays"), "holidays")
	r.named(f.Node("specialties"), "specialty", func(id string, n *source.Node) {
		c.Specialties = append(c.Specialties, &Specialty{ID: id, Title: r.text(n, id)})
	})
	r.named(f.Node("sections"), "section", func(id string, n *source.Node) {
		c.Sections = append(c.Sections, &Section{ID: id, Title: r.text(n, id)})
	})
	r.named(f.Node("branches"), "branch", r.branch)
	r.named(f.Node("services"), "service", r.service)
	r.named(f.Node("practitioners"), "practitioner", r.practitioner)
	r.named(f.Node("courses"), "course", r.course)
	r.named(f.Node("consents"), "consent", r.consent)
	r.named(f.Node("offers"), "offer", r.offer)
	r.channels(f.Node("channels"))
	r.reviews(f.Node("reviews"))
	r.loyalty(f.Node("loyalty"))
	for _, check := range r.later {
		check()
	}
	r.together(f.Node("consents"))
}

// named reads a mapping of names chosen by the clinic.
func (r *reader) named(n *source.Node, kind string, read func(id string, n *source.Node)) {
	if n == nil {
		return
	}
	if n.Kind != source.Mapping {
		r.Add(n.Pos, 78, kind, source.Mapping, n.Kind)
		return
	}
	for _, e := range n.Entries {
		r.Name(e.KeyPos, e.Key)
		r.places[kind+" "+e.Key] = e.KeyPos
		read(e.Key, e.Value)
	}
}

// refer looks up, when everything is read, that there is something of that kind under the name.
func (r *reader) refer(kind string, n *source.Node, id string) {
	if id == "" || n == nil {
		return
	}
	r.later = append(r.later, func() {
		if _, ok := r.places[kind+" "+id]; !ok {
			r.Problem(n.Pos, "no %s %s%s", kind, id, source.DidYouMean(id, r.ids(kind)))
		}
	})
}

// ids are the names of that kind.
func (r *reader) ids(kinds ...string) []string {
	var out []string
	for _, kind := range kinds {
		for key := range r.places {
			if len(key) > len(kind) && key[:len(kind)+1] == kind+" " {
				out = append(out, key[len(kind)+1:])
			}
		}
	}
	return out
}
