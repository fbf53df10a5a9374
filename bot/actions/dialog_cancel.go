package actions

import (
	"context"

	"careline/bot/engine"
	"careline/dialogs"
)

// dialogCancel ends the matter that waits below this one.
func dialogCancel() Action {
	return Action{
		Action: dialogs.Action{
			Name: "dialog.cancel", Does: "Отменяет дело, которое ждёт под этим разговором.",
			Outcomes: []string{"done"},
		},
		Do: func(context.Context, *Scene) (engine.Result, error) {
			return engine.Result{Outcome: "done", Cancels: true}, nil
		},
	}
}
