package dialogs

// Machine is the looplab/fsm machine of one dialog and version. Instances are pooled; it is safe for
// concurrent use.
type Machine struct{}

// Fire asks the machine where event leads from state. The answer is a state's name or "end OUTCOME".
func (m *Machine) Fire(state, event string) (string, error) { panic("dialogs helper") }
