package dialogs

import (
	"maps"
	"slices"

	"careline/dialogs/source"
	"careline/dialogs/words"

	"github.com/expr-lang/expr/ast"
)

// function is what can be called in an expression.
type function struct {
	predicate bool // takes a list and a condition about its elements
	compile   func(c *compiler, n ast.Node, args []ast.Node) (Type, evaluator)
}

func functions() map[string]function {
	return map[string]function{
		"count":    {true, (*compiler).count},
		"len":      {false, (*compiler).count},
		"has":      {false, (*compiler).has},
		"first":    {false, (*compiler).first},
		"last":     {false, (*compiler).last},
		"any":      {true, (*compiler).any},
		"all":      {true, (*compiler).all},
		"none":     {true, (*compiler).none},
		"filter":   {true, (*compiler).filter},
		"find":     {true, (*compiler).find},
		"duration": {false, (*compiler).length},
	}
}

// FunctionNames are the functions of expressions, sorted; beside them there is story.mentions.
func FunctionNames() []string { return slices.Sorted(maps.Keys(functions())) }

func (c *compiler) call(n ast.Node, name string, args []ast.Node) (Type, evaluator) {
	f, ok := functions()[name]
	if _, value := c.scope.Type(name); value && !ok {
		return c.wrong(n, "`%s` is a value; write it without brackets", name)
	}
	if !ok {
		return c.wrong(n, "unknown function %s%s", name, source.DidYouMean(name, FunctionNames()))
	}
	return f.compile(c, n, args)
}

// list compiles the first argument, which must be a list.
func (c *compiler) list(n ast.Node, args []ast.Node, count int) (Type, evaluator) {
	if len(args) != count {
		return c.wrong(n, "this takes %d values in brackets, here are %d", count, len(args))
	}
	t, eval := c.node(args[0])
	if eval != nil && t.Kind != ListKind && t.Kind != Several && t.Kind != "" {
		return c.wrong(args[0], "a list is due here, this is %s", t)
	}
	return t, eval
}

func (c *compiler) count(n ast.Node, args []ast.Node) (Type, evaluator) {
	if len(args) == 2 {
		_, selected := c.filter(n, args)
		return Type{Kind: Number}, selected.count()
	}
	_, list := c.list(n, args, 1)
	return Type{Kind: Number}, list.count()
}

func (e evaluator) count() evaluator {
	if e == nil {
		return nil
	}
	return func(r *evaluation) any {
		v := e(r)
		n, _, ok := elements(v)
		if !ok {
			return r.fail("a list", v)
		}
		return float64(n)
	}
}

func (c *compiler) has(n ast.Node, args []ast.Node) (Type, evaluator) {
	t, list := c.list(n, args, 2)
	if list == nil {
		return Type{}, nil
	}
	what, eval := c.node(args[1])
	if eval == nil {
		return Type{}, nil
	}
	if t.Kind != "" && !alike(what, t.elem()) {
		return c.wrong(n, "%s never stands in %s", what, t)
	}
	c.allowed(args[1], t.elem())
	return Type{Kind: YesNo}, func(r *evaluation) any { return within(eval(r), list(r), r) }
}

func (c *compiler) first(n ast.Node, args []ast.Node) (Type, evaluator) {
	return c.pick(n, args, func(int) int { return 0 })
}

func (c *compiler) last(n ast.Node, args []ast.Node) (Type, evaluator) {
	return c.pick(n, args, func(count int) int { return count - 1 })
}

func (c *compiler) pick(n ast.Node, args []ast.Node, which func(count int) int) (Type, evaluator) {
	t, list := c.list(n, args, 1)
	if list == nil {
		return Type{}, nil
	}
	return t.elem(), func(r *evaluation) any {
		v := list(r)
		count, at, ok := elements(v)
		switch {
		case !ok:
			return r.fail("a list", v)
		case count == 0:
			return nil
		}
		return at(which(count))
	}
}

