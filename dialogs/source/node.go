package source

// Kind of a node.
type Kind int

// The kinds. Empty is a key or a dash with nothing behind it.
const (
	Empty Kind = iota
	Scalar
	Mapping
	List
)

func (k Kind) String() string {
	return [...]string{"nothing", "a text", "keys and values", "a list"}[k]
}

// Style of a scalar: it decides what may stand inside.
type Style int

// The styles. Block is a text under | or >.
const (
	Plain Style = iota
	Quoted
	Block
)

// Node is a piece of a document. A nil Node reads as Empty, so absent keys need no special care.
type Node struct {
	Pos     Pos
	Kind    Kind
	Text    string // of a Scalar
	Style   Style
	Flow    bool   // written with { } or [ ], or standing inside of them
	Comment string // what follows ` #` on the line of a Scalar, with the #
	Entries []Entry
	Items   []*Node

	indent int // column of a Block's first character
}

// Entry is a key of a Mapping with its value.
type Entry struct {
	Key    string
	KeyPos Pos
	Value  *Node
}

// Is reports whether the node is of the kind; a nil node is Empty.
func (n *Node) Is(k Kind) bool {
	if n == nil {
		return k == Empty
	}
	return n.Kind == k
}

// Get is the value of a key; nil when the key is absent or the node is no Mapping.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

// At is the place of a character of Text, counted from 0. In a quoted text with escapes, and in one that
// is folded over lines, it is near.
func (n *Node) At(character int) Pos {
	before := []rune(n.Text)
	before = before[:min(max(character, 0), len(before))]
	p := n.Pos
	switch n.Style {
	case Block:
		last := -1
		for i, r := range before {
			if r == '\n' {
				p.Line, last = p.Line+1, i
			}
		}
		p.Line++
		p.Column = n.indent + len(before) - last - 1
	case Quoted:
		p.Column += 1 + len(before)
	case Plain:
		p.Column += len(before)
	}
	return p
}

// Pairs are the entries of a Mapping; none when the node is something else or nil.
func (n *Node) Pairs() []Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

// Children are the items of a List; none when the node is something else or nil.
func (n *Node) Children() []*Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func runes(s string) int { return len([]rune(s)) }
