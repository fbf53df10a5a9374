package check

import (
	"fmt"

	"github.com/expr-lang/expr/ast"
)

// claim is one of the things that must all be true for a condition to be true.
type claim struct {
	text string // without its `not`
	not  bool
	path string // of `path == "word"`; else empty
	word string
}

func (c claim) String() string {
	if c.not {
		return "not " + c.text
	}
	return c.text
}

// claimsOf takes a condition apart at its `and`.
func claimsOf(n ast.Node) []claim {
	switch v := n.(type) {
	case *ast.BinaryNode:
		switch v.Operator {
		case "and", "&&":
			return append(claimsOf(v.Left), claimsOf(v.Right)...)
		case "==", "!=":
			return []claim{equation(v)}
		}
	case *ast.UnaryNode:
		if v.Operator == "not" || v.Operator == "!" {
			if inner := claimsOf(v.Node); len(inner) == 1 {
				inner[0].not = !inner[0].not
				return inner
			}
		}
	}
	return []claim{{text: n.String()}}
}

// equation is `path == "word"` or its opposite; `not a == b` is read as people mean it.
func equation(v *ast.BinaryNode) claim {
	left, not := v.Left, v.Operator == "!="
	if u, ok := left.(*ast.UnaryNode); ok && u.Operator == "not" {
		left, not = u.Node, !not
	}
	c := claim{text: left.String() + " == " + v.Right.String(), not: not}
	if word, ok := v.Right.(*ast.StringNode); ok {
		c.path, c.word = pathOf(left), word.Value
	}
	return c
}

// contradiction tells of a claim of one condition that a claim of the other rules out; "" when there is none.
func contradiction(a, b []claim) string {
	for _, x := range a {
		for _, y := range b {
			switch {
			case x.text == y.text && x.not != y.not:
				return fmt.Sprintf("%s and %s", x, y)
			case x.path != "" && x.path == y.path && x.word != y.word && !x.not && !y.not:
				return fmt.Sprintf("%s is both %q and %q", x.path, x.word, y.word)
			}
		}
	}
	return ""
}
