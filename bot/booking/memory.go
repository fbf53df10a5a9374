package booking

import (
	"encoding/json"
	"fmt"
	"time"

	"careline/dialogs"
)

// kept is one thing that is remembered, and since when: memory.yaml says how long.
type kept struct {
	Value *dialogs.Answer `json:"value"`
	At    int64           `json:"at"` // UTC microseconds
}

// Memory decodes what memory.yaml declares and is still to be kept; what it no longer declares stays stored
// and unseen.
func Memory(stored json.RawMessage, declared map[string]*dialogs.Remembered, c dialogs.Catalog, now time.Time) (map[string]any, error) {
	all, err := readMemory(stored)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	values := make(map[string]any, len(all))
	for name, k := range all {
		known, ok := declared[name]
		if !ok || k.Value == nil || known.Keep > 0 && now.Sub(time.UnixMicro(k.At)) >= known.Keep {
			continue
		}
		if values[name], err = k.Value.Value(known.Type, c); err != nil {
			return nil, fmt.Errorf("reading memory %s: %w", name, err)
		}
	}
	return values, nil
}

// Remembered puts a value into stored memory and drops what is no longer to be kept; nil forgets the value.
func Remembered(stored json.RawMessage, declared map[string]*dialogs.Remembered, name string, value any, now time.Time) (json.RawMessage, error) {
	all, err := readMemory(stored)
	if err != nil {
		return nil, err
	}
	for old, k := range all {
		if known := declared[old]; known != nil && known.Keep > 0 && now.Sub(time.UnixMicro(k.At)) >= known.Keep {
			delete(all, old)
		}
	}
	if all[name] = (kept{Value: dialogs.NewAnswer(value), At: now.UnixMicro()}); value == nil {
		delete(all, name)
	}
	written, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("writing memory %s: %w", name, err)
	}
	return written, nil
}

func readMemory(stored json.RawMessage) (map[string]kept, error) {
	all := map[string]kept{}
	if len(stored) == 0 {
		return all, nil
	}
	if err := json.Unmarshal(stored, &all); err != nil {
		return nil, fmt.Errorf("reading memory: %w", err)
	}
	return all, nil
}
