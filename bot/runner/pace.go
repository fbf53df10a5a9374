package runner

import (
	"time"

	"careline/channels"
)

// chatBurst is how many messages one chat takes at once before its pace begins: a step often says two or three.
const chatBurst = 3

// pace lets burst messages go at once and then one in every stretch of time. All that it has to remember is one
// moment: when those that went would be paid for at the even pace. Paces are the networks', so they run on the
// machine's clock.
type pace struct {
	every time.Duration
	burst int
}

// next is the earliest moment for one more.
func (p pace) next(paid time.Time) time.Time { return paid.Add(-time.Duration(p.burst-1) * p.every) }

// spend is the moment to remember after one that went now.
func (p pace) spend(paid, now time.Time) time.Time {
	if paid.Before(now) {
		paid = now
	}
	return paid.Add(p.every)
}

// charge is the moment to remember after n calls more than one, or fewer: a message may take several, or none.
func (p pace) charge(paid time.Time, n int) time.Time { return paid.Add(time.Duration(n) * p.every) }

// groupExtra is how many calls more a message into a group may take: its topic is made, named, opened or closed with it.
const groupExtra = 2

// paces of a network.
func paces(r channels.Rates) (all, chat, group pace) {
	if r.PerSecond > 0 {
		all = pace{every: time.Duration(float64(time.Second) / r.PerSecond), burst: max(1, int(r.PerSecond/10))}
	}
	chat = pace{every: r.PerChat, burst: chatBurst}
	if n := r.PerGroupMin; n > chatBurst+groupExtra {
		group = pace{every: time.Minute / time.Duration(n-chatBurst-groupExtra), burst: chatBurst} // no minute has more than n
	} else if n > 0 {
		group = pace{every: time.Minute / time.Duration(n), burst: 1}
	}
	return all, chat, group
}