// walk compiles f(list, condition) into a loop that calls see for each element until it gives false.
func (c *compiler) walk(n ast.Node, args []ast.Node) (Type, func(r *evaluation, see func(element any, holds bool) bool)) {
	t, list := c.list(n, args, 2)
	if list == nil {
		return t, nil
	}
	outer, elem := c.element, t.elem()
	c.element = &elem
	body := args[1]
	if p, ok := body.(*ast.PredicateNode); ok {
		body = p.Node
	}
	holdsType, holds := c.node(body)
	c.element = outer
	if holds == nil || !c.condition(body, holdsType) {
		return t, nil
	}
	return t, func(r *evaluation, see func(any, bool) bool) {
		v := list(r)
		count, at, ok := elements(v)
		if !ok {
			r.fail("a list", v)
			return
		}
		outer := r.element
		defer func() { r.element = outer }()
		for i := range min(count, maxElements) {
			r.element = at(i)
			if !see(r.element, truth(holds(r))) {
				return
			}
		}
	}
}

const maxElements = 1000 // of a list that a condition walks over

func (c *compiler) any(n ast.Node, args []ast.Node) (Type, evaluator) {
	return c.quantifier(n, args, true, true)
}
func (c *compiler) all(n ast.Node, args []ast.Node) (Type, evaluator) {
	return c.quantifier(n, args, false, false)
}
func (c *compiler) none(n ast.Node, args []ast.Node) (Type, evaluator) {
	return c.quantifier(n, args, true, false)
}

// quantifier gives result as soon as an element's condition equals decisive, otherwise its opposite.
func (c *compiler) quantifier(n ast.Node, args []ast.Node, decisive, result bool) (Type, evaluator) {
	_, walk := c.walk(n, args)
	if walk == nil {
		return Type{}, nil
	}
	return Type{Kind: YesNo}, func(r *evaluation) any {
		answer := !result
		walk(r, func(_ any, holds bool) bool {
			if holds == decisive {
				answer = result
			}
			return holds != decisive
		})
		return answer
	}
}

func (c *compiler) filter(n ast.Node, args []ast.Node) (Type, evaluator) {
	t, walk := c.walk(n, args)
	if walk == nil {
		return Type{}, nil
	}
	return t, func(r *evaluation) any {
		var kept []any
		walk(r, func(element any, holds bool) bool {
			if holds {
				kept = append(kept, element)
			}
			return true
		})
		return kept
	}
}

func (c *compiler) find(n ast.Node, args []ast.Node) (Type, evaluator) {
	t, walk := c.walk(n, args)
	if walk == nil {
		return Type{}, nil
	}
	return t.elem(), func(r *evaluation) (found any) {
		walk(r, func(element any, holds bool) bool {
			if holds {
				found = element
			}
			return !holds
		})
		return found
	}
}

// length is duration("7d").
func (c *compiler) length(n ast.Node, args []ast.Node) (Type, evaluator) {
	if len(args) == 1 {
		if s, ok := args[0].(*ast.StringNode); ok {
			if d, ok := source.ParseDuration(s.Value); ok {
				return Type{Kind: Duration}, constant(d)
			}
		}
	}
	return c.wrong(n, "a length of time is written `duration(\"7d\")`")
}

// method is story.mentions("опух*", …), the only one.
func (c *compiler) method(n *ast.CallNode) (Type, evaluator) {
	member, _ := n.Callee.(*ast.MemberNode)
	if member == nil {
		return c.wrong(n, "this cannot be called")
	}
	name, _ := member.Property.(*ast.StringNode)
	of, eval := c.node(member.Node)
	switch {
	case eval == nil:
		return Type{}, nil
	case name == nil || name.Value != "mentions":
		return c.wrong(n, "unknown function %s; there is story.mentions(\"опух*\")", member.String())
	case !of.isText() && of.Kind != "":
		return c.wrong(n, "`mentions` looks into a text, this is %s", of)
	case len(n.Arguments) == 0:
		return c.wrong(n, "`mentions` needs the words in quotes")
	}
	patterns := make([]words.Pattern, len(n.Arguments))
	for i, arg := range n.Arguments {
		s, ok := arg.(*ast.StringNode)
		if !ok {
			return c.wrong(arg, "`mentions` needs the words in quotes")
		}
		patterns[i] = words.NewPattern(s.Value)
	}
	return Type{Kind: YesNo}, func(r *evaluation) any {
		text, _ := asText(eval(r))
		if text == "" {
			return false
		}
		message := words.NewMessage(text)
		return slices.ContainsFunc(patterns, func(p words.Pattern) bool { return p.In(message) })
	}
}
