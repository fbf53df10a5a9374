package vk

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	answerAtOnce   = 16
	waitingAnswers = 1024
	longestToast   = 90 // characters
)

// press is a pressed button that spins until it is answered.
type press struct {
	event      string
	user, peer int64
	label      string // what was pressed, shown over the chat for a moment: nothing else there tells
}

// params of the answer. Without a label the spinner goes, and nothing is shown.
func (p press) params() api.Params {
	params := api.Params{"event_id": p.event, "user_id": p.user, "peer_id": p.peer}
	if label := []rune(p.label); len(label) > 0 {
		toast, _ := json.Marshal(map[string]string{"type": "show_snackbar", "text": string(label[:min(len(label), longestToast)])}) // strings only
		params["event_data"] = string(toast)
	}
	return params
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
					_, _ = v.client.MessagesSendMessageEventAnswer(p.params().WithContext(ctx))
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
