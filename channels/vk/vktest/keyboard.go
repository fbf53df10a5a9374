package vktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
)

// Keyboard stands under its message when it is inline, else in place of the person's own. One without buttons takes
// the keyboard away.
type Keyboard struct {
	OneTime bool       `json:"one_time"`
	Inline  bool       `json:"inline"`
	Author  int64      `json:"author_id,omitempty"`
	Rows    [][]Button `json:"buttons"`
}

// Button does what its action says.
type Button struct {
	Action Action `json:"action"`
	Color  string `json:"color,omitempty"`
}

// Action is of the type text, callback, open_link, location, vkpay or open_app.
type Action struct {
	Type    string `json:"type"`
	Label   string `json:"label,omitempty"`
	Payload string `json:"payload,omitempty"` // JSON
	Link    string `json:"link,omitempty"`
	Hash    string `json:"hash,omitempty"`
	App     int64  `json:"app_id,omitempty"`
	Owner   int64  `json:"owner_id,omitempty"`
}

const (
	maxInRow         = 5
	maxRows          = 10
	maxInlineRows    = 6
	maxButtons       = 40
	maxInlineButtons = 10
	maxLabel         = 40  // characters
	maxPayload       = 255 // characters
)

func badKeyboard(format string, a ...any) *refusal {
	return &refusal{911, "Keyboard format is invalid: " + fmt.Sprintf(format, a...)}
}

func readKeyboard(p *params) (*Keyboard, *refusal) {
	if !p.has("keyboard") {
		return nil, nil
	}
	var k Keyboard
	if err := p.object("keyboard", &k); err != nil {
		return nil, badKeyboard("%v", err)
	}
	if k.Rows == nil {
		return nil, badKeyboard("there is no buttons field")
	}
	return &k, k.check()
}

func (k *Keyboard) check() *refusal {
	rows, buttons, total := maxRows, maxButtons, 0
	if k.Inline {
		rows, buttons = maxInlineRows, maxInlineButtons
	}
	for i, row := range k.Rows {
		if len(row) == 0 {
			return badKeyboard("row %d should have at least one button", i)
		}
		if len(row) > maxInRow {
			return badKeyboard("row %d contains too much buttons", i)
		}
		total += len(row)
		for j, b := range row {
			if refused := b.check(fmt.Sprintf("[%d][%d]", i, j)); refused != nil {
				return refused
			}
		}
	}
	switch {
	case k.Inline && k.OneTime:
		return badKeyboard("one_time is not available for inline keyboard")
	case k.Inline && total == 0:
		return badKeyboard("inline keyboard should have buttons")
	case len(k.Rows) > rows:
		return badKeyboard("buttons contain too much rows")
	case total > buttons:
		return badKeyboard("keyboard contains too much buttons")
	}
	return nil
}

var colors = []string{"", "primary", "secondary", "negative", "positive"}

func (b Button) check(place string) *refusal {
	a := b.Action
	colored, labelled := false, true
	switch a.Type {
	case "text", "callback":
		colored = true
	case "open_link":
		if to, err := url.Parse(a.Link); err != nil || to.Scheme == "" || to.Host == "" {
			return badKeyboard("button %s has invalid link", place)
		}
	case "location", "vkpay":
		labelled = false
	case "open_app":
	default:
		return badKeyboard("button %s has unknown action type", place)
	}
	switch {
	case labelled && a.Label == "":
		return badKeyboard("button %s has no label", place)
	case !labelled && a.Label != "":
		return badKeyboard("button %s of type %s has a label", place, a.Type)
	case len([]rune(a.Label)) > maxLabel:
		return badKeyboard("button %s label is too long", place)
	case len([]rune(a.Payload)) > maxPayload:
		return badKeyboard("button %s payload is too long", place)
	case a.Payload != "" && !json.Valid([]byte(a.Payload)):
		return badKeyboard("button %s payload is not a valid json", place)
	case !colored && b.Color != "":
		return badKeyboard("button %s of type %s has a color", place, a.Type)
	case !slices.Contains(colors, b.Color):
		return badKeyboard("button %s has unknown color", place)
	}
	return nil
}
