package engine

import (
	"fmt"
	"slices"
	"strings"

	"careline/channels"
	"careline/dialogs/words"
)

// heard is what a person wrote or pressed, and what it was looked through for.
type heard struct {
	*channels.Incoming
	message *words.Message
	flag    *redFlag
}

// route gives an input to the first that takes it: the table of docs/language.md, «Whose turn, whose
// answer», row by row.
func (s *step) route(in *channels.Incoming) error {
	h := &heard{Incoming: in, message: words.NewMessage(in.Text)}
	h.flag = s.flagIn(h.message)
	for _, take := range [...]func(*step, *heard) (bool, error){
		(*step).alarm,           //  1 red flags
		(*step).opened,          //    an address behind a button
		(*step).toOperator,      //  2 the operator, if they own the chat
		(*step).correction,      //    changed words: a new try, or nothing
		(*step).tap,             //  3 a tap: the question it belongs to
		(*step).exactAnswer,     //  4 the open question, exactly
		(*step).sayReaction,     //  5 `says` of a reaction
		(*step).typedAnswer,     //  6 the open question, by its type
		(*step).otherAnswer,     //  7 its `also`
		(*step).mentionReaction, //  8 `mentions` of a reaction
		(*step).waitingAnswer,   //  9 the nearest waiting question
		(*step).lateAddition,    // 10 a late addition to the last story
		(*step).missed,          // 11 a miss, then unclear; no question: unknown
	} {
		taken, err := take(s, h)
		if taken || err != nil {
			return err
		}
	}
	return nil
}

// toOperator: while a human speaks for the clinic, the bot is silent.
func (s *step) toOperator(h *heard) (bool, error) {
	if !s.operatorOwns() {
		return false, nil
	}
	words := toDesk(h.Incoming)
	if h.flag != nil {
		words.Flag = h.flag.Name
		s.event(redFlagHeard, nil, nil, h.flag.Name)
	}
	if q, b, err := s.pressed(h.Choice); err != nil {
		return true, err
	} else if q != nil {
		words.Text = b.label
	}
	if words.Text != "" || len(words.Files) > 0 {
		s.sprint.Desk = append(s.sprint.Desk, words)
	}
	return true, nil
}

// toDesk is a message as the desk reads it. What has neither words nor a file is named.
func toDesk(in *channels.Incoming) ToDesk {
	words := ToDesk{Text: in.Text, Files: in.Files, Edited: in.Edited}
	switch {
	case in.Other != "":
		words.Files = append(slices.Clone(in.Files), channels.File{Kind: channels.FileKind(in.Other)})
	case in.Shared != nil:
		words.Text = strings.TrimSpace(in.Shared.Name + " " + in.Shared.Phone)
	case in.Place != nil:
		words.Text = strings.TrimSpace(fmt.Sprintf("%s %s %.5f, %.5f", in.Place.Title, in.Place.Address, in.Place.Latitude, in.Place.Longitude))
	}
	return words
}

// exactAnswer: the open question hears its own words before anybody else does.
func (s *step) exactAnswer(h *heard) (bool, error) {
	q := s.answerable()
	if q == nil || h.Text == "" {
		return false, nil
	}
	b, found, err := q.named(h.Text, q.exactly)
	if !found || err != nil {
		return false, err
	}
	return true, q.name(b, h.Incoming)
}

// typedAnswer reads the answer by the type of the open question.
func (s *step) typedAnswer(h *heard) (bool, error) {
	q := s.answerable()
	if q == nil {
		return false, nil
	}
	return q.take(h.Incoming)
}

// otherAnswer tries the readings that the question also allows.
func (s *step) otherAnswer(h *heard) (bool, error) {
	q := s.answerable()
	if q == nil {
		return false, nil
	}
	for _, also := range q.Also {
		if value, ok := q.readAs(also.Type, h.Incoming); ok {
			return true, q.answer(reading{name: also.Answer, value: value, outcome: also.Answer})
		}
	}
	return false, nil
}

// answerable is the open question, unless the script has just changed under it: then it was only now
// put, and what came was not meant for it.
func (s *step) answerable() *question {
	if s.stale {
		return nil
	}
	return s.openQuestion()
}
