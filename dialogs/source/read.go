package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file. The parser takes seconds for what is far beyond them.
const (
	maxSize  = 256 << 10 // bytes
	maxLines = 5000
)

// Read parses one document. The node is nil when the findings hold an error that leaves nothing to read.
func Read(file string, data []byte) (*Node, Findings) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	s := scan{file: file}
	top := Pos{File: file, Line: 1, Column: 1}
	switch {
	case len(data) > maxSize:
		s.Report.Add(top, 81, fmt.Sprintf("is larger than %d kB; split it", maxSize>>10))
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		s.Report.Add(top, 81, "is not text in UTF-8; save it as UTF-8")
	case len(bytes.TrimSpace(data)) == 0:
		s.Report.Add(top, 81, "is empty; write something or remove it")
	}
	if s.Findings.Failed() {
		return nil, s.Findings
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	s.lines = strings.Split(text, "\n")
	if len(s.lines) > maxLines {
		s.Report.Add(top, 81, fmt.Sprintf("has more than %d lines; split it", maxLines))
		return nil, s.Findings
	}
	s.run()
	if s.deep || s.depthOver() {
		s.Report.Add(top, 81, fmt.Sprintf("is nested deeper than %d levels; split it", maxDepth))
		return nil, s.Findings
	}
	if s.broken() {
		return nil, s.Findings.Sort()
	}
	doc, err := parse(text)
	if err != nil {
		s.explain(err)
		return nil, s.Findings.Sort()
	}
	c := convert{Report: s.Report, file: file, lines: s.lines}
	node := c.document(doc)
	return node, c.Findings.Sort()
}

// broken reports whether the lines hold something that YAML cannot read; what it would say is no help then.
func (s *scan) broken() bool {
	return slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.Number != 8 })
}

// depthOver counts brackets over the whole file, because flow structures may run over lines.
func (s *scan) depthOver() bool {
	return depth(strings.Join(s.lines, "\n")) > maxDepth*8
}

// parse calls the library; it has been seen to panic on broken documents.
func parse(text string) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the document is broken")
		}
	}()
	return parser.ParseBytes([]byte(text), parser.ParseComments, parser.AllowDuplicateMapKey())
}

// convert makes Nodes of the library's tree.
type convert struct {
	Report
	file  string
	lines []string
}

func (c *convert) document(f *ast.File) *Node {
	var body ast.Node
	for _, d := range f.Docs {
		if _, comment := d.Body.(*ast.CommentGroupNode); d.Body == nil || comment {
			continue
		}
		if body != nil {
			c.Add(c.pos(d.Body.GetToken()), 8, "a second document", "keep one in a file, without `---`")
			continue
		}
		body = d.Body
	}
	if body == nil {
		c.Report.Add(Pos{File: c.file, Line: 1, Column: 1}, 81, "is empty; write something or remove it")
		return nil
	}
	return c.node(body, false)
}

func (c *convert) node(n ast.Node, flow bool) *Node {
	if n == nil {
		return &Node{Pos: Pos{File: c.file, Line: 1, Column: 1}}
	}
	out := &Node{Pos: c.pos(n.GetToken()), Flow: flow}
	switch v := n.(type) {
	case *ast.MappingNode:
		c.mapping(out, v)
	case *ast.MappingValueNode:
		c.mapping(out, &ast.MappingNode{BaseNode: &ast.BaseNode{}, Values: []*ast.MappingValueNode{v}})
	case *ast.SequenceNode:
		out.Kind, out.Flow = List, v.IsFlowStyle || flow
		for _, item := range v.Values {
			out.Items = append(out.Items, c.node(item, out.Flow))
		}
	case *ast.LiteralNode:
		out.Kind, out.Text, out.Style = Scalar, v.Value.Value, Block
		out.indent = c.indent(out.Pos.Line)
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.NullNode:
		c.scalar(out, n)
	case *ast.CommentGroupNode:
	default: // anchor, alias, tag, directive, merge key
		c.Add(out.Pos, 8, mark(c.lines, out.Pos), quoteIt)
	}
	return out
}

func (c *convert) scalar(out *Node, n ast.Node) {
	t := n.GetToken()
	if t.Type == token.ImplicitNullType {
		return
	}
	out.Kind, out.Text = Scalar, t.Value
	if t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType {
		out.Style = Quoted
	}
	if comment := n.GetComment(); comment != nil && len(comment.Comments) > 0 {
		if ct := comment.Comments[0].GetToken(); ct.Position.Line == out.Pos.Line {
			out.Comment = "#" + ct.Value
		}
	}
}

func (c *convert) mapping(out *Node, m *ast.MappingNode) {
	out.Kind, out.Flow = Mapping, m.IsFlowStyle || out.Flow
	first := map[string]int{}
	for i, kv := range m.Values {
		key, ok := c.key(kv.Key)
		if i == 0 && !m.IsFlowStyle {
			out.Pos = key.KeyPos
		}
		if !ok {
			continue
		}
		if line, twice := first[key.Key]; twice {
			c.Add(key.KeyPos, 7, key.Key, line)
			continue
		}
		first[key.Key] = key.KeyPos.Line
		key.Value = c.node(kv.Value, out.Flow)
		if key.Value.Kind == Empty {
			key.Value.Pos = key.KeyPos
		}
		out.Entries = append(out.Entries, key)
	}
}

func (c *convert) key(k ast.MapKeyNode) (Entry, bool) {
	e := Entry{KeyPos: c.pos(k.GetToken())}
	switch k.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		e.Key = k.GetToken().Value
		return e, true
	}
	c.Add(e.KeyPos, 8, mark(c.lines, e.KeyPos), quoteIt)
	return e, false
}

// indent is the column where the text of a block begins, whose header stands in the line.
func (c *convert) indent(line int) int {
	for _, l := range c.lines[min(line, len(c.lines)):] {
		if body := strings.TrimLeft(l, " "); body != "" {
			return len(l) - len(body) + 1
		}
	}
	return 1
}

func (c *convert) pos(t *token.Token) Pos {
	p := Pos{File: c.file, Line: 1, Column: 1}
	if t != nil && t.Position != nil {
		p.Line, p.Column = max(t.Position.Line, 1), max(t.Position.Column, 1)
	}
	return p
}
