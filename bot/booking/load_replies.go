package booking

import (
	"errors"
	"fmt"
	"io/fs"
	"unicode/utf8"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/locales"
)

// RepliesFile is the name of the ready answers in a clinic's folder. It may be missing.
const RepliesFile = "replies.yaml"

// Reply is a ready answer of the administrators; its text may hold values as scripts do, {visit}, the patient's next one
// or else the last, and {author}.
type Reply struct {
	ID    string
	Title Text
	Text  Text
	texts map[string]*locales.Template // by language
}

// longestReply is how many characters a ready answer may have: one message in every messenger, a caption aside.
const longestReply = 2000

// replies reads the ready answers.
func (r *reader) replies() {
	data, err := fs.ReadFile(r.fsys, RepliesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	} else if err != nil {
		r.Add(source.Pos{File: RepliesFile, Line: 1, Column: 1}, 81, fmt.Sprintf("cannot be read: %v", err))
		return
	}
	node, findings := source.Read(RepliesFile, data)
	r.Findings = append(r.Findings, findings...)
	if node == nil {
		return
	}
	f := r.Fields(node, "the ready answers", "replies")
	f.Need("replies")
	r.named(f.Node("replies"), "reply", r.reply)
}

func (r *reader) reply(id string, n *source.Node) {
	f := r.Fields(n, "a ready answer", "title", "text")
	f.Need("title", "text")
	a := &Reply{ID: id, Title: r.text(f.Node("title"), "title"), Text: r.text(f.Node("text"), "text"), texts: map[string]*locales.Template{}}
	known := dialogs.Naming(map[string]dialogs.Type{"visit": {Kind: dialogs.VisitKind}, "author": {Kind: dialogs.Text}})
	for language, text := range a.Text {
		at := n.Get("text")
		if in := at.Get(language); in != nil {
			at = in
		}
		template, err := locales.Parse(text)
		if err != nil {
			r.Problem(at.Pos, "reply %s: %v", id, err)
			continue
		}
		a.texts[language] = template
		if utf8.RuneCountInString(text) > longestReply {
			r.Problem(at.Pos, "reply %s is longer than %d characters; say it in two", id, longestReply)
		}
		for _, v := range template.Values() {
			if _, hint, ok := known.Shown(v.Path); !ok {
				r.Problem(at.Pos, "reply %s: there is no value {%s}%s", id, v.Path, hint)
			}
		}
	}
	r.c.Replies = append(r.c.Replies, a)
}

// Fill writes the answer in the language; what is missing among its values outside of optional pieces is told.
func (a *Reply) Fill(l *Localized, values locales.Source) (text string, missing []string) {
	template := a.texts[l.language]
	if template == nil {
		template = a.texts[l.clinic.Languages[0]]
	}
	return template.Fill(values)
}
