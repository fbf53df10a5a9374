package dialogs

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"careline/dialogs/source"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

const (
	maxNodes  = 1000 // of one expression
	maxLength = 4000 // bytes of one expression
)

// compiler turns one expression into an evaluator. It checks and compiles in one walk: each node gives its
// type and what computes it. expr-lang parses; its own checker and machine know neither our types nor
// that anything may be empty.
type compiler struct {
	source.Report
	scope   Scope
	at      func(character int) source.Pos
	element *Type // inside a predicate
	paths   []string
}

// bareLength is a length of time that is written as in `when`.
var bareLength = regexp.MustCompile(`\b\d+[smhdw]\b`)

var loneEquals = regexp.MustCompile(`[^=!<>]=([^=]|$)`)

// compile checks an expression. at tells where each of its characters stands. The Expr is nil when it
// cannot be evaluated.
func compile(text string, at func(int) source.Pos, scope Scope) (*Expr, source.Findings) {
	c := &compiler{scope: scope, at: at}
	tree, err := parse(text)
	if err != nil {
		c.explain(text, err)
		return nil, c.Findings
	}
	t, eval := c.node(tree)
	if c.Findings.Failed() || eval == nil {
		return nil, c.Findings
	}
	return &Expr{Pos: at(0), Source: text, Type: t, Tree: tree, Paths: c.paths, eval: eval}, c.Findings
}

func parse(text string) (ast.Node, error) {
	if len(text) > maxLength {
		return nil, fmt.Errorf("longer than %d characters", maxLength)
	}
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("nothing stands here")
	}
	tree, err := parser.ParseWithConfig(text, &conf.Config{MaxNodes: maxNodes})
	if err != nil {
		return nil, err
	}
	return tree.Node, nil
}

func (c *compiler) explain(text string, err error) {
	if i := loneEquals.FindStringIndex(unquoted(text)); i != nil {
		c.Add(c.at(len([]rune(text[:i[0]+1]))), 42)
		return
	}
	if i := strings.IndexAny(unquoted(text), "«»“”„‘’"); i >= 0 {
		c.Add(c.at(len([]rune(text[:i]))), 38, "words stand in straight quotes: `\"…\"`")
		return
	}
	if at := bareLength.FindStringIndex(unquoted(text)); at != nil {
		c.Add(c.at(len([]rune(text[:at[0]]))), 38, "a length of time is written `duration(\""+text[at[0]:at[1]]+"\")`")
		return
	}
	reason, column := err.Error(), 0
	var syntax *file.Error
	if errors.As(err, &syntax) {
		reason, column = syntax.Message, syntax.From
	}
	c.Add(c.at(column), 38, reason)
}

// unquoted blanks what stands in quotes, byte for byte.
func unquoted(s string) string {
	b := []byte(s)
	var quote byte
	for i, ch := range b {
		switch {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
			b[i] = ' '
		case ch == '"' || ch == '\'':
			quote = ch
			b[i] = ' '
		}
	}
	return string(b)
}

// wrong tells of a mistake at the node and gives the unknown type, about which nothing more is said.
func (c *compiler) wrong(n ast.Node, format string, values ...any) (Type, evaluator) {
	c.Add(c.at(n.Location().From), 38, fmt.Sprintf(format, values...))
	return Type{}, nil
}

func (c *compiler) node(n ast.Node) (Type, evaluator) {
	switch n := n.(type) {
	case *ast.NilNode:
		return Type{Kind: Nothing}, constant(nil)
	case *ast.BoolNode:
		return Type{Kind: YesNo}, constant(n.Value)
	case *ast.IntegerNode:
		return Type{Kind: Number}, constant(float64(n.Value))
	case *ast.FloatNode:
		return Type{Kind: Number}, constant(n.Value)
	case *ast.StringNode:
		return Type{Kind: Text}, constant(n.Value)
	case *ast.IdentifierNode:
		return c.name(n)
	case *ast.ChainNode:
		return c.node(n.Node)
	case *ast.MemberNode:
		return c.member(n)
	case *ast.PointerNode:
		if n.Name != "" || c.element == nil {
			return c.wrong(n, "`#` stands only inside of any, all, none, filter, find, count")
		}
		return *c.element, func(r *evaluation) any { return r.element }
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ConditionalNode:
		return c.conditional(n)
	case *ast.ArrayNode:
		return c.array(n)
	case *ast.BuiltinNode:
		return c.call(n, n.Name, n.Arguments)
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			return c.call(n, name.Value, n.Arguments)
		}
		return c.method(n)
	}
	return c.wrong(n, "this is not used here: %s", n.String())
}

