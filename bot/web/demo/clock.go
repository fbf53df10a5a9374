package demo

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"careline/store"
)

const (
	day     = 24 * time.Hour
	maxMove = 400 * day // at once
)

var (
	errAmount  = errors.New("amount")  // what was typed is not 1…400 days
	errNothing = errors.New("nothing") // nothing is going to happen by itself
)

// move is where the clock goes, and what the desk says there.
type move struct {
	to   time.Time
	came string // visit whose patient came; empty = nothing is said
}

// moveClock answers POST /demo/clock: to=hour, day, next, or typed with n and unit. The clock is on its way
// when it has answered. On the way to what comes next the desk says that the patient of a visit came, for the newcomer
// who has not said it.
func (d *Demo) moveClock(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.refuse(w, r, http.StatusBadRequest, "form")
		return
	}
	if d.running.Load() == nil {
		d.refuse(w, r, http.StatusServiceUnavailable, "starting")
		return
	}
	if !d.moving.CompareAndSwap(false, true) {
		d.refuse(w, r, http.StatusConflict, "moving")
		return
	}
	end, err := d.destination(r.Context(), r.PostForm.Get("to"), r.PostForm.Get("n"), r.PostForm.Get("unit"))
	if err != nil {
		d.moving.Store(false)
		d.refuseMove(w, r, err)
		return
	}
	d.moves <- end
	d.moved.ring()
	w.WriteHeader(http.StatusAccepted)
}

func (d *Demo) refuseMove(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, errAmount):
		d.refuse(w, r, http.StatusBadRequest, "amount")
	case errors.Is(err, errNothing):
		d.refuse(w, r, http.StatusConflict, "nothing")
	default:
		d.Log.ErrorContext(r.Context(), "moving the clock", "error", err)
		d.refuse(w, r, http.StatusInternalServerError, "failed")
	}
}

func (d *Demo) destination(ctx context.Context, to, n, unit string) (move, error) {
	now := d.Clock.Now()
	switch to {
	case "hour":
		return move{to: now.Add(time.Hour)}, nil
	case "day":
		return move{to: now.Add(day)}, nil
	case "next":
		s, err := d.scene(ctx)
		if err != nil {
			return move{}, err
		}
		switch next := s.ahead(); {
		case next.over != nil:
			return move{now, next.over.ID}, nil
		case !next.at.IsZero():
			return move{to: next.at}, nil
		}
		return move{}, errNothing
	case "typed":
		units := map[string]time.Duration{"hours": time.Hour, "days": day, "weeks": 7 * day}
		count, err := strconv.Atoi(n)
		if one := units[unit]; err == nil && one > 0 && count > 0 && count <= int(maxMove/one) {
			return move{to: now.Add(time.Duration(count) * one)}, nil
		}
	}
	return move{}, errAmount
}

// pass moves the clock there, stopping wherever something is due.
func (d *Demo) pass(ctx context.Context, m move) {
	from := d.Clock.Now()
	err := d.Time.PassTo(ctx, d.Clock, m.to)
	if err == nil && m.came != "" {
		err = d.AtVisit(ctx, m.came, store.StatusFulfilled)
	}
	if err != nil && ctx.Err() == nil {
		d.Log.ErrorContext(ctx, "moving the clock", "error", err)
	}
	d.passed.Store(int64(d.Clock.Now().Sub(from)))
	d.moving.Store(false)
	d.moved.ring()
}
