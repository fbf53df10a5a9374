package dialogs

import (
	"slices"
	"strings"

	"careline/dialogs/source"

	"github.com/expr-lang/expr/ast"
)

func (c *compiler) equality(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	if !alike(left, right) {
		return c.wrong(n, "%s is never equal to %s", left, right)
	}
	c.allowed(n.Right, left)
	c.allowed(n.Left, right)
	if n.Operator == "==" {
		return Type{Kind: YesNo}, func(run *evaluation) any { return equal(l(run), r(run)) }
	}
	return Type{Kind: YesNo}, func(run *evaluation) any { return !equal(l(run), r(run)) }
}

func alike(a, b Type) bool {
	return a.Fits(b) || b.Fits(a) || a.Kind == Nothing || b.Kind == Nothing
}

// allowed tells of a word in quotes that the other side can never be; finding 40.
func (c *compiler) allowed(n ast.Node, of Type) {
	word, ok := n.(*ast.StringNode)
	if !ok || len(of.Words) == 0 || slices.Contains(of.Words, word.Value) {
		return
	}
	hint := ""
	if w := source.Closest(word.Value, of.Words); w != "" {
		hint = `; did you mean "` + w + `"?`
	}
	c.Add(c.at(n.Location().From), 40, word.Value, strings.Join(of.Words, ", "), hint)
}

func (c *compiler) order(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	if !alike(left, right) || !left.ordered() || !right.ordered() {
		return c.wrong(n, "%s and %s cannot be compared with `%s`", left, right, n.Operator)
	}
	var holds func(int) bool
	switch n.Operator {
	case "<":
		holds = func(o int) bool { return o < 0 }
	case "<=":
		holds = func(o int) bool { return o <= 0 }
	case ">":
		holds = func(o int) bool { return o > 0 }
	default:
		holds = func(o int) bool { return o >= 0 }
	}
	return Type{Kind: YesNo}, func(run *evaluation) any {
		a, b := l(run), r(run)
		if empty(a) || empty(b) {
			return false
		}
		o, ok := compare(a, b)
		if !ok {
			return run.fail(n.Operator, a)
		}
		return holds(o)
	}
}

func (t Type) ordered() bool {
	switch t.Kind {
	case Number, Rating, Moment, Duration, Date, Time, Money, "":
		return true
	}
	return false
}

func (c *compiler) in(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	if right.Kind != ListKind && right.Kind != Several && right.Kind != "" {
		return c.wrong(n, "`in` looks into a list, this is %s", right)
	}
	if right.Kind != "" && !alike(left, right.elem()) {
		return c.wrong(n, "%s never stands in %s", left, right)
	}
	c.allowed(n.Left, right.elem())
	if list, ok := n.Right.(*ast.ArrayNode); ok {
		for _, item := range list.Nodes {
			c.allowed(item, left)
		}
	}
	return Type{Kind: YesNo}, func(run *evaluation) any { return within(l(run), r(run), run) }
}

func within(what, list any, run *evaluation) any {
	if words, ok := list.([]string); ok {
		w, _ := asText(what)
		return w != "" && slices.Contains(words, w)
	}
	count, at, ok := elements(list)
	if !ok {
		return run.fail("a list", list)
	}
	for i := range count {
		if equal(what, at(i)) {
			return true
		}
	}
	return false
}
