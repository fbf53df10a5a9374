package booking

import (
	"fmt"
	"strings"

	ics "github.com/arran4/golang-ical"

	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// calendar is the visit for the patient's own calendar. Whoever looks over the shoulder learns when and
// where, and nothing of why: no service and no doctor stand in it.
func (l *Localized) calendar(a store.Appointment, b *dialogs.Branch) *channels.File {
	cal := ics.NewCalendarFor("careline")
	cal.SetMethod(ics.MethodPublish)
	event := cal.AddEvent(a.ID + "@careline")
	event.SetDtStampTime(a.UpdatedAt)
	event.SetStartAt(a.Start)
	event.SetEndAt(a.End)
	event.SetSequence(a.Sequence)
	event.SetStatus(ics.ObjectStatusConfirmed)
	if !takesTime(a.Status) {
		cal.SetMethod(ics.MethodCancel)
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	event.SetSummary(l.Text(l.clinic.Name))
	event.SetLocation(listed(", ", b.Title, b.Address))
	event.SetDescription(listed("\n", b.Entrance, b.Way, l.clinic.Phone))
	if b.Place != nil {
		event.SetGeo(fmt.Sprintf("%.6f", b.Place.Latitude), fmt.Sprintf("%.6f", b.Place.Longitude))
		if b.Place.URL != "" {
			event.SetURL(b.Place.URL)
		}
	}
	data := []byte(cal.Serialize(ics.WithNewLine("\r\n")))
	return &channels.File{Kind: channels.Document, Name: "visit.ics", MIME: "text/calendar", Size: int64(len(data)), Data: data}
}

// listed joins what is there.
func listed(between string, pieces ...string) string {
	var out []string
	for _, p := range pieces {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}
