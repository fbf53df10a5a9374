package vk

import (
	"context"
	"sync"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	answerAtOnce   = 16
	waitingAnswers = 1024
)

// press is a pressed button that spins until it is answered.
type press struct {
	event      string
	user, peer int64
}

// answers takes the spinner off pressed buttons, behind the back of who receives and as well as it goes: a press that
// is too old or answered already is nothing, and so is one more than fits.
type answers chan press

func (a answers) add(p press) {
	if p.event == "" {
		return
	}
	select {
	case a <- p:
	default:
	}
}

// answering works until stop.
func (v *VK) answering(ctx context.Context) (a answers, stop func()) {
	a = make(answers, waitingAnswers)
	ctx, cancel := context.WithCancel(ctx)
	var workers sync.WaitGroup
	for range answerAtOnce {
		workers.Go(func() {
			for {
				select {
				case p := <-a:
					_, _ = v.client.MessagesSendMessageEventAnswer(api.Params{"event_id": p.event, "user_id": p.user, "peer_id": p.peer}.WithContext(ctx))
				case <-ctx.Done():
					return
				}
			}
		})
	}
	return a, func() {
		cancel()
		workers.Wait()
	}
}
