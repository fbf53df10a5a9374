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
	return &conn{engine: made.(engine), idle: map[string]statement{}}, nil
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
	idle map[string]statement // by text; those at work are taken out
}

// any is a list as a parameter, in PostgreSQL's words.
var anyOf = regexp.MustCompile(`= ANY\((\$\d+)\)`)

// CheckNamedValue implements driver.NamedValueChecker: lists travel as JSON.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	switch v.Value.(type) {
	case []string, []int64, []int:
		list, err := json.Marshal(v.Value)
		v.Value = string(list)
		return err
	}
	return driver.ErrSkip
}

func (c *conn) take(ctx context.Context, text string) (statement, error) {
	if s, ok := c.idle[text]; ok {
		delete(c.idle, text)
		return s, nil
	}
	s, err := c.engine.PrepareContext(ctx, anyOf.ReplaceAllString(text, "IN (SELECT value FROM json_each(${1}))"))
	if err != nil {
		return nil, err
	}
	return s.(statement), nil
}

func (c *conn) giveBack(text string, s statement) error {
	if _, twin := c.idle[text]; twin || len(c.idle) >= remembered {
		return s.Close()
	}
	c.idle[text] = s
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
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if err != nil {
		_ = s.Close() // the error of the statement says more
		return nil, err
	}
	return result, c.giveBack(text, s)
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return &rows{Rows: r, done: func() error { return c.giveBack(text, s) }}, nil
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
