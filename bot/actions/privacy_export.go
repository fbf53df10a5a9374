package actions

import (
	"context"
	"encoding/json"
	"fmt"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

// privacyExport gives the person a copy of everything that is kept of them.
func privacyExport() Action {
	return Action{
		Action: dialogs.Action{
			Name: "privacy.export", Does: "Собирает файл со всем, что мы храним о человеке.",
			Gives:    []dialogs.Param{need("file", dialogs.File)},
			Outcomes: []string{"done"},
		},
		Do: func(ctx context.Context, s *Scene) (engine.Result, error) {
			all, err := s.Tx.Everything(ctx, s.Me.ID)
			if err != nil {
				return engine.Result{}, fmt.Errorf("gathering a patient's data: %w", err)
			}
			data, err := json.MarshalIndent(all, "", "  ")
			if err != nil {
				return engine.Result{}, fmt.Errorf("writing a patient's data: %w", err)
			}
			file := &channels.File{Kind: channels.Document, Name: "my-data.json", MIME: "application/json", Size: int64(len(data)), Data: data}
			return engine.Result{Outcome: "done", Gives: map[string]any{"file": file}}, s.tell(ctx, "privacy.exported", "", "")
		},
	}
}
