package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed *.yaml
var files embed.FS

// Files are the shipped translation files, LANGUAGE.yaml.
func Files() fs.FS { return files }

// shipped are the messages of Files by language. They are part of the program, so a mistake in them is a
// mistake of the program; a test reads them.
var shipped = sync.OnceValue(func() map[string][]Message {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err)
	}
	all := map[string][]Message{}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		messages, err := Read(data)
		if err != nil {
			panic(fmt.Sprintf("locales/%s: %v", name, err))
		}
		all[strings.TrimSuffix(name, ".yaml")] = messages
	}
	return all
})
