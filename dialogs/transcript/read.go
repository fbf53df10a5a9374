package transcript

import (
	"fmt"
	"io/fs"
	"path"
	"time"

	"careline/channels"
	"careline/dialogs/schema"
	"careline/dialogs/source"
)

// ReadAll reads every transcript of a folder, in the order of names. No folder is no transcripts.
func ReadAll(fsys fs.FS, dir string) ([]*Transcript, source.Findings, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.yaml"))
	if err != nil {
		return nil, nil, fmt.Errorf("listing %s: %w", dir, err)
	}
	var all []*Transcript
	var found source.Findings
	for _, name := range names {
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", name, err)
		}
		t, f := Read(name, src)
		found = append(found, f...)
		if t != nil {
			all = append(all, t)
		}
	}
	return all, found, nil
}

// Read reads one transcript. It is nil when there are errors.
func Read(name string, src []byte) (*Transcript, source.Findings) {
	node, found := source.Read(name, src)
	if node == nil {
		return nil, found
	}
	r := &reader{Report: source.Report{Findings: found}}
	t := r.transcript(node)
	if r.Findings.Failed() {
		return nil, r.Findings.Sort()
	}
	return t, r.Findings.Sort()
}

type reader struct {
	source.Report
}

var file, _ = schema.Of("test")

func (r *reader) transcript(n *source.Node) *Transcript {
	f := r.Fields(n, "a transcript", file.Keys()...)
	f.Need("test", "now", "lines")
	t := &Transcript{
		Pos:      n.Pos,
		Title:    f.Text("test"),
		Channel:  channels.ID(f.OneOf("channel", "web", "telegram", "vk", "whatsapp", "console")),
		Clinic:   f.Word("clinic"),
		Language: f.Word("language"),
		Tests:    map[string]string{},
	}
	if t.Clinic == "" {
		t.Clinic = "sample"
	}
	t.Now = r.now(f.Node("now"))
	t.Patient = r.card(f.Node("patient"))
	if tests := f.Node("tests"); tests != nil {
		t.TestsAt = tests.Pos
		for _, e := range tests.Entries {
			t.Tests[e.Key] = r.Word(e.Value, e.Key)
		}
	}
	t.Lines = r.lines(f.Node("lines"))
	return t
}

func (r *reader) now(n *source.Node) time.Time {
	m := r.moment(n, "now")
	if n != nil && (m.Zone == nil || days[m.Day] != 0 || m.Day == "today") {
		r.Add(n.Pos, 79, n.Text, "the beginning", "`2026-11-23 10:00 Europe/Moscow`")
		return time.Time{}
	}
	if m.Zone == nil {
		return time.Time{}
	}
	return m.On(time.Time{}.In(m.Zone))
}

func (r *reader) moment(n *source.Node, key string) Moment {
	w := r.Word(n, key)
	if w == "" {
		return Moment{}
	}
	m, err := ParseMoment(w)
	if err != nil {
		r.Add(n.Pos, 79, w, "a day and a time", "`2026-11-23 10:00`, `tomorrow 17:20`")
	}
	return m
}
