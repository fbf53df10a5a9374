// Package clinic is the sample clinic that careline ships with: the start of every new one.
package clinic

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml *.json dialogs locales transcripts media
var files embed.FS

// Files are the clinic's folder as `careline init` writes it.
func Files() fs.FS { return files }
