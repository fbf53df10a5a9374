package dialogs

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

func (c *compiler) unary(n *ast.UnaryNode) (Type, evaluator) {
	t, eval := c.node(n.Node)
	if t.Kind == "" || eval == nil {
		return Type{}, nil
	}
	switch n.Operator {
	case "not", "!":
		if !c.condition(n.Node, t) {
			return Type{}, nil
		}
		return t, func(r *evaluation) any { return !truth(eval(r)) }
	case "-":
		if t.Kind == Number {
			return t, func(r *evaluation) any {
				if v, ok := eval(r).(float64); ok {
					return -v
				}
				return nil
			}
		}
	}
	return c.wrong(n, "`%s` cannot stand before %s", n.Operator, t)
}

var compares = map[string]bool{"==": true, "!=": true, "<": true, ">": true, "<=": true, ">=": true, "in": true}

func truth(v any) bool {
	b, _ := v.(bool)
	return b
}

// condition tells when the node is not true or false; finding 39.
func (c *compiler) condition(n ast.Node, t Type) bool {
	if t.Kind == YesNo || t.Kind == "" {
		return true
	}
	c.Add(c.at(first(n)), 39, t, n.String())
	return false
}

// first is the column where the node's text begins; expr gives an operator's own place.
func first(n ast.Node) int {
	switch n := n.(type) {
	case *ast.BinaryNode:
		return first(n.Left)
	case *ast.MemberNode:
		return first(n.Node)
	case *ast.ChainNode:
		return first(n.Node)
	case *ast.ConditionalNode:
		return first(n.Cond)
	case *ast.CallNode:
		return first(n.Callee)
	}
	return n.Location().From
}

func (c *compiler) binary(n *ast.BinaryNode) (Type, evaluator) {
	if not, ok := n.Left.(*ast.UnaryNode); ok && not.Operator == "not" && compares[n.Operator] {
		inner := *n // `not a == b` is read as people mean it, not as expr binds it: (not a) == b
		inner.Left = not.Node
		outer := *not
		outer.Node = &inner
		return c.unary(&outer)
	}
	left, l := c.node(n.Left)
	right, r := c.node(n.Right)
	if l == nil || r == nil {
		return Type{}, nil
	}
	switch n.Operator {
	case "and", "&&", "or", "||":
		return c.both(n, left, right, l, r)
	case "==", "!=":
		return c.equality(n, left, right, l, r)
	case "<", ">", "<=", ">=":
		return c.order(n, left, right, l, r)
	case "in":
		return c.in(n, left, right, l, r)
	case "+", "-", "*", "/", "%":
		return c.arithmetic(n, left, right, l, r)
	case "contains", "startsWith", "endsWith":
		return c.texts(n, left, right, l, r)
	case "??":
		t, ok := left.merge(right)
		if left.Kind == Nothing {
			t, ok = right, true
		}
		if !ok && right.Kind != Nothing {
			return c.wrong(n, "both sides of `??` must be alike: %s and %s", left, right)
		}
		return t, func(run *evaluation) any {
			if v := l(run); !empty(v) {
				return v
			}
			return r(run)
		}
	}
	return c.wrong(n, "`%s` is not used here", n.Operator)
}

func (c *compiler) both(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	yesno := Type{Kind: YesNo}
	if !c.condition(n.Left, left) || !c.condition(n.Right, right) {
		return Type{}, nil
	}
	if n.Operator == "and" || n.Operator == "&&" {
		return yesno, func(run *evaluation) any { return truth(l(run)) && truth(r(run)) }
	}
	return yesno, func(run *evaluation) any { return truth(l(run)) || truth(r(run)) }
}

func (c *compiler) texts(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	if !left.isText() || !right.isText() {
		return c.wrong(n, "`%s` looks into texts, here are %s and %s", n.Operator, left, right)
	}
	test := map[string]func(string, string) bool{"contains": strings.Contains, "startsWith": strings.HasPrefix, "endsWith": strings.HasSuffix}[n.Operator]
	return Type{Kind: YesNo}, func(run *evaluation) any {
		a, _ := asText(l(run))
		b, _ := asText(r(run))
		return b != "" && test(a, b)
	}
}

func (c *compiler) conditional(n *ast.ConditionalNode) (Type, evaluator) {
	t, cond := c.node(n.Cond)
	yes, y := c.node(n.Exp1)
	no, z := c.node(n.Exp2)
	if cond == nil || y == nil || z == nil || !c.condition(n.Cond, t) {
		return Type{}, nil
	}
	kind, ok := yes.merge(no)
	switch {
	case yes.Kind == Nothing:
		kind, ok = no, true
	case no.Kind == Nothing:
		kind, ok = yes, true
	}
	if !ok {
		return c.wrong(n, "both results must be alike: %s and %s", yes, no)
	}
	return kind, func(r *evaluation) any {
		if truth(cond(r)) {
			return y(r)
		}
		return z(r)
	}
}

func (c *compiler) array(n *ast.ArrayNode) (Type, evaluator) {
	var elem Type
	items := make([]evaluator, len(n.Nodes))
	for i, item := range n.Nodes {
		t, eval := c.node(item)
		if eval == nil {
			return Type{}, nil
		}
		merged, ok := elem.merge(t)
		if !ok {
			return c.wrong(item, "a list holds values of one sort; this is %s after %s", t, elem)
		}
		elem, items[i] = merged, eval
	}
	return Type{Kind: ListKind, Elem: &elem}, func(r *evaluation) any {
		list := make([]any, len(items))
		for i, item := range items {
			list[i] = item(r)
		}
		return list
	}
}
