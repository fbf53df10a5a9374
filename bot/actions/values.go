package actions

import "careline/dialogs"

// arg is the value handed to the action under name; the zero value when there is none.
func arg[T any](s *Scene, name string) T {
	v, _ := s.With[name].(T)
	return v
}

// need, want and their kin describe what an action takes: need is required, want may be missing.
func need(name string, k dialogs.Kind) dialogs.Param {
	return dialogs.Param{Name: name, Type: dialogs.Type{Kind: k}}
}

func want(name string, k dialogs.Kind) dialogs.Param {
	p := need(name, k)
	p.Optional = true
	return p
}

func needWord(name string, words ...string) dialogs.Param {
	return dialogs.Param{Name: name, Type: dialogs.Type{Kind: dialogs.Word, Words: words}}
}

func wantWord(name string, words ...string) dialogs.Param {
	p := needWord(name, words...)
	p.Optional = true
	return p
}

func listOf(name string, k dialogs.Kind) dialogs.Param {
	return dialogs.Param{Name: name, Type: dialogs.ListOf(k)}
}
