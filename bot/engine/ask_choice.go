package engine

import "careline/channels"

// choice is one of the buttons: the script's, or elements of a list.
type choice struct{}

func (choice) hint() channels.Ask                                   { return channels.AskOne }
func (choice) offers(*question) ([]button, error)                   { return nil, nil }
func (choice) understand(*question, *channels.Incoming) (any, bool) { return nil, false }
func (choice) retry(*question, *channels.Incoming) string           { return "engine.retry.word" }
