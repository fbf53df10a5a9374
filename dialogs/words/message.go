package words

// Message is a text cut once, to be looked through for many patterns.
type Message struct {
	cleaned string
	words   []seen
	letters uint32 // of all words
}

type seen struct {
	text    string
	letters uint32
}

// NewMessage cuts a text.
func NewMessage(text string) *Message {
	m := &Message{cleaned: Clean(text)}
	toks := scan(fold(text))
	m.words = make([]seen, 0, len(toks))
	for _, t := range toks {
		if t.kind == signToken {
			continue
		}
		for _, part := range hyphenParts(t.text) {
			mask := letterMask(part)
			m.words = append(m.words, seen{part, mask})
			m.letters |= mask
		}
	}
	return m
}

// Equals reports whether the whole message is the phrase, which must be Clean.
func (m *Message) Equals(cleaned string) bool { return m.cleaned == cleaned }

// letterMask is a coarse picture of which letters a word has: one changed letter changes at most two bits.
func letterMask(w string) uint32 {
	var mask uint32
	for _, r := range w {
		mask |= 1 << (uint32(r) & 31)
	}
	return mask
}
