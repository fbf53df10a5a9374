package rehearsal

import (
	"cmp"
	"flag"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"careline/bot/folder"
	"careline/channels"
)

var update = flag.Bool("update", false, "draw the pictures in testdata/pictures anew")

// album keeps for every question of the shipped dialogs how it looked with the most choices, and what came with files.
type album struct {
	sync.Mutex
	folder *folder.Folder
	states map[string]string // fingerprint in a button → dialog.state
	best   map[string]pose
}

// pose is one message of one conversation.
type pose struct {
	channels.Outgoing
	file  string
	place int
}

func newAlbum(f *folder.Folder) *album {
	a := &album{folder: f, states: map[string]string{}, best: map[string]pose{}}
	for _, d := range f.Scripts.Dialogs {
		for _, s := range d.States {
			h := fnv.New32a()
			_, _ = h.Write([]byte(d.Name + "." + s.Name))
			a.states[strconv.FormatUint(uint64(h.Sum32()&0xffff), 36)] = d.Name + "." + s.Name
		}
	}
	return a
}

// add looks through what was said in Telegram, in Russian: the messages are the same everywhere.
func (a *album) add(p *play) {
	if p.channel.ID() != "telegram" {
		return
	}
	a.Lock()
	defer a.Unlock()
	for i, h := range p.said {
		if h.Language != "ru" {
			continue
		}
		next := pose{h.Outgoing, filepath.Base(p.script.Pos.File), i}
		name := a.name(next)
		if was, ok := a.best[name]; name != "" && (!ok || richer(next, was)) {
			a.best[name] = next
		}
	}
}

// name is the dialog and state of the question, else what the place or the file is called.
func (a *album) name(p pose) string {
	for _, c := range p.Choices {
		if part := strings.SplitN(c.Data, ".", 5); len(part) == 5 {
			return a.states[part[3]]
		}
	}
	if len(p.Files) == 0 && p.Place == nil {
		return ""
	}
	if p.Place != nil {
		return "files." + p.Place.Title
	}
	return "files." + p.Files[0].Name
}

// richer: more choices, or as many and sooner.
func richer(a, b pose) bool {
	return cmp.Or(
		cmp.Compare(len(b.Choices), len(a.Choices)), cmp.Compare(a.file, b.file), cmp.Compare(a.place, b.place)) < 0
}

// compare holds the pictures against those that somebody has looked at: one file for each dialog.
func (a *album) compare(t *testing.T) {
	pages := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(a.best)) {
		dialog, _, _ := strings.Cut(name, ".")
		pages[dialog] += "# " + name + "\n" + a.picture(a.best[name].Outgoing) + "\n"
	}
	dir := filepath.Join("testdata", "pictures")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for dialog, page := range pages {
		path := filepath.Join(dir, dialog+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != page {
			t.Errorf("%s looks otherwise (%v); look at it after: go test ./bot/rehearsal -run ShippedTranscripts/sqlite -update", path, err)
		}
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(old) != len(pages) {
		t.Errorf("%d pictures are kept of %d dialogs (%v)", len(old), len(pages), err)
	}
}

// picture shows the message in each messenger, those together in which it looks the same.
func (a *album) picture(o channels.Outgoing) string {
	polls := a.folder.Clinic.Channels
	polls.WhatsApp.Polls = true
	looks := []struct{ name, look string }{
		{"telegram", a.look(o, a.folder.Clinic.Channels.Caps("telegram"))},
		{"vk", a.look(o, a.folder.Clinic.Channels.Caps("vk"))},
		{"whatsapp", a.look(o, a.folder.Clinic.Channels.Caps("whatsapp"))},
		{"whatsapp with polls", a.look(o, polls.Caps("whatsapp"))},
	}
	var b strings.Builder
	for len(looks) > 0 {
		first := looks[0]
		var names []string
		looks = slices.DeleteFunc(looks, func(l struct{ name, look string }) bool {
			if l.look == first.look {
				names = append(names, l.name)
			}
			return l.look == first.look
		})
		b.WriteString(strings.Join(names, ", ") + "\n" + first.look)
	}
	return b.String()
}

func (a *album) look(o channels.Outgoing, caps channels.Caps) string {
	var b strings.Builder
	for i, s := range channels.Render(o, caps, a.folder.Scripts.Catalogue().Word) {
		if i > 0 {
			b.WriteString("    ·\n")
		}
		b.WriteString(drawn(s))
	}
	return b.String()
}

// drawn is a message in characters: text behind a bar, buttons in brackets, cards in frames, options with a ring.
func drawn(s channels.Shown) string {
	var b strings.Builder
	if s.File != nil {
		b.WriteString("    │ 📎 " + s.File.Name + "\n")
	}
	if s.Place != nil {
		b.WriteString("    │ 📍 " + s.Place.Title + ", " + s.Place.Address + "\n")
	}
	if s.Text != "" {
		b.WriteString("    │ " + strings.ReplaceAll(s.Text, "\n", "\n    │ ") + "\n")
	}
	for _, c := range s.Cards {
		b.WriteString("    ▭ " + c.Title + " · " + c.About + " [" + c.Button.Label + "]\n")
	}
	for _, o := range s.Poll {
		b.WriteString("    ○ " + o.Label + "\n")
	}
	for _, row := range s.Rows {
		b.WriteString("   ")
		for _, button := range row {
			b.WriteString(" [" + button.Label + "]")
		}
		if s.Keyboard {
			b.WriteString(" ⌨")
		}
		b.WriteString("\n")
	}
	return strings.ReplaceAll(b.String(), "│ \n", "│\n")
}
