package bot

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// api reads the address of a messenger's interface.
func (r *reader) api(v variable) string {
	value := strings.TrimRight(r.read(v), "/")
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https") {
		r.bad(v, "not an http address") // never the value: it may hold a password
	}
	return value
}

// numbers reads so many numbers from 0 up, separated by commas; zeros when they are wrong.
func (r *reader) numbers(v variable, count int) []float64 {
	value := r.read(v)
	var numbers []float64
	for field := range strings.SplitSeq(value, ",") {
		n, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil || !(n >= 0 && n <= 1e6) {
			r.bad(v, "%q is not a number from 0 up", strings.TrimSpace(field))
			return make([]float64, count)
		}
		numbers = append(numbers, n)
	}
	if len(numbers) != count {
		r.bad(v, "%q is not %d numbers", value, count)
		return make([]float64, count)
	}
	return numbers
}

// between is the pause between two of so many a second; 0 of none.
func between(perSecond float64) time.Duration {
	if perSecond == 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / perSecond)
}
