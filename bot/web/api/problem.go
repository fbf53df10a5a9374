package api

import (
	"context"
	"errors"
	"net/http"

	"careline/bot/booking"
	"careline/store"
)

// problem is why an event was not taken: RFC 9457, with a code for programs.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
}

func (p *problem) Error() string { return p.Code + ": " + p.Title }

// bad is a body that cannot be right, however often it comes.
func bad(detail string) *problem {
	return &problem{http.StatusBadRequest, "body", "The body is not an event that we know.", detail}
}

// known are the problems behind errors.
var known = []struct {
	err error
	problem
}{
	{store.ErrNotFound, problem{http.StatusNotFound, "unknown", "We know nothing under this id.", ""}},
	{booking.ErrOtherVisit, problem{http.StatusConflict, "ids", "The ids belong to different things.", ""}},
	{store.ErrDuplicate, problem{http.StatusConflict, "ids", "Something else has this id.", ""}},
	{booking.ErrStatus, problem{http.StatusConflict, "status", "The visit cannot have this status now.", ""}},
	{booking.ErrEarly, problem{http.StatusConflict, "early", "The visit was still ahead then.", ""}},
	{booking.ErrStep, problem{http.StatusConflict, "step", "The step has ended otherwise.", ""}},
	{booking.ErrPlan, problem{http.StatusConflict, "plan", "The clinic has no such service, practitioner or course in careline.yaml, or the day is none.", ""}},
	{store.ErrTaken, problem{http.StatusConflict, "taken", "The time is taken.", ""}},
	{store.ErrUnavailable, unavailable},
	{store.ErrFull, unavailable},
	{context.DeadlineExceeded, unavailable},
	{context.Canceled, unavailable},
}

var unavailable = problem{http.StatusServiceUnavailable, "unavailable", "The event could not be stored; send it again.", ""}

// problemOf is what the sender is told of an error; nothing of our insides.
func problemOf(err error) problem {
	var told *problem
	if errors.As(err, &told) {
		return *told
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			return k.problem
		}
	}
	return problem{http.StatusInternalServerError, "internal", "Something is wrong with us; send it again later.", ""}
}
