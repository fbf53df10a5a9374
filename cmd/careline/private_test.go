package main

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Who watches a clinic's server sees that it works, and nothing of what patients say.
func TestLogsAndMetricsTellNothingOfPatients(t *testing.T) {
	t.Parallel()
	s := serving(t, newClinic(t))
	s.start()
	before := s.metrics()
	p := s.visit(t, 1)
	p.say("/start", "")
	p.tap("Даю согласие")
	p.say("у меня флюс с кулак", "")
	p.say("оператор", "")
	s.stop()
	s.start() // an operator's chat and a conversation in the middle, read back
	other := s.visit(t, 2)
	other.name, other.phone = "Зинаида Планкина", "8 987 654 32 10"
	other.book()
	if code := p.post("late", "флюс всё больше", ""); code != http.StatusAccepted { // for the human, the bot is silent
		t.Errorf("answered with %d", code)
	}
	eventually(t, "everything is stepped and sent", func() bool {
		now := s.metrics()
		return now[`careline_inbox_depth{channel="web"}`]+now[`careline_inbox_depth{channel="timer"}`]+now[`careline_outbox_depth{channel="web"}`] == 0
	})
	_, page := s.get("/metrics")
	s.stop()
	for _, word := range []string{"флюс", "кулак", "Зинаид", "Планкин", "987654", "987 654", "654-32-10", "оператор", "Даю", p.token, other.token} {
		if strings.Contains(page, word) {
			t.Errorf("the metrics tell «%s»", word)
		}
		if strings.Contains(s.log.String(), word) {
			t.Errorf("the log tells «%s»", word)
		}
	}
	after := values(page)
	for _, name := range []string{
		`careline_received_total{channel="web"}`, "careline_stepped_total", `careline_sent_total{channel="web"}`,
		"careline_step_seconds_count", "careline_delivery_seconds_count",
	} {
		if after[name] <= before[name] {
			t.Errorf("%s went from %v to %v", name, before[name], after[name])
		}
	}
	for _, name := range []string{`careline_inbox_depth{channel="web"}`, `careline_outbox_depth{channel="web"}`, "careline_parked"} {
		if value, ok := after[name]; !ok || value != 0 {
			t.Errorf("%s is %v", name, value)
		}
	}
}

func (s *server) metrics() map[string]float64 {
	_, page := s.get("/metrics")
	return values(page)
}

var sample = regexp.MustCompile(`(?m)^(careline_[^ ]+) ([0-9.e+-]+)$`)

func values(page string) map[string]float64 {
	all := map[string]float64{}
	for _, m := range sample.FindAllStringSubmatch(page, -1) {
		all[m[1]], _ = strconv.ParseFloat(m[2], 64) // the pattern lets numbers through only
	}
	return all
}
