package access

import (
	"context"
	"net/netip"
	"time"

	"careline/store"
)

// tries are counted together: the first are free, each further one has to wait twice as long as the one before.
type tries struct {
	key     string
	free    int
	longest time.Duration
	own     bool // nobody else tries under the key: it is forgotten once it was right
}

// firstPause is after the last free try.
const firstPause = 30 * time.Second

// counted is how long tries are remembered after the last.
const counted = 24 * time.Hour

// passwordTries: who guesses from one address is soon held up, and cannot lock out the one they guess at; who guesses
// from many is held up for everybody but those whose browser is known here (knowAgain): of theirs the tries are counted
// apart.
func passwordTries(ctx context.Context, login string) []tries {
	address := Address(ctx)
	if v, _ := ctx.Value(visitorKey{}).(visitor); v.knows(login) {
		return []tries{{"known " + hashed(v.known+login), 5, 15 * time.Minute, true}}
	}
	return []tries{
		{"login " + hashed(login+" "+network(address)), 5, 15 * time.Minute, true},
		{"logins " + hashed(login), 50, 15 * time.Minute, true},
		{"address " + hashed(network(address)), 30, time.Hour, false},
	}
}

// codeTries are not forgiven by a right password.
func codeTries(account, address string) []tries {
	return []tries{
		{"code " + hashed(account), 5, 15 * time.Minute, true},
		{"address " + hashed(network(address)), 30, time.Hour, false},
	}
}

// network is the part of an address that one person has: of IPv6 the first 64 bits.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || ip.Is4In6() {
		return address
	}
	block, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return block.String()
}

func (t tries) pause(failures int) time.Duration {
	if failures < t.free {
		return 0
	}
	return min(firstPause<<min(failures-t.free, 20), t.longest)
}

func keys(all []tries) []string {
	list := make([]string, len(all))
	for i, t := range all {
		list[i] = t.key
	}
	return list
}

// begin counts a try before it is judged, so that many at once do not go through on one count. While a pause lasts
// nothing is counted, and nothing judged.
func (a *Access) begin(ctx context.Context, all []tries) error {
	now := a.now()
	return a.store.Tx(ctx, func(tx store.Tx) error {
		known, err := tx.LockAttempts(ctx, keys(all), now)
		if err != nil {
			return err
		}
		for i := range known {
			k, t := &known[i], find(all, known[i].Key)
			if k.Until.After(now) {
				return &LockedError{k.Until}
			}
			if now.Sub(k.At) > counted {
				k.Failures = 0
			}
			k.Failures, k.At = k.Failures+1, now
			k.Until = time.Time{}
			if p := t.pause(k.Failures); p > 0 {
				k.Until = now.Add(p)
			}
		}
		return tx.SaveAttempts(ctx, known)
	})
}

func find(all []tries, key string) tries {
	for _, t := range all {
		if t.key == key {
			return t
		}
	}
	return tries{}
}

// refuse notes that the try was wrong, and tells how long to wait for the next.
func (a *Access) refuse(ctx context.Context, all []tries, account string) error {
	now, until := a.now(), time.Time{}
	err := a.store.Tx(ctx, func(tx store.Tx) error {
		known, err := tx.LockAttempts(ctx, keys(all), now)
		if err != nil {
			return err
		}
		deeds := []store.Deed{{At: now, AccountID: account, Action: string(Refused), Address: Address(ctx)}}
		for _, k := range known {
			if k.Until.After(until) {
				until = k.Until
			}
		}
		if until.After(now) {
			deeds = append(deeds, store.Deed{At: now, AccountID: account, Action: string(Locked), Address: Address(ctx)})
		}
		return tx.NoteDeeds(ctx, deeds)
	})
	switch {
	case err != nil:
		return err
	case until.After(now):
		return &LockedError{until}
	}
	return ErrWrong
}

// forgive takes back what begin counted: the try was right.
func (a *Access) forgive(ctx context.Context, all []tries) error {
	now := a.now()
	return a.store.Tx(ctx, func(tx store.Tx) error {
		known, err := tx.LockAttempts(ctx, keys(all), now)
		if err != nil {
			return err
		}
		var own []string
		for i := range known {
			k, t := &known[i], find(all, known[i].Key)
			if t.own {
				own = append(own, k.Key)
			}
			k.Failures = max(k.Failures-1, 0)
			if t.pause(k.Failures) == 0 {
				k.Until = time.Time{}
			}
		}
		if err := tx.SaveAttempts(ctx, known); err != nil {
			return err
		}
		return tx.ForgetAttempts(ctx, own)
	})
}
