package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed *.yaml
var phrases embed.FS

//go:embed format/*.yaml
var ways embed.FS

// Files are the shipped phrases, LANGUAGE.yaml. NewBuilder begins with them.
func Files() fs.FS { return phrases }

var shipped = sync.OnceValue(func() map[string][]Message { return mustRead(phrases, "*.yaml") })

// mustRead reads files that are part of the program, so a mistake in them is a mistake of the program.
func mustRead(files fs.FS, pattern string) map[string][]Message {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		panic(err)
	}
	all := map[string][]Message{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		messages, err := Read(data)
		if err != nil {
			panic(fmt.Sprintf("locales/%s: %v", name, err))
		}
		all[strings.TrimSuffix(path.Base(name), ".yaml")] = messages
	}
	return all
}
