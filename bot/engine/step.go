package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/dialogs"
)

// Engine interprets the dialogs of one clinic. It keeps nothing of a conversation between steps and is
// safe for concurrent use.
type Engine struct {
	set       *dialogs.Set
	reactions []reaction
	flags     []redFlag
}

// New prepares the scripts for running.
func New(set *dialogs.Set) *Engine {
	return &Engine{set: set, reactions: compileReactions(set), flags: compileFlags(set)}
}

// Step gives one input to the conversation, which is changed in place, and tells what came of it. After
// an error the conversation is in no state to be kept: read it again.
func (e *Engine) Step(ctx context.Context, c *dialogs.Conversation, in Input, scene *Scene) (Sprint, error) {
	s := &step{Engine: e, ctx: ctx, c: c, scene: scene, people: map[string]*dialogs.Patient{}}
	if err := s.perform(in); err != nil {
		return Sprint{}, err
	}
	return s.sprint, nil
}

// step is one call of Step.
type step struct {
	*Engine
	ctx       context.Context
	c         *dialogs.Conversation
	scene     *Scene
	sprint    Sprint
	view      dialogs.View
	people    map[string]*dialogs.Patient // whom the tasks are about, by id
	happening *Happening                  // what happens by itself; nil = nothing does
	spent     spent
	muted     bool // a dialog winds up behind the person's back: it acts, but neither speaks nor asks
	absent    bool // the person has not said a word: nothing is repeated to them
	popped    bool // the top task has ended, the question below waits to be repeated
	asked     bool // a question was put or repeated
	sealed    bool // first words before consent were sealed in this step: the person is told so once
	stale     bool // the script has changed under the question that the person answers
}

func (s *step) perform(in Input) error {
	if err := s.begin(in.Message != nil); err != nil {
		return err
	}
	var err error
	switch {
	case in.Message != nil:
		err = s.hear(in.Message)
	case in.Start != nil:
		err = s.proactive(in.Start)
	case in.Happens != nil:
		err = s.happen(in.Happens)
	case in.Returned != nil:
		err = s.returned(in.Returned)
	case in.Leaves != nil:
		err = s.leave(in.Leaves.Dialog)
	case in.Timeout != nil:
		err = s.wakeUp()
	}
	if err != nil {
		return err
	}
	if err := s.resume(); err != nil {
		return err
	}
	s.finish()
	return nil
}

// begin brings the conversation up to the scripts of today.
func (s *step) begin(heard bool) error {
	if s.c.NextID == 0 {
		s.c.NextID = 1
	}
	s.look()
	for _, t := range slices.Clone(s.c.Tasks) {
		known, err := s.acquaint(t.Patient)
		if err != nil {
			return err
		}
		if !known { // what was begun for somebody else must not be done for the contact
			s.remove(t)
			s.popped = false
		}
	}
	return s.migrate(heard)
}

// hear takes what the person wrote or pressed.
func (s *step) hear(in *channels.Incoming) error {
	if err := s.expireUnheard(); err != nil {
		return err
	}
	if s.again(in) {
		s.event(tapRepeated, nil, nil, "")
		return nil
	}
	s.c.LastIn, s.c.Tapped = s.now(), in.Choice
	clean := *in
	clean.Text = readable(in.Text)
	return s.route(&clean)
}

// readable drops what is no text: broken UTF-8 and zero bytes, which no database keeps.
func readable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}

// finish tells what the runner has to know beside the words.
func (s *step) finish() {
	before, now := s.c.Shown, s.standing()
	shownAgain := s.asked && before != nil && now != nil && before.Task == now.Task && before.Visit == now.Visit
	if before != nil && (shownAgain || !s.stands(before)) {
		s.sprint.Closes, s.c.Shown = before.Key, nil
	}
	if s.asked && now != nil {
		s.c.Shown = now
	}
	s.sprint.Wake = s.wake()
}

// standing names the open question; nil when none is open.
func (s *step) standing() *dialogs.Shown {
	t, f := s.top()
	if f == nil || s.state(f).Doing != dialogs.Asks {
		return nil
	}
	return &dialogs.Shown{Task: t.ID, State: f.State, Visit: f.Visit}
}

// stands reports whether a question that was shown still waits for its answer.
func (s *step) stands(shown *dialogs.Shown) bool {
	t := s.task(shown.Task)
	if t == nil {
		return false
	}
	f := top(t)
	return f.Visit == shown.Visit && f.State == shown.State
}

// look sees the texts as this contact does.
func (s *step) look() {
	s.view = dialogs.View{Language: s.scene.Contact.Language, Zone: s.readerZone(), Now: s.scene.Now}
	if s.view.Language == "" {
		s.view.Language = s.set.Languages[0]
	}
}

func (s *step) now() int64 { return dialogs.Micros(s.scene.Now) }

// since is how long ago a moment was, given in microseconds as conversations keep it.
func (s *step) since(at int64) time.Duration { return s.scene.Now.Sub(time.UnixMicro(at)) }
