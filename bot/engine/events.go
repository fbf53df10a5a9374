package engine

import "careline/dialogs"

// The events of the funnel. Their values are names out of the scripts, never words of a patient.
const (
	dialogStarted    = "dialog.started"    // value: what led here, only for the first dialog of a task
	dialogEnded      = "dialog.ended"      // value: the outcome
	stateAsked       = "state.asked"       // a question was put
	answerUnderstood = "answer.understood" // value: the choice, the mark, or nothing
	answerMissed     = "answer.missed"     // an answer was not understood
	answerUnclear    = "answer.unclear"    // so often that a human is called
	actionDone       = "action.done"       // value: the outcome
	redFlagHeard     = "red_flag"          // value: the flag's name
	startUnknown     = "start.unknown"     // something started a dialog that is gone, or for a patient who is; value: its name
	tapClosed        = "tap.closed"        // a button of a question that is gone
	tapRepeated      = "tap.repeated"      // the same button at once again, nothing came of it
	scriptMoved      = "script.moved"      // the conversation now stands in a newer script; value: kept or restarted
)

func (s *step) event(name string, t *dialogs.Task, f *dialogs.Frame, value string) {
	e := Event{Name: name, Value: value}
	if f != nil {
		e.Task, e.Dialog, e.State = t.ID, f.Dialog, f.State
	}
	s.sprint.Events = append(s.sprint.Events, e)
}
