// Package demo is the page on which a newcomer understands careline: the patient's phone, the dialog behind it
// with the present state lit, a clock to move forward, what is planned, and the desk. It is served by `careline demo`.
package demo

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// Entrance is the address at which the desk lets newcomers in; its lang is the language of the page.
const Entrance = "/desk/demo"

// Parts are what the demo shows and moves. All are required.
type Parts struct {
	Store   store.Store
	Scripts *dialogs.Set
	Clinic  *booking.Clinic
	Clock   *clock.Moved
	Time    Time
	// AtVisit says of a visit what an administrator says: arrived, fulfilled, noshow, cancelled. booking.ErrStatus and
	// booking.ErrEarly when that cannot be; store.ErrNotFound.
	AtVisit func(ctx context.Context, visit, status string) error
	Chat    string // path of the web chat, with a slash at both ends
	Log     *slog.Logger
}

// Time lets pass what is due: a runner.Runner.
type Time interface {
	PassTo(ctx context.Context, c *clock.Moved, end time.Time) error
	NextDue(ctx context.Context) (time.Time, error)
}

// Demo serves /demo/. Run has to run beside it.
type Demo struct {
	Parts
	handler http.Handler
	follow  follower
	planner *journey.Planner
	moves   chan move // at most one
	moving  atomic.Bool
	passed  atomic.Int64 // how much time the last move let pass, ns
	moved   bell
	running atomic.Pointer[context.Context]
}

// New makes the demo.
func New(p Parts) *Demo {
	d := &Demo{Parts: p, moves: make(chan move, 1)}
	d.planner = &journey.Planner{Scripts: p.Scripts, Clinic: p.Clinic, Reception: &booking.Reception{Clinic: p.Clinic}, Clock: p.Clock}
	d.follow.known = map[string]last{}
	d.handler = d.routes()
	return d
}

// Run moves the clock when somebody asks for it, until ctx ends; the live pages end with it.
func (d *Demo) Run(ctx context.Context) error {
	d.running.Store(&ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-d.moves:
			d.pass(ctx, m)
		}
	}
}

// ServeHTTP serves everything under /demo/.
func (d *Demo) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }
