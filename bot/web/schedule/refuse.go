package schedule

import (
	"errors"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/store"
)

// ignoreTaken notes that the time is somebody else's, which is told and is no error.
func ignoreTaken(err error, taken **time.Time, at time.Time) error {
	if errors.Is(err, store.ErrTaken) {
		*taken = &at
		return nil
	}
	return err
}

// refusal is why something cannot be done.
func refusal(err error) error {
	var clash *booking.ClashError
	switch {
	case errors.Is(err, booking.ErrTooLate):
		return page.Conflict("desk.schedule.over")
	case errors.As(err, &clash):
		return page.Conflict("desk.schedule.elsewhere")
	case errors.Is(err, store.ErrTaken):
		return page.Conflict("desk.schedule.taken")
	}
	return err
}
