package check

import (
	"strings"

	"github.com/expr-lang/expr/ast"

	"careline/dialogs"
)

// pathOf is a value that an expression names: service, visit.status; "" when the node is none.
func pathOf(n ast.Node) string {
	switch v := n.(type) {
	case *ast.IdentifierNode:
		return v.Value
	case *ast.MemberNode:
		base := pathOf(v.Node)
		if field, ok := v.Property.(*ast.StringNode); ok && base != "" {
			return base + "." + field.Value
		}
	case *ast.ChainNode:
		return pathOf(v.Node)
	}
	return ""
}

// filled are the values that cannot be empty when the condition is true (or, with is false, false).
func filled(n ast.Node, is bool) []string {
	switch v := n.(type) {
	case *ast.UnaryNode:
		if v.Operator == "not" || v.Operator == "!" {
			return filled(v.Node, !is)
		}
	case *ast.BinaryNode:
		return filledBy(v, is)
	case *ast.IdentifierNode, *ast.MemberNode, *ast.ChainNode:
		if p := pathOf(n); p != "" && is {
			return []string{p}
		}
	}
	return nil
}

func filledBy(v *ast.BinaryNode, is bool) []string {
	switch v.Operator {
	case "and", "&&":
		if is {
			return append(filled(v.Left, true), filled(v.Right, true)...)
		}
		return nil
	case "or", "||":
		if !is {
			return append(filled(v.Left, false), filled(v.Right, false)...)
		}
		return nil
	}
	path, other := pathOf(v.Left), v.Right
	if path == "" {
		path, other = pathOf(v.Right), v.Left
	}
	if path == "" {
		return nil
	}
	_, empty := other.(*ast.NilNode)
	switch {
	case empty && (v.Operator == "!=") == is && (v.Operator == "!=" || v.Operator == "=="):
		return []string{path}
	case empty:
		return nil
	case v.Operator == "!=" && !is, is && v.Operator != "!=" && literal(other):
		return []string{path}
	}
	return nil
}

func literal(n ast.Node) bool {
	switch n.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.IdentifierNode:
		return true
	}
	return false
}

// wantsEmpty are the values that must be empty for the condition to be true.
func wantsEmpty(n ast.Node) []string {
	v, ok := n.(*ast.BinaryNode)
	if !ok {
		return nil
	}
	switch v.Operator {
	case "and", "&&":
		return append(wantsEmpty(v.Left), wantsEmpty(v.Right)...)
	case "==":
		if _, empty := v.Right.(*ast.NilNode); empty && pathOf(v.Left) != "" {
			return []string{pathOf(v.Left)}
		}
	}
	return nil
}

func treeOf(e *dialogs.Expr) ast.Node {
	if e == nil {
		return nil
	}
	return e.Tree
}

// inMemory: the name of something kept of a person or a chat.
func inMemory(name string) bool {
	for _, scope := range []string{"me.", "patient.", "contact."} {
		if strings.HasPrefix(name, scope) {
			return true
		}
	}
	return false
}

func root(path string) string {
	head, _, _ := strings.Cut(path, ".")
	return head
}
