package dialogs

import (
	"math"
	"slices"
	"strings"
	"time"

	"careline/dialogs/source"

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

func (c *compiler) arithmetic(n *ast.BinaryNode, left, right Type, l, r evaluator) (Type, evaluator) {
	t, ok := sumType(n.Operator, left.Kind, right.Kind)
	if !ok {
		return c.wrong(n, "`%s` does not go with %s and %s", n.Operator, left, right)
	}
	return t, func(run *evaluation) any { return calculate(n.Operator, l(run), r(run)) }
}

func sumType(op string, left, right Kind) (Type, bool) {
	if left == Rating {
		left = Number
	}
	if right == Rating {
		right = Number
	}
	switch {
	case left == "" || right == "":
		return Type{}, true
	case left == Number && right == Number:
		return Type{Kind: Number}, true
	case op != "+" && op != "-":
	case left == Moment && right == Duration:
		return Type{Kind: Moment}, true
	case left == Duration && right == Duration:
		return Type{Kind: Duration}, true
	case left == Moment && right == Moment && op == "-":
		return Type{Kind: Duration}, true
	}
	return Type{}, false
}

func calculate(op string, a, b any) any {
	switch x := a.(type) {
	case float64:
		if y, ok := b.(float64); ok {
			return number(op, x, y)
		}
	case time.Duration:
		if y, ok := b.(time.Duration); ok {
			return x + sign(op)*y
		}
	default:
		at, ok := instant(a)
		if !ok {
			return nil
		}
		if y, ok := b.(time.Duration); ok {
			return MomentValue{At: at.Add(sign(op) * y), Zone: zoneOf(a)}
		}
		if other, ok := instant(b); ok {
			return at.Sub(other)
		}
	}
	return nil
}

func sign(op string) time.Duration {
	if op == "-" {
		return -1
	}
	return 1
}

func zoneOf(v any) string {
	switch m := v.(type) {
	case MomentValue:
		return m.Zone
	case *MomentValue:
		return m.Zone
	}
	return "UTC"
}

func number(op string, x, y float64) any {
	switch {
	case op == "+":
		return x + y
	case op == "-":
		return x - y
	case op == "*":
		return x * y
	case y == 0:
		return nil
	case op == "/":
		return x / y
	}
	return math.Mod(x, y)
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
