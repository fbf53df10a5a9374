package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Files that are no tables of text.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrWorkbook = errors.New("this is a workbook, not a table of text: in Excel or LibreOffice choose «Save as», «CSV UTF-8»")
	ErrNoText   = errors.New("this is not a text file; save the table as CSV")
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
	zip        = []byte("PK\x03\x04") // xlsx, ods
	ole        = []byte{0xD0, 0xCF, 0x11, 0xE0}
)

// peekSize is how much is looked at before anything is decided.
const peekSize = 64 << 10

// decoded is the file as UTF-8. Without a mark at its beginning, the first letters that are not English tell whether it
// is UTF-8 or Windows' Cyrillic.
func decoded(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, peekSize)
	head, err := in.Peek(4096)
	switch {
	case len(head) == 0 && err == io.EOF:
		return nil, ErrEmpty
	case len(head) == 0:
		return nil, err
	case bytes.HasPrefix(head, zip), bytes.HasPrefix(head, ole):
		return nil, ErrWorkbook
	case bytes.HasPrefix(head, bomUTF8):
		_, err := in.Discard(len(bomUTF8))
		return in, err
	case bytes.HasPrefix(head, bomUTF16LE), bytes.HasPrefix(head, bomUTF16BE):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), nil
	case bytes.IndexByte(head, 0) >= 0:
		return nil, ErrNoText
	}
	return &guessed{in: in}, nil
}

// guessed passes on what is the same in both encodings, and decides at the first letter that is not.
type guessed struct {
	in      *bufio.Reader
	decided io.Reader
}

// Read implements io.Reader.
func (g *guessed) Read(p []byte) (int, error) {
	if g.decided != nil {
		return g.decided.Read(p)
	}
	head, err := g.in.Peek(peekSize)
	if len(head) == 0 {
		return 0, err
	}
	same := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf })
	if same < 0 {
		same = len(head)
	}
	if same > 0 {
		return g.in.Read(p[:min(len(p), same)])
	}
	if isUTF8(whole(head)) {
		g.decided = g.in
	} else {
		g.decided = transform.NewReader(g.in, charmap.Windows1251.NewDecoder())
	}
	return g.decided.Read(p)
}

// isUTF8 tells by the greater part: letters of one encoding are hardly ever letters of the other, but a line may be damaged.
func isUTF8(text []byte) bool {
	good, bad := 0, 0
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if text = text[n:]; r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
	}
	return good > bad
}

// whole is the text without a letter that was cut at its end.
func whole(head []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(head); n++ {
		if c := head[len(head)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(head[len(head)-n:]) {
				return head[:len(head)-n]
			}
			break
		}
	}
	return head
}
