package channels

import "slices"

// Shown is one message as a messenger shows it: it has a text, a file (the text is its caption) or a
// place, and keeps every limit of the Caps it was rendered for.
type Shown struct {
	Key   string     `json:"key,omitempty"` // Outgoing.Key; "/2", "/3" … is added to those that follow
	Text  string     `json:"text,omitempty"`
	File  *File      `json:"file,omitempty"`
	Place *Place     `json:"place,omitempty"`
	Rows  [][]Button `json:"rows,omitempty"`
	// Poll is the options of a poll whose question is Text; one may be picked. Then there are no Rows.
	Poll []Button `json:"poll,omitempty"`
	// Cards stand beside each other under Text, two to Caps.Cards. Then there are no Rows: what else may be chosen
	// follows in the next message.
	Cards  []Card `json:"cards,omitempty"`
	Closes string `json:"closes,omitempty"`
	// Redraws names the message whose buttons become Rows; then there is nothing else.
	Redraws string `json:"redraws,omitempty"`
	// Keyboard puts Rows in place of the keyboard: a press writes the label as text.
	Keyboard bool `json:"keyboard,omitempty"`
}

// Buttons are all that may be pressed, wherever they are.
func (s Shown) Buttons() []Button {
	all := slices.Concat(s.Rows...)
	for _, c := range s.Cards {
		all = append(all, c.Button)
	}
	return append(all, s.Poll...)
}

// Card is a choice with a line about it. Title and About are at most CardText UTF-16 units each.
type Card struct {
	Title  string `json:"title"` // the choice's label
	About  string `json:"about,omitempty"`
	Button Button `json:"button"` // «Выбрать»
}

// CardText is the longest title and the longest line of a card, UTF-16 units.
const CardText = 80

// Button answers with Data, opens Link, or shares the person's phone.
type Button struct {
	Label  string `json:"label"`
	Data   string `json:"data,omitempty"`
	Link   string `json:"link,omitempty"`
	Chosen bool   `json:"chosen,omitempty"` // the label carries the mark ☑ too
	Toggle bool   `json:"toggle,omitempty"` // one of several; the label carries ☑ or ☐
	Phone  bool   `json:"phone,omitempty"`
}
