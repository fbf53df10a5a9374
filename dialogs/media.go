package dialogs

import (
	"mime"
	"path"
	"strings"

	"careline/channels"
)

func mimeType(name string) string {
	if t := mime.TypeByExtension(strings.ToLower(path.Ext(name))); t != "" {
		return t
	}
	return "application/octet-stream"
}

func fileKind(name string) channels.FileKind {
	kind, _, _ := strings.Cut(mimeType(name), "/")
	switch kind {
	case "image":
		return channels.Photo
	case "video":
		return channels.Video
	}
	return channels.Document
}
