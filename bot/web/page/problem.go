package page

import (
	"context"
	"errors"
	"net/http"

	"careline/store"
)

// Problem is an error that the reader is told about, in their language.
type Problem struct {
	Status int
	Word   string // id of the text
	Vars   []any
}

func (p *Problem) Error() string { return p.Word }

// Problems that need no further words. A thing of which the reader may not know is NotFound, not Forbidden.
var (
	NotFound  = &Problem{Status: http.StatusNotFound, Word: "desk.page.not_found"}
	Forbidden = &Problem{Status: http.StatusForbidden, Word: "desk.page.forbidden"}
	Malformed = &Problem{Status: http.StatusBadRequest, Word: "desk.page.malformed"}
	TooLarge  = &Problem{Status: http.StatusRequestEntityTooLarge, Word: "desk.page.too_large"}
	Later     = &Problem{Status: http.StatusServiceUnavailable, Word: "desk.page.later"}
	broken    = &Problem{Status: http.StatusInternalServerError, Word: "desk.page.broken"}
)

// Conflict is a change that came too late: somebody else has answered, the time is taken.
func Conflict(word string, vars ...any) error {
	return &Problem{http.StatusConflict, word, vars}
}

// problem is what the reader is told of the error.
func problem(err error) *Problem {
	var p *Problem
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &large):
		return TooLarge
	case errors.Is(err, store.ErrNotFound):
		return NotFound
	case errors.Is(err, context.DeadlineExceeded):
		return Later
	}
	return broken
}
