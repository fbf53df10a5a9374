package vk

import (
	"encoding/json"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/object"
)

// carousel is cards beside each other. The library's own type writes an action that VK refuses.
type carousel struct {
	Type     string `json:"type"`
	Elements []card `json:"elements"`
}

type card struct {
	Title       string                          `json:"title"`
	Description string                          `json:"description"`
	Buttons     []object.MessagesKeyboardButton `json:"buttons"`
}

// cards are the choices of a message as VK's template. A press tells which card, not what stands on its button.
func cards(all []channels.Card) string {
	c := carousel{Type: "carousel", Elements: make([]card, len(all))}
	for i, one := range all {
		pick := button(one.Button, true)
		pick.Action.Payload = write(one.Button.Data, one.Title)
		c.Elements[i] = card{Title: one.Title, Description: one.About, Buttons: []object.MessagesKeyboardButton{pick}}
	}
	text, _ := json.Marshal(c) // strings only
	return string(text)
}
