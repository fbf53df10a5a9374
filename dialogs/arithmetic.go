package dialogs

import (
	"math"
	"time"

	"github.com/expr-lang/expr/ast"
)

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
