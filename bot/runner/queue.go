package runner

import (
	"cmp"
	"container/heap"
	"time"

	"careline/store"
)

// queue is what is in hand for one contact, in order.
type queue struct {
	contact string
	waiting []store.Output
	// busy: the first of them is under way, or what became of it is being recorded.
	busy bool
	// back: what waits is to be given back at the next recording, for something ahead of it went back.
	back  bool
	doubt []string  // ids of messages of which nobody knows whether they have been committed
	pace  pace      // of the chat
	paid  time.Time // see pace
	at    time.Time // when it may go on, while it rests
	heap  *queues   // where it stands; nil = nowhere
	index int
}

// urgency is that of the most urgent message: one ahead of it has to go first.
func (q *queue) urgency() int {
	least := store.CampaignLast
	for i := range q.waiting {
		least = min(least, q.waiting[i].Priority)
	}
	return least
}

// sooner orders those that may go: the urgent first, then the old.
func sooner(a, b *queue) bool {
	return cmp.Or(cmp.Compare(a.urgency(), b.urgency()), a.waiting[0].CreatedAt.Compare(b.waiting[0].CreatedAt),
		cmp.Compare(a.waiting[0].ID, b.waiting[0].ID)) < 0
}

// earlier orders those that rest.
func earlier(a, b *queue) bool { return a.at.Before(b.at) }

// queues is a heap of them.
type queues struct {
	all  []*queue
	less func(a, b *queue) bool
}

// first is nil when there is none.
func (h *queues) first() *queue {
	if len(h.all) == 0 {
		return nil
	}
	return h.all[0]
}

func (h *queues) add(q *queue) { heap.Push(h, q) }

// leave takes the queue from where it stands.
func (q *queue) leave() {
	if q.heap != nil {
		heap.Remove(q.heap, q.index)
	}
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (h *queues) Len() int           { return len(h.all) }
func (h *queues) Less(i, j int) bool { return h.less(h.all[i], h.all[j]) }

// Swap implements heap.Interface.
func (h *queues) Swap(i, j int) {
	h.all[i], h.all[j] = h.all[j], h.all[i]
	h.all[i].index, h.all[j].index = i, j
}

// Push implements heap.Interface.
func (h *queues) Push(x any) {
	q := x.(*queue)
	q.heap, q.index = h, len(h.all)
	h.all = append(h.all, q)
}

// Pop implements heap.Interface.
func (h *queues) Pop() any {
	last := len(h.all) - 1
	q := h.all[last]
	h.all[last], h.all = nil, h.all[:last]
	q.heap = nil
	return q
}
