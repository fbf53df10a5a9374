package web

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter gives each key its own token bucket.
type limiter struct {
	mu        sync.Mutex
	now       func() time.Time
	perSecond rate.Limit
	burst     int
	buckets   map[string]*rate.Limiter
}

// crowd is how many keys are kept before full buckets are forgotten.
const crowd = 10_000

func newLimiter(perSecond rate.Limit, burst int, now func() time.Time) *limiter {
	return &limiter{now: now, perSecond: perSecond, burst: burst, buckets: map[string]*rate.Limiter{}}
}

// wait is how long key has to wait; zero = go on.
func (l *limiter) wait(key string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	bucket, ok := l.buckets[key]
	if !ok {
		l.forget(now)
		bucket = rate.NewLimiter(l.perSecond, l.burst)
		l.buckets[key] = bucket
	}
	reserved := bucket.ReserveN(now, 1)
	delay := reserved.DelayFrom(now)
	if delay > 0 {
		reserved.CancelAt(now)
	}
	return delay
}

func (l *limiter) forget(now time.Time) {
	if len(l.buckets) < crowd {
		return
	}
	for key, bucket := range l.buckets {
		if bucket.TokensAt(now) >= float64(l.burst) {
			delete(l.buckets, key)
		}
	}
}
