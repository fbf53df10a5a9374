package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"regexp"
)

// remembered is how many prepared statements a connection keeps.
const remembered = 256

// connector makes connections that keep their statements prepared: parsing them anew took a third of a
// step's time.
type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{engine: made.(engine), idle: map[prepared]statement{}}, nil
}

// engine is what the driver's connection can do.
type engine interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type conn struct {
	engine
	idle map[prepared]statement // those at work are taken out
}

// anyOf is a list as a parameter, in PostgreSQL's words.
var anyOf = regexp.MustCompile(`= ANY\((\$\d+)\)`)

// CheckNamedValue implements driver.NamedValueChecker: lists are for unlist.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	switch v.Value.(type) {
	case []string, []int64, []int:
		return nil
	}
	return driver.ErrSkip
}

// unlist makes parameters of lists: of one value that value, of more JSON. It gives what stands for = ANY($1).
func unlist(args []driver.NamedValue) (instead string, err error) {
	const one, many = "= ${1}", "IN (SELECT value FROM json_each(${1}))"
	instead = one
	for _, a := range args {
		if n := length(a.Value); n >= 0 && n != 1 {
			instead = many
		}
	}
	for i, a := range args {
		if length(a.Value) < 0 {
			continue
		}
		if instead == many {
			var list []byte
			list, err = json.Marshal(a.Value)
			args[i].Value = string(list)
			continue
		}
		switch v := a.Value.(type) {
		case []string:
			args[i].Value = v[0]
		case []int64:
			args[i].Value = v[0]
		case []int:
			args[i].Value = int64(v[0])
		}
	}
	return instead, err
}

// length of a list; of anything else -1.
func length(v any) int {
	switch v := v.(type) {
	case []string:
		return len(v)
	case []int64:
		return len(v)
	case []int:
		return len(v)
	}
	return -1
}

// prepared is a statement's text with lists as unlist makes them.
type prepared struct{ text, instead string }

func (c *conn) take(ctx context.Context, p prepared) (statement, error) {
	if s, ok := c.idle[p]; ok {
		delete(c.idle, p)
		return s, nil
	}
	s, err := c.engine.PrepareContext(ctx, anyOf.ReplaceAllString(p.text, p.instead))
	if err != nil {
		return nil, err
	}
	return s.(statement), nil
}

func (c *conn) giveBack(p prepared, s statement) error {
	if _, twin := c.idle[p]; twin {
		return s.Close()
	}
	c.idle[p] = s
	return c.forget()
}

// forget closes one statement when there are too many, whichever it is: one that is used often comes back.
func (c *conn) forget() error {
	if len(c.idle) <= remembered {
		return nil
	}
	for p, s := range c.idle {
		delete(c.idle, p)
		return s.Close()
	}
	return nil
}

// ExecContext implements driver.ExecerContext. Texts without arguments may hold many statements and are
// not kept. A statement under way is not interrupted: it is short, and to stand by for that the driver starts a
// goroutine for each.
func (c *conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.engine.ExecContext(ctx, text, args)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	instead, err := unlist(args)
	if err != nil {
		return nil, err
	}
	p := prepared{text, instead}
	s, err := c.take(ctx, p)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if err != nil {
		_ = s.Close() // the error of the statement says more
		return nil, err
	}
	return result, c.giveBack(p, s)
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	instead, err := unlist(args)
	if err != nil {
		return nil, err
	}
	p := prepared{text, instead}
	s, err := c.take(ctx, p)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return &rows{Rows: r, done: func() error { return c.giveBack(p, s) }}, nil
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	for _, s := range c.idle {
		_ = s.Close()
	}
	return c.engine.Close()
}

// rows give their statement back when they are read.
type rows struct {
	driver.Rows
	done func() error
}

// Close implements driver.Rows.
func (r *rows) Close() error {
	if err := r.Rows.Close(); err != nil {
		return err
	}
	return r.done()
}
