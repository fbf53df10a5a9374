// Package picture draws a dialog: its states in one column in the order of the file, so that «nothing said =
// the state below» is a short arrow down, jumps forward as lines on the right and jumps back as lines on the left.
package picture

import (
	"embed"
	"html/template"

	"careline/dialogs"
)

// Style is the stylesheet of every picture; a page that shows one links it.
//
//go:embed picture.css
var Style []byte

// Files has the stylesheet too, for pages that serve folders.
//
//go:embed picture.css
var Files embed.FS

// Options say how a dialog is drawn for one reader.
type Options struct {
	Current string            // node that is lit: a state, "end booked", or none
	Glosses map[string]string // node → a few words on it; without them its answer, action or dialog
	Labels  map[string]string // label of an edge → the same in the reader's language
	Notes   map[string]string // state → a line beneath its words: how many people are there
	Links   map[string]string // node → where it leads; beside the picture the same has to be reachable by keyboard
	Anytime string            // over what the dialog says once for all its states
}

// SVG of the dialog, to stand in a page. Its size is in pixels.
func SVG(g dialogs.Graph, o Options) template.HTML {
	if o.Anytime == "" {
		o.Anytime = "at any time"
	}
	return place(g, o).svg(g, o)
}
