package engine

import (
	"strings"
	"time"

	"careline/channels"
	"careline/dialogs"
)

// A story ends when the person has been silent for a while, or has told for long.
const (
	storySilence = 8 * time.Second
	storyMost    = 3 * time.Minute
	maxStory     = 10_000 // characters kept
	maxFiles     = 20
)

// story is everything a person tells in several messages, pictures among them.
type story struct{ written }

// understand reads one message as a whole story; collect is what adds several together.
func (story) understand(_ *question, in *channels.Incoming) (any, bool) {
	told := &dialogs.StoryValue{}
	return told, tell(told, in)
}

// tell adds a message to a story; false when it has neither words nor files.
func tell(told *dialogs.StoryValue, in *channels.Incoming) bool {
	said := strings.TrimSpace(in.Text)
	if said == "" && len(in.Files) == 0 {
		return false
	}
	if told.Text != "" && said != "" {
		said = "\n" + said
	}
	told.Text = clip(told.Text+said, maxStory)
	told.Files = append(told.Files, in.Files[:min(len(in.Files), maxFiles-len(told.Files))]...)
	return true
}

// beginWithHeld starts a story with what was written before consent, and tells that nobody need say it twice.
func (q *question) beginWithHeld() error {
	said := q.held()
	if said == "" || !q.scene.Consent("personal") {
		return nil
	}
	q.frame.Told = &dialogs.StoryValue{Text: said}
	q.c.Held = nil
	return q.phrase("engine.held")
}

// collect takes one more message of a story.
func (q *question) collect(in *channels.Incoming) bool {
	told := q.frame.Told
	if told == nil {
		told = &dialogs.StoryValue{}
	}
	if !tell(told, in) {
		return false
	}
	q.frame.Told = told
	q.touch(q.task)
	if q.frame.ToldAt == 0 {
		q.frame.ToldAt = q.now()
	}
	return true
}

// telling: the person has begun the story that this question asks for.
func (q *question) telling() bool {
	return q != nil && q.Type.Kind == dialogs.Story && q.frame.ToldAt != 0
}

// storyEnds is when the story counts as told, UTC microseconds.
func (q *question) storyEnds() int64 {
	return min(q.c.LastIn+storySilence.Microseconds(), q.frame.ToldAt+storyMost.Microseconds())
}

// endStory takes the story as it is for the answer.
func (q *question) endStory() error {
	told := q.frame.Told
	q.c.Late = &dialogs.Late{Task: q.task.ID, Dialog: q.frame.Dialog, Answer: q.Answer, At: q.now()}
	return q.answer(reading{name: q.Answer, value: told})
}
