package patients

import (
	"sync"
	"time"

	"careline/bot/access"
	"careline/bot/web/page"
)

// noted are who was shown to whom in lists just now: a list that is drawn anew with every letter is one look.
type noted struct {
	mu sync.Mutex
	at map[[2]string]time.Time // by account and patient
}

const (
	oneLook   = 10 * time.Minute
	mostNoted = 10_000
)

// fresh are those of the patients whom the account has not been shown.
func (n *noted) fresh(account string, patients []string, now time.Time) (ids []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, id := range patients {
		if at, ok := n.at[[2]string{account, id}]; !ok || now.Sub(at) >= oneLook {
			ids = append(ids, id)
		}
	}
	return ids
}

func (n *noted) keep(account string, patients []string, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.at == nil || len(n.at) > mostNoted {
		n.at = map[[2]string]time.Time{}
	}
	for _, id := range patients {
		n.at[[2]string{account, id}] = now
	}
}

// note writes into the audit that a list has shown the patients.
func (p *Pages) note(q *page.Request, action access.Action, patients []string) error {
	fresh := p.noted.fresh(q.Account.ID, patients, q.Now)
	if err := q.Access.Viewed(q.Context(), action, "", fresh...); err != nil {
		return err
	}
	p.noted.keep(q.Account.ID, fresh, q.Now)
	return nil
}
