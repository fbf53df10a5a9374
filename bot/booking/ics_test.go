package booking

import (
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"careline/dialogs"
)

// event checks the form of a calendar file and returns its properties.
func event(t *testing.T, v *dialogs.Visit) (lines map[string]string) {
	t.Helper()
	text := string(v.Calendar.Data)
	lines = map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n ", ""), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		lines[name] = value
	}
	if _, err := ics.ParseCalendar(strings.NewReader(text)); err != nil {
		t.Errorf("a calendar cannot read it: %v", err)
	}
	return lines
}

func TestTheCalendarFileFollowsTheVisitAndKeepsItsSecret(t *testing.T) {
	f := open(t)
	anna := f.arrive("Анна Петрова")
	pair, _ := f.offer(anna, crownAsk)
	booked, err := f.book(anna, pair[0], "")
	f.must(err)
	first := event(t, booked)
	f.must(f.hold(anna, pair[1]))
	moved, err := f.move(anna, booked.ID, pair[1])
	f.must(err)
	second := event(t, moved)
	gone, err := f.cancel(anna, booked.ID)
	f.must(err)
	third := event(t, gone)

	for _, c := range []struct{ key, first, second, third string }{
		{"SEQUENCE", "0", "1", "2"},
		{"METHOD", "PUBLISH", "PUBLISH", "CANCEL"},
		{"STATUS", "CONFIRMED", "CONFIRMED", "CANCELLED"},
		{"DTSTART", "20261123T133000Z", "20261124T070000Z", "20261124T070000Z"},
		{"DTEND", "20261123T143000Z", "20261124T080000Z", "20261124T080000Z"},
		{"SUMMARY", "Улыбка", "Улыбка", "Улыбка"},
		{"UID", first["UID"], first["UID"], first["UID"]},
	} {
		if first[c.key] != c.first || second[c.key] != c.second || third[c.key] != c.third {
			t.Errorf("%s: %q, %q, %q", c.key, first[c.key], second[c.key], third[c.key])
		}
	}
	if first["UID"] == "" || !strings.Contains(first["LOCATION"], `Улыбка на Чистых прудах\, Москва\, Чистопрудный бульвар\, 12`) {
		t.Errorf("where: %q", first["LOCATION"])
	}
	text := strings.ReplaceAll(string(booked.Calendar.Data), "\r\n ", "")
	for _, secret := range []string{booked.Service.Title, booked.Doctor.Name, "Петрова", "терапевт", "+79123456789"} {
		if strings.Contains(text, secret) {
			t.Errorf("the file tells %q", secret)
		}
	}
}
