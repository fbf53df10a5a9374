package vktest

import (
	"fmt"
	"net/url"
)

// Template is a carousel: cards side by side.
type Template struct {
	Type     string `json:"type"`
	Elements []Card `json:"elements"`
}

// Card has a photo, or a title and a description, or all of it; every card of a carousel has the same.
type Card struct {
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"`
	Photo       string   `json:"photo_id,omitempty"` // <owner>_<id>
	Buttons     []Button `json:"buttons,omitempty"`
	Action      *Tap     `json:"action,omitempty"`
}

// Tap is what a press on the card itself does.
type Tap struct {
	Type string `json:"type"` // open_link, open_photo
	Link string `json:"link,omitempty"`
}

const (
	maxCards       = 10
	maxCardButtons = 3
	maxTitle       = 80 // characters; so is a description
)

func badTemplate(format string, a ...any) *refusal {
	return bad("template is invalid: " + fmt.Sprintf(format, a...))
}

func (s *Server) readTemplate(p *params) (*Template, *refusal) {
	if !p.has("template") {
		return nil, nil
	}
	var t Template
	if err := p.object("template", &t); err != nil {
		return nil, badTemplate("%v", err)
	}
	switch {
	case t.Type != "carousel":
		return nil, badTemplate("unknown type")
	case len(t.Elements) == 0 || len(t.Elements) > maxCards:
		return nil, badTemplate("elements count should be from 1 to %d", maxCards)
	}
	for i, card := range t.Elements {
		if refused := s.checkCard(i, card); refused != nil {
			return nil, refused
		}
		if card.shape() != t.Elements[0].shape() {
			return nil, badTemplate("element %d differs in structure from the first one", i)
		}
	}
	return &t, nil
}

func (c Card) shape() string {
	return fmt.Sprint(c.Title != "", c.Description != "", c.Photo != "", len(c.Buttons), c.Action != nil)
}

func (s *Server) checkCard(i int, c Card) *refusal {
	_, stored := s.files["photo"+c.Photo]
	switch {
	case c.Photo == "" && (c.Title == "" || c.Description == ""):
		return badTemplate("element %d should have a photo or a title with a description", i)
	case c.Title == "" && c.Description != "":
		return badTemplate("element %d has a description without a title", i)
	case c.Photo != "" && !stored:
		return badTemplate("element %d has unknown photo_id", i)
	case len([]rune(c.Title)) > maxTitle, len([]rune(c.Description)) > maxTitle:
		return badTemplate("element %d has a title or a description longer than %d", i, maxTitle)
	case len(c.Buttons) == 0 || len(c.Buttons) > maxCardButtons:
		return badTemplate("element %d should have from 1 to %d buttons", i, maxCardButtons)
	}
	for j, b := range c.Buttons {
		if refused := b.check(fmt.Sprintf("[%d][%d]", i, j)); refused != nil {
			return refused
		}
	}
	return c.Action.check(i)
}

func (a *Tap) check(i int) *refusal {
	if a == nil || a.Type == "open_photo" {
		return nil
	}
	to, err := url.Parse(a.Link)
	if a.Type != "open_link" || err != nil || to.Host == "" {
		return badTemplate("element %d has an invalid action", i)
	}
	return nil
}
