package demo

import (
	"errors"
	"net/http"

	"careline/bot/booking"
	"careline/store"
)

// atVisit answers POST /demo/visit: visit, do=came|noshow|cancelled.
func (d *Demo) atVisit(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.refuse(w, r, http.StatusBadRequest, "form")
		return
	}
	status, ok := map[string]string{
		"came": store.StatusFulfilled, "noshow": store.StatusNoShow, "cancelled": store.StatusCancelled,
	}[r.PostForm.Get("do")]
	if !ok {
		d.refuse(w, r, http.StatusBadRequest, "form")
		return
	}
	switch err := d.AtVisit(r.Context(), r.PostForm.Get("visit"), status); {
	case errors.Is(err, store.ErrNotFound):
		d.refuse(w, r, http.StatusNotFound, "no_visit")
	case errors.Is(err, booking.ErrStatus), errors.Is(err, booking.ErrEarly), errors.Is(err, store.ErrTaken):
		d.refuse(w, r, http.StatusConflict, "status")
	case err != nil:
		d.Log.ErrorContext(r.Context(), "saying what became of a visit", "error", err)
		d.refuse(w, r, http.StatusInternalServerError, "failed")
	default:
		d.moved.ring()
		w.WriteHeader(http.StatusAccepted)
	}
}
