package engine

import "careline/channels"

// choice is one of the buttons: the script's, or elements of a list.
type choice struct{ written }

func (choice) hint() channels.Ask                                   { return channels.AskOne }
func (choice) understand(*question, *channels.Incoming) (any, bool) { return nil, false }

func (choice) retry(q *question, _ *channels.Incoming) string {
	if q.List != "" {
		return "engine.retry.list"
	}
	return "engine.retry.word"
}