func constant(v any) evaluator { return func(*evaluation) any { return v } }

func (c *compiler) name(n *ast.IdentifierNode) (Type, evaluator) {
	t, ok := c.scope.Type(n.Value)
	if !ok {
		return c.wrong(n, "unknown name %s%s", n.Value, source.DidYouMean(n.Value, c.scope.Names()))
	}
	c.read(n.Value)
	name := n.Value
	return t, func(r *evaluation) any { return r.env.Value(name) }
}

func (c *compiler) read(path string) {
	if !slices.Contains(c.paths, path) {
		c.paths = append(c.paths, path)
	}
}

func (c *compiler) member(n *ast.MemberNode) (Type, evaluator) {
	name, isName := n.Property.(*ast.StringNode)
	of, eval := c.node(n.Node)
	if !isName {
		return c.index(n, of, eval)
	}
	if path := pathOf(n); path != "" {
		c.paths = slices.DeleteFunc(c.paths, func(p string) bool { return p == pathOf(n.Node) })
		c.read(path)
	}
	if of.Kind == "" {
		return of, nil
	}
	t, ok := c.scope.Field(of, name.Value)
	if !ok {
		return c.wrong(n, "%s has no `%s`%s", of, name.Value, source.DidYouMean(name.Value, c.scope.Fields(of)))
	}
	if f, ok := fieldOf(of.Kind, name.Value); ok {
		return t, func(r *evaluation) any {
			record := eval(r)
			if record == nil {
				return nil
			}
			return f.read(record)
		}
	}
	if of.Kind == Story {
		return t, func(r *evaluation) any { s, _ := asText(eval(r)); return s }
	}
	return t, func(r *evaluation) any { return remembered(eval(r), name.Value, t, r) }
}

// remembered reads a value of memory.yaml. In a snapshot that came back from JSON it has lost its type.
func remembered(record any, name string, t Type, r *evaluation) any {
	v := ReadField(record, name)
	if v == nil || reflect.TypeOf(v) == goTypes[t.Kind] {
		return v
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return r.fail(name, v)
	}
	value, err := DecodeValue(raw, t)
	if err != nil {
		return r.fail(name, v)
	}
	return value
}

// pathOf is the dotted path of names, "" when there is something else in it.
func pathOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.ChainNode:
		return pathOf(n.Node)
	case *ast.MemberNode:
		name, ok := n.Property.(*ast.StringNode)
		if of := pathOf(n.Node); ok && of != "" {
			return of + "." + name.Value
		}
	}
	return ""
}

func (c *compiler) index(n *ast.MemberNode, of Type, eval evaluator) (Type, evaluator) {
	t, at := c.node(n.Property)
	if of.Kind == "" || t.Kind == "" {
		return Type{}, nil
	}
	if of.Kind != ListKind && of.Kind != Several || t.Kind != Number {
		return c.wrong(n, "[ ] takes an element of a list by its number, from 0")
	}
	return of.elem(), func(r *evaluation) any {
		count, element, ok := elements(eval(r))
		i, isNumber := at(r).(float64)
		if !ok || !isNumber || i < 0 || int(i) >= count {
			return nil
		}
		return element(int(i))
	}
}

// elem is the type of a list's elements.
func (t Type) elem() Type {
	switch {
	case t.Kind == Several:
		return Type{Kind: Word, Words: t.Words}
	case t.Elem != nil:
		return *t.Elem
	}
	return Type{}
}
