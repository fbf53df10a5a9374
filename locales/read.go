package locales

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// FileError is a mistake in a translation file; Line and Column begin at 1.
type FileError struct {
	Line, Column int
	Reason       string
}

func (e *FileError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Reason) }

// Read reads a translation file: flat ids, each a text or {hash, zero, one, two, few, many, other}.
// Its errors are *FileError, joined; what could be read is returned beside them.
func Read(data []byte) ([]Message, error) {
	file, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte("\uFEFF")), 0)
	if err != nil {
		return nil, yamlError(err)
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	entries, err := pairs(file.Docs[0].Body)
	if err != nil {
		return nil, err
	}
	messages := make([]Message, 0, len(entries))
	var problems []error
	for _, entry := range entries {
		m, err := readMessage(entry)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		messages = append(messages, m)
	}
	return messages, errors.Join(problems...)
}

func readMessage(entry *ast.MappingValueNode) (Message, error) {
	key := entry.Key.GetToken()
	m := Message{ID: key.Value, Line: key.Position.Line, Column: key.Position.Column}
	if text, ok := scalar(entry.Value); ok {
		m.Forms = map[Form]string{Other: text}
		return m, nil
	}
	fields, err := pairs(entry.Value)
	if err != nil {
		return m, err
	}
	m.Forms = map[Form]string{}
	for _, field := range fields {
		name := field.Key.GetToken().Value
		text, ok := scalar(field.Value)
		switch {
		case name == "hash" && ok:
			m.Hash = text
		case !slices.Contains(AllForms[:], Form(name)):
			return m, at(field.Key, fmt.Sprintf("unknown key %q of %s; a message has hash, zero, one, two, few, many, other", name, m.ID))
		case !ok:
			return m, at(field.Key, fmt.Sprintf("%s of %s has no text", name, m.ID))
		default:
			m.Forms[Form(name)] = text
		}
	}
	if len(m.Forms) == 0 {
		return m, at(entry.Key, m.ID+" has no text")
	}
	return m, nil
}

// pairs are the entries of a mapping; goccy gives a mapping of one entry as that entry.
func pairs(n ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, at(n, "here stands neither a text nor its plural forms")
}

// scalar is a text, also one that looks like a number or a boolean.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func at(n ast.Node, reason string) error {
	p := n.GetToken().Position
	return &FileError{Line: p.Line, Column: p.Column, Reason: reason}
}

func yamlError(err error) error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		p := y.GetToken().Position
		return &FileError{Line: p.Line, Column: p.Column, Reason: y.GetMessage()}
	}
	return &FileError{Line: 1, Column: 1, Reason: err.Error()}
}
